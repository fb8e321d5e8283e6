"""After a restore: the record says so, open votes begin anew, no number comes twice."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from core.actions import restoring
from core.models import Cause, Mandate, Proposal, Stage, Vote
from core.rules.positions import Position
from core.signer.memory import Memory
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import Street

EARLIER = "2026-05-01T20:00:00+00:00"

pytestmark = pytest.mark.usefixtures("signer_folder")


def test_an_open_vote_is_void_and_begins_anew_with_the_same_terms(street: Street) -> None:
    vote = village.make_vote(street.body, street.ana)
    village.cast(vote, street.ana, Position.AGREE)
    village.move_clock(timedelta(days=2))

    opened = restoring.restored(street.body, backup_at=folkmoot_now(), remembered=Memory())

    first, again = vote.proposal.votes.order_by("number")
    assert (opened, first.outcome, first.tally, first.counted_at is not None) == (1, "void", {"agree": 1}, True)
    assert (again.rule, again.charter_id, again.text_id, again.roll_size) == (
        vote.rule, vote.charter_id, vote.text_id, vote.roll_size,
    )  # fmt: skip
    assert again.closes_at - again.opened_at == vote.closes_at - vote.opened_at
    assert Proposal.objects.get(pk=vote.proposal_id).stage == Stage.VOTING
    for person in (street.ana, street.bruno, street.eva):
        village.cast(again, person, Position.AGREE)
    village.close(again)
    assert Proposal.objects.get(pk=vote.proposal_id).stage == Stage.ADOPTED


def test_a_recall_begins_anew_and_still_ends_its_mandate_once(street: Street) -> None:
    mandate = village.make_mandate(street.body, [street.ana, street.eva, street.farid], street.bruno, author=street.ana)
    vote = village.open_recall(mandate, street.ana)

    restoring.restored(street.body, backup_at=folkmoot_now(), remembered=Memory())

    again = vote.proposal.votes.latest("number")
    assert again.pk != vote.pk
    for person in (street.ana, street.eva, street.farid):
        village.cast(again, person, Position.YES)
    village.close(again)
    mandate.refresh_from_db()
    assert mandate.ending == Mandate.Ending.RECALL


def test_the_record_and_the_members_are_told(street: Street) -> None:
    call_command("restored", EARLIER)

    line = street.body.record_lines.get(what="record.restored")
    assert '"backup":"2026-05-01T20:00:00.000000Z"' in line.line
    assert Cause.objects.filter(what=Cause.What.HOUSE_RESTORED, body=street.body).count() == 1


def test_what_is_made_afterwards_has_numbers_that_were_never_given_out(street: Street) -> None:
    before = village.make_vote(street.body, street.ana)

    call_command("restored", EARLIER)

    after = village.make_proposal(street.body, street.ana)
    assert after.pk > before.proposal_id + restoring.LEAP - 1
    assert Vote.objects.latest("pk").pk > before.pk + restoring.LEAP - 1


def test_a_moment_without_a_zone_is_refused(street: Street) -> None:
    with pytest.raises(CommandError, match="time zone"):
        call_command("restored", "2026-05-01T20:00:00")

    assert not street.body.record_lines.filter(what="record.restored").exists()
