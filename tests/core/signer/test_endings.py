"""What the signer remembers of ended mandates outlives a restore: they stay ended (DESIGN section 7)."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.core.management import call_command
from django.db import transaction

from core.actions import mandates, restoring
from core.models import Mandate, Membership, Stage
from core.rules.positions import Position
from core.signer import memory
from core.signer.folder import SignerFolder
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import Street
from tests.core.signer.conftest import TestSigner


@contextmanager
def after_the_backup() -> Iterator[None]:
    """What happens inside is not in the backup."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def made(street: Street) -> Mandate:
    """Bruno's mandate."""
    return village.make_mandate(street.body, [street.ana, street.eva, street.farid], street.bruno, author=street.ana)


def restore(street: Street, folder: SignerFolder) -> int:
    """As the command does it."""
    remembered = memory.recall(folder, street.body.pk)
    return restoring.restored(street.body, backup_at=folkmoot_now(), remembered=remembered)


def test_a_mandate_that_ended_after_the_backup_stays_ended(street: Street, signer: TestSigner) -> None:
    mandate = made(street)
    with after_the_backup():
        ended = mandates.resign(mandate, by=street.bruno).ended_at
        signer.one_pass()
    mandate.refresh_from_db()
    assert mandate.ended_at is None

    restore(street, signer.folder)

    mandate.refresh_from_db()
    assert (mandate.ending, mandate.ended_at) == (Mandate.Ending.RESIGNED, ended)
    line = json.loads(street.body.record_lines.get(what="mandate.ended").line)
    kept = memory.recall(signer.folder, street.body.pk)
    assert line["data"]["lost_line"] == kept.endings[mandate.pk].line
    told = json.loads(street.body.record_lines.get(what="record.restored").line)
    assert told["data"]["checkpoint"] == kept.note


def test_a_recall_that_passed_after_the_backup_is_not_voted_on_again(street: Street, signer: TestSigner) -> None:
    mandate = made(street)
    vote = village.open_recall(mandate, street.ana)
    with after_the_backup():
        for person in (street.ana, street.eva, street.farid):
            village.cast(vote, person, Position.YES)
        signer.one_pass()

    opened = restore(street, signer.folder)

    mandate.refresh_from_db()
    vote.proposal.refresh_from_db()
    assert (opened, mandate.ending, vote.proposal.stage) == (0, Mandate.Ending.RECALL, Stage.OVERTAKEN)
    assert signer.one_pass()


def test_what_had_ended_before_the_backup_is_not_ended_twice(street: Street, signer: TestSigner) -> None:
    mandate = made(street)
    mandates.resign(mandate, by=street.bruno)
    signer.one_pass()

    restore(street, signer.folder)

    assert street.body.record_lines.filter(what="mandate.ended").count() == 1


def test_endings_are_kept_for_good(street: Street, signer: TestSigner) -> None:
    mandate = made(street)
    mandates.resign(mandate, by=street.bruno)
    signer.one_pass()
    village.make_proposal(street.body, street.ana)
    signer.one_pass()

    assert memory.recall(signer.folder, street.body.pk).endings.keys() == {mandate.pk}


def test_the_command_takes_nothing_from_the_folder_of_another_house(street: Street, signer: TestSigner) -> None:
    mandate = made(street)
    signer.one_pass()
    kept = memory.recall(signer.folder, street.body.pk)
    ending = memory.Ending("resigned", "2026-05-01T20:00:00.000000Z", "ab" * 32)
    foreign = memory.Memory("00" * 16, kept.head, kept.edge, kept.note, {mandate.pk: ending})
    memory.remember(signer.folder, street.body.pk, foreign)

    call_command("restored", (folkmoot_now() - timedelta(hours=1)).isoformat())

    mandate.refresh_from_db()
    assert mandate.ended_at is None
    assert Membership.objects.open().filter(body=street.body).count() == 5
