"""Blocks, rounds of talks, and the second call without a quorum."""

from datetime import timedelta

import pytest
from django.db import transaction

from core.actions import comments, memberships, opening, proposals
from core.actions.settling import settle
from core.models import Person, Proposal, Vote
from core.refusals import Denied, Invalid
from core.rules.positions import Position
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import Street, from_now, make_street, refused
from tests.village import cast, close, make_vote, move_clock


def block(vote: Vote, street: Street, *blockers: Person) -> Vote:
    """All agree but the blockers; the window passes."""
    for person in street.members:
        position = Position.BLOCK if person in blockers else Position.AGREE
        cast(vote, person, position, "It takes the last shade." if person in blockers else "")
    return close(vote)


def talk(proposal: Proposal, *people: Person) -> None:
    for person in people:
        comments.write(proposal, "What about a tree?", by=person, at=folkmoot_now())


def next_vote(proposal: Proposal) -> Vote:
    """The round passes; the clock opens the next vote."""
    move_clock(timedelta(days=15))
    settle()
    return proposal.votes.latest("number")


def entry(vote: Vote, person: Person) -> bool:
    return bool(vote.roll.get(person=person).may_block)


def test_a_block_starts_a_round_of_talks(street: Street) -> None:
    vote = make_vote(street.body, street.ana)
    since = from_now()

    block(vote, street, street.eva)

    proposal = Proposal.objects.get()
    assert (vote.outcome, vote.reason) == ("blocked", "blocked")
    assert (proposal.stage, proposal.round_no, proposal.closed_at) == ("round", 1, None)
    assert proposal.round_ends_at == vote.counted_at + timedelta(days=14)  # type: ignore[operator]
    assert since.recorded() == ["vote.counted", "round.started"]
    assert since.told() == ["round.started"]


def test_the_clock_opens_the_vote_after_the_round_and_not_before(street: Street) -> None:
    block(make_vote(street.body, street.ana), street, street.eva)
    proposal = Proposal.objects.get()
    settle()
    assert proposal.votes.count() == 1

    second = next_vote(proposal)

    assert second.number == 2
    assert second.ballots.count() == 0
    assert not second.second_call
    assert Proposal.objects.get().stage == "voting"


def test_a_blocker_who_took_no_part_in_the_round_cannot_block_again(street: Street) -> None:
    block(make_vote(street.body, street.ana), street, street.eva, street.farid)
    proposal = Proposal.objects.get()
    talk(proposal, street.eva)

    second = next_vote(proposal)

    assert [entry(second, person) for person in street.members] == [True, True, True, False, True]
    with refused(Denied, "took no part in the round"):
        cast(second, street.farid, Position.BLOCK, "Still the shade.")
    assert cast(second, street.farid, Position.ASIDE).position == "aside"
    assert cast(second, street.eva, Position.BLOCK, "Still the shade.").position == "block"


def test_words_before_the_round_are_no_part_in_it(street: Street) -> None:
    proposal = village.make_proposal(street.body, street.ana)
    talk(proposal, street.eva)
    move_clock(timedelta(days=8))
    vote = opening.open_vote(proposal, by=street.ana)
    talk(proposal, street.eva)

    block(vote, street, street.eva)

    assert not entry(next_vote(proposal), street.eva)


def test_who_did_not_block_before_can_block_after_a_round(street: Street) -> None:
    block(make_vote(street.body, street.ana), street, street.eva)
    proposal = Proposal.objects.get()

    second = next_vote(proposal)

    assert cast(second, street.gina, Position.BLOCK, "The noise.").position == "block"


def test_after_the_last_round_a_standing_block_ends_it(db: None) -> None:
    street = make_street(rounds_max=1)
    block(make_vote(street.body, street.ana), street, street.eva)
    proposal = Proposal.objects.get()
    talk(proposal, street.eva)

    block(next_vote(proposal), street, street.eva)

    proposal.refresh_from_db()
    assert (proposal.stage, proposal.round_no, proposal.effect) == ("blocked", 1, "")
    assert proposal.votes.count() == 2


def test_as_many_rounds_as_the_charter_says(db: None) -> None:
    street = make_street(rounds_max=2)
    vote = make_vote(street.body, street.ana)
    for _round in range(2):
        block(vote, street, street.eva)
        talk(vote.proposal, street.eva)
        vote = next_vote(vote.proposal)

    block(vote, street, street.eva)

    assert (Proposal.objects.get().stage, Proposal.objects.get().round_no) == ("blocked", 2)
    assert Vote.objects.count() == 3


