"""Urgent decisions: what they need, and the vote that confirms or ends them."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from core.actions import opening, proposals, restoring, settling
from core.models import Cause, Proposal
from core.refusals import Denied, Invalid
from core.rules.positions import Position
from core.signer.memory import Memory
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import Street, all_say, from_now, refused
from tests.village import close, make_proposal, move_clock


def urgent(street: Street, **extra: Any) -> Proposal:
    proposal = make_proposal(street.body, street.ana, urgent=True, **extra)
    for person in (street.bruno, street.eva):
        proposals.second(proposal, by=person, at=folkmoot_now())
    return proposal


def in_hours(hours: int) -> datetime:
    return folkmoot_now() + timedelta(hours=hours)


def test_an_urgent_decision_is_confirmed_by_an_ordinary_vote(street: Street) -> None:
    vote = opening.open_vote(urgent(street), by=street.ana, closes_at=in_hours(26))
    assert (vote.matter, vote.quorum_num, vote.quorum_den) == ("urgent", 1, 2)

    all_say(vote, Position.AGREE)

    confirmation = Proposal.objects.get(confirms=vote.proposal)
    assert (confirmation.stage, confirmation.author, confirmation.urgent) == ("discussion", None, False)
    with refused(Denied, "opens by itself"):
        opening.open_vote(confirmation, by=street.ana)
    move_clock(timedelta(days=3, minutes=1))
    settling.settle()
    all_say(confirmation.votes.get(), Position.AGREE)
    decision = Proposal.objects.get(pk=vote.proposal_id)
    assert (decision.ending, Proposal.objects.get(confirms=decision).stands) == ("replaced", True)


def test_an_urgent_decision_ends_when_the_first_vote_on_it_does_not_adopt_it(street: Street) -> None:
    vote = opening.open_vote(urgent(street), by=street.ana, closes_at=in_hours(26))
    all_say(vote, Position.AGREE)
    move_clock(timedelta(days=3, minutes=1))
    settling.settle()
    confirming = Proposal.objects.get(confirms=vote.proposal).votes.get()
    since = from_now()

    close(confirming)

    decision = Proposal.objects.get(pk=vote.proposal_id)
    assert (decision.ending, decision.ended_at) == ("not_confirmed", confirming.counted_at)
    assert since.recorded() == ["vote.counted", "decision.ended", "vote.opened"]


def test_a_vote_that_was_void_is_not_the_first_on_an_urgent_decision(street: Street) -> None:
    vote = opening.open_vote(urgent(street), by=street.ana, closes_at=in_hours(26))
    all_say(vote, Position.AGREE)
    move_clock(timedelta(days=3, minutes=1))
    settling.settle()
    confirmation = Proposal.objects.get(confirms=vote.proposal)
    restoring.restored(street.body, backup_at=folkmoot_now(), remembered=Memory())
    assert Proposal.objects.get(pk=vote.proposal_id).ended_at is None

    close(confirmation.votes.latest("number"))  # nobody came

    assert Proposal.objects.get(pk=vote.proposal_id).ending == "not_confirmed"


def test_what_urgent_needs(street: Street) -> None:
    alone = make_proposal(street.body, street.ana, urgent=True)
    with refused(Denied, "Two others must second it"):
        proposals.second(alone, by=street.ana, at=folkmoot_now())
    proposals.second(alone, by=street.bruno, at=folkmoot_now())
    proposals.second(alone, by=street.bruno, at=folkmoot_now())
    with refused(Denied, "Two others must second it first"):
        opening.open_vote(alone, by=street.ana, closes_at=in_hours(26))
    proposals.second(alone, by=street.eva, at=folkmoot_now())
    with refused(Invalid, "at least 12 hours"):
        opening.open_vote(alone, by=street.ana, closes_at=in_hours(11))
    costly = proposals.draft(
        street.body, by=street.bruno, at=folkmoot_now(), title="Pump", text="Now.", urgent=True, sum=1
    )
    with refused(Invalid, "spend that much"):
        proposals.put_up(costly, by=street.bruno, at=folkmoot_now())
    with refused(Invalid, "Only ordinary decisions can be urgent"):
        proposals.draft(street.body, by=street.ana, at=folkmoot_now(), title="T", text="T", kind="mandate", urgent=True)


def test_only_an_urgent_vote_has_a_closing_time_of_its_own(street: Street) -> None:
    proposal = make_proposal(street.body, street.ana)
    move_clock(timedelta(days=4))

    with refused(Invalid, "Only an urgent vote"):
        opening.open_vote(proposal, by=street.ana, closes_at=in_hours(48))


def test_a_new_version_is_seconded_anew(street: Street) -> None:
    at = folkmoot_now()
    urgent = village.make_proposal(street.body, street.ana, urgent=True)
    for person in (street.bruno, street.eva):
        proposals.second(urgent, by=person, at=at)

    proposals.revise(urgent, by=street.ana, at=at, title="Something else", text="Something else.", seen=1)

    assert not urgent.seconds.exists()
    assert Cause.objects.filter(what=Cause.What.SECOND_WANTED, proposal=urgent).count() == 2
    urgent.refresh_from_db()
    with pytest.raises(Denied, match="Two others must second it first"):
        opening.open_vote(urgent, by=street.ana)
