"""Receipts and labels that are forgotten: receipts go with their label, and none is signed past whoever forgets it."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from core.actions import forgetting, memberships
from core.models import Membership, Receipt
from core.record import label
from core.signer import receipts
from core.signer.keys import Signing, ready
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import Street, make_street
from tests.core.signer.conftest import TestSigner


def make_left(street: Street) -> Membership:
    """Gina and ana voted; gina has left since."""
    vote = village.make_vote(street.body, street.ana)
    for person in (street.ana, street.gina):
        village.cast(vote, person, "agree")
    left = memberships.leave(street.body, by=street.gina)
    village.close(vote)
    return left


def forget(membership: Membership) -> Membership:
    return forgetting.ask(membership, by=membership.person, at=folkmoot_now())


def test_they_go_with_the_label_and_those_of_others_stay(street: Street, signer: TestSigner) -> None:
    left = make_left(street)
    signer.one_pass()
    pseudonym = label(left)
    assert Receipt.objects.filter(note__contains=pseudonym).exists()

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {settings.DATABASE_WEB_ROLE}")
        forget(left)
        cursor.execute("RESET ROLE")

    assert [each.ballot.roll.person for each in Receipt.objects.all()] == [street.ana]
    assert not Receipt.objects.filter(note__contains=pseudonym).exists()


def test_a_label_that_was_forgotten_gets_none_any_more(street: Street, signer: TestSigner) -> None:
    forget(make_left(street))

    assert signer.one_pass()

    assert [each.ballot.roll.person for each in Receipt.objects.all()] == [street.ana]


@pytest.mark.parametrize("statement", ["DELETE FROM core_receipt", "UPDATE core_receipt SET note = ''"])
def test_receipts_of_labels_that_stand_are_kept_also_from_the_owner(
    street: Street, signer: TestSigner, statement: str
) -> None:
    make_left(street)
    signer.one_pass()

    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="kept"), transaction.atomic():
        cursor.execute(statement)

    assert Receipt.objects.count() == 2


def aside(act: Callable[[], object]) -> tuple[ThreadPoolExecutor, Future[object]]:
    """Let something happen on a connection of its own, and come back when it waits for a lock of this one."""

    def run() -> object:
        try:
            return act()
        finally:
            connection.close()

    pool = ThreadPoolExecutor(1)
    future = pool.submit(run)
    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    with connection.cursor() as cursor:
        for _look in range(500):
            cursor.execute(waiting)
            if cursor.fetchone()[0] or future.done():
                break
            cursor.execute("SELECT pg_sleep(0.01)")
    return pool, future


@pytest.fixture
def signing(transactional_db: None, signer: TestSigner) -> Signing:
    """A key that signs, with real commits."""
    signer.folder.make()
    return ready(signer.folder)


def test_a_receipt_that_is_being_signed_is_waited_for_and_goes_too(signing: Signing) -> None:
    left = make_left(make_street())

    with transaction.atomic():
        assert receipts.sign_all(signing, since=None) == 2
        pool, forgotten = aside(lambda: forget(left))
        assert not forgotten.done()
    forgotten.result(timeout=30)
    pool.shutdown()

    assert [each.ballot.roll.membership_id == left.pk for each in Receipt.objects.all()] == [False]


def test_a_receipt_that_comes_while_a_label_is_forgotten_is_refused(signing: Signing) -> None:
    left = make_left(make_street())

    with transaction.atomic():
        forget(left)
        pool, signed = aside(lambda: receipts.sign_all(signing, since=None))
        assert not signed.done()
    with pytest.raises(DatabaseError, match="was forgotten"):
        signed.result(timeout=30)
    pool.shutdown()

    assert not Receipt.objects.exists()
    assert receipts.sign_all(signing, since=None) == 1