def test_weak_consensus_after_the_last_round_if_the_charter_said_so(db: None) -> None:
    street = make_street(rounds_max=1, after_rounds="weak")
    block(make_vote(street.body, street.ana), street, street.eva)
    proposal = Proposal.objects.get()
    talk(proposal, street.eva)
    block(next_vote(proposal), street, street.eva)

    third = proposal.votes.latest("number")

    assert (third.number, third.rule, third.second_call) == (3, "weak", False)
    for person, position in zip(street.members, ["agree"] * 4 + ["disagree"], strict=True):
        cast(third, person, position)
    close(third)
    assert Proposal.objects.get().stage == "adopted"


@pytest.mark.usefixtures("no_decision")
def test_the_rule_of_the_first_vote_holds_through_rounds(db: None) -> None:
    street = make_street(consensus_up_to=5)
    vote = make_vote(street.body, street.ana)
    block(vote, street, street.eva)
    with transaction.atomic():
        memberships.admit(street.body, street.dario, at=folkmoot_now(), voice_now=True)

    second = next_vote(vote.proposal)

    assert (vote.rule, vote.roll_size) == ("consensus", 5)
    assert (second.rule, second.roll_size) == ("consensus", 6)
    assert second.roll.filter(person=street.dario).exists()


def test_a_block_needs_its_reason(street: Street) -> None:
    vote = make_vote(street.body, street.ana)

    with refused(Invalid, "A block needs its reason"):
        cast(vote, street.eva, Position.BLOCK, "   ")


def test_without_a_quorum_there_is_one_second_call(street: Street) -> None:
    vote = make_vote(street.body, street.ana)
    cast(vote, street.ana, Position.AGREE)
    since = from_now()

    close(vote)
    second = vote.proposal.votes.latest("number")

    assert (vote.outcome, second.number, second.second_call) == ("no_quorum", 2, True)
    assert second.closes_at - second.opened_at == timedelta(days=7)
    assert (second.quorum_num, second.quorum_den, second.rule) == (1, 5, "consensus")
    assert since.recorded() == ["vote.counted", "vote.opened"]
    close(second)
    assert Proposal.objects.get().stage == "no_quorum"
    assert Vote.objects.count() == 2


def test_a_second_call_is_decided_with_the_smaller_quorum_and_never_by_fewer_than_three(street: Street) -> None:
    vote = make_vote(street.body, street.ana)
    close(vote)
    second = vote.proposal.votes.latest("number")
    for person in street.members[:2]:
        cast(second, person, Position.AGREE)

    close(second)

    assert (second.outcome, second.reason) == ("not_adopted", "floor")


def test_a_block_without_a_quorum_can_be_repeated_in_the_second_call(street: Street) -> None:
    vote = make_vote(street.body, street.ana)
    cast(vote, street.eva, Position.BLOCK, "It takes the last shade.")
    close(vote)

    second = vote.proposal.votes.latest("number")

    assert second.second_call
    assert entry(second, street.eva)  # there was no round she could have taken part in


def test_who_lost_the_block_in_a_round_does_not_get_it_back_by_a_second_call(street: Street) -> None:
    vote = make_vote(street.body, street.ana)
    block(vote, street, street.eva)
    after_round = next_vote(vote.proposal)
    close(after_round)

    called_again = vote.proposal.votes.latest("number")

    assert called_again.second_call
    assert [entry(called_again, person) for person in street.members] == [True, True, False, True, True]


def test_an_urgent_vote_without_a_quorum_is_not_called_again(street: Street) -> None:
    vote = urgent(street)

    close(vote)

    assert Proposal.objects.get().stage == "no_quorum"
    assert Vote.objects.count() == 1


def urgent(street: Street) -> Vote:
    """An urgent vote, seconded by two."""
    proposal = village.make_proposal(street.body, street.ana, urgent=True)
    for person in (street.bruno, street.eva):
        proposals.second(proposal, by=person, at=folkmoot_now())
    return opening.open_vote(proposal, by=street.ana, closes_at=folkmoot_now() + timedelta(hours=26))
