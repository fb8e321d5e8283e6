"""What the database lets the signer's role do, and what the web role may not do to the signer's tables (DESIGN 8)."""

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from core.models import Checkpoint, Receipt
from tests import village
from tests.core.actions.scene import Street
from tests.core.signer.conftest import TestSigner

FORBIDDEN_TO_THE_SIGNER = [
    "SELECT position FROM core_ballot",
    "SELECT nonce FROM core_ballot",
    "SELECT reason FROM core_ballot",
    "SELECT display_name FROM core_person",
    "SELECT person_id FROM core_membership",
    "SELECT text FROM core_recordtext",
    "SELECT name FROM core_body",
    "SELECT * FROM core_withdrawal",
    "SELECT * FROM django_session",
    "INSERT INTO core_recordline (body_id, seq) VALUES (1, 1)",
    "UPDATE core_recordline SET what = 'x'",
    "UPDATE core_recordhead SET seq = 0",
    "DELETE FROM core_recordline",
    "UPDATE core_ballot SET leaf = ''",
    "UPDATE core_checkpoint SET size = 1",
    "DELETE FROM core_checkpoint",
    "UPDATE core_receipt SET note = ''",
    "DELETE FROM core_receipt",
    "DELETE FROM core_signingkey",
    "UPDATE core_signingstop SET size = 0",
    "UPDATE core_clockoffset SET \"offset\" = interval '1 day'",
    "ALTER TABLE core_checkpoint DISABLE TRIGGER ALL",
    "CREATE TABLE planted (i int)",
    "SET session_replication_role = replica",
]
FORBIDDEN_TO_THE_WEB = [
    "INSERT INTO core_signingkey (key_id, text, rotation, at) VALUES ('', '', '', now())",
    "INSERT INTO core_checkpoint (body_id, key_id, size, root, head, at, note) VALUES (1, 1, 1, '', '', now(), '')",
    "INSERT INTO core_receipt (ballot_id, key_id, change_no, at, note) VALUES (1, 1, 1, now(), '')",
    "INSERT INTO core_signingstop (body_id, size, head, at) VALUES (1, 1, '', now())",
    *(
        statement
        for table in ("signingkey", "checkpoint", "receipt", "signingstop")
        for statement in (f"UPDATE core_{table} SET at = now()", f"DELETE FROM core_{table}")
        if statement != "DELETE FROM core_receipt"  # it may, for a label that was forgotten: a trigger keeps the others
    ),
]


def refused(role: str, statement: str) -> bool:
    """Whether a role is refused a statement for want of rights."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {role}")
            cursor.execute(statement)
    except DatabaseError as problem:
        return isinstance(problem.__cause__, psycopg.errors.InsufficientPrivilege)
    return False


@pytest.mark.parametrize("statement", FORBIDDEN_TO_THE_SIGNER)
def test_the_signer_role_is_refused(db: None, statement: str) -> None:
    assert refused(settings.DATABASE_SIGNER_ROLE, statement)


@pytest.mark.parametrize("statement", FORBIDDEN_TO_THE_WEB)
def test_the_web_role_is_refused(db: None, statement: str) -> None:
    assert refused(settings.DATABASE_WEB_ROLE, statement)


def test_it_can_do_its_work_with_these_rights(street: Street, signer: TestSigner) -> None:
    ballot = village.cast(village.make_vote(street.body, street.ana), street.ana, "agree")

    assert signer.one_pass()

    assert Receipt.objects.filter(ballot=ballot).count() == 1
    assert Checkpoint.objects.filter(body=street.body).count() == 1


def test_the_web_role_reads_what_was_signed(street: Street, signer: TestSigner) -> None:
    signer.one_pass()

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {settings.DATABASE_WEB_ROLE}")
        assert Checkpoint.objects.newest_of(street.body) is not None
        cursor.execute("RESET ROLE")
