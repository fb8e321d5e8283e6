"""Votes between several texts: on the ballot, in the count, in the record, in force."""

import json
from datetime import timedelta

import pytest

from core.actions import alternatives, amendments, ballots, comments, opening, proposals
from core.actions.settling import settle
from core.models import Alternative, Amendment, Ballot, Person, Proposal, RecordLine, Stage, Vote
from core.refusals import Denied, Invalid
from core.rules.choices import Marked
from core.rules.positions import Position
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import Street, from_now, refused, refused_by_the_database, run
from tests.core.actions.talking import TEXT, accept, amend, decline, let_stand, talked_over, withdraw

pytestmark = pytest.mark.django_db


def between_texts(street: Street) -> Vote:
    """An open vote between ana's text (1), bruno's words (2) and eva's (3)."""
    proposal = talked_over(street)
    for person, words in ((street.bruno, "150"), (street.eva, "100")):
        let_stand(amend(proposal, person, words=words), person)
    village.move_clock(timedelta(days=8))
    return opening.open_vote(proposal, by=street.ana)


def mark(vote: Vote, person: Person, *marks: int, other: str = "aside", reason: str = "") -> Ballot:
    """One ballot: the texts one could live with, and the position if another comes first."""
    return ballots.cast(vote, Marked(other, marks), by=person, reason=reason)


def last(what: str) -> dict[str, object]:
    """What the newest line of a kind tells."""
    line = RecordLine.objects.filter(what=what).latest("pk")
    data: dict[str, object] = json.loads(line.line)["data"]
    return data


def test_the_first_text_is_decided_adopted_and_becomes_the_text(street: Street) -> None:
    vote = between_texts(street)
    for person, marks in zip(street.members, ((1,), (2,), (2, 3), (1, 2), (2,)), strict=True):
        mark(vote, person, *marks)
    news = from_now()

    village.close(vote)

    assert (vote.first, vote.marks, vote.outcome) == (2, {"1": 2, "2": 4, "3": 1}, "adopted")
    assert vote.tally == {"agree": 4, "aside": 1}
    assert news.recorded() == ["vote.counted", "alternative.adopted", "proposal.decided"]
    newest = vote.proposal.texts.latest("number")
    assert (newest.number, newest.text, newest.author) == (2, TEXT.replace("200", "150"), street.bruno)
    told = last("vote.counted")
    assert (told["first"], told["marks"], told["seed"]) == (2, vote.marks, vote.seed)


def test_the_text_as_it_was_put_up_may_be_first_too(street: Street) -> None:
    vote = between_texts(street)
    for person in street.members:
        mark(vote, person, 1)

    village.close(vote)

    assert (vote.first, vote.outcome) == (1, "adopted")
    assert vote.proposal.texts.count() == 1


def test_equals_are_decided_by_the_lot_sealed_at_the_opening(street: Street) -> None:
    vote = between_texts(street)
    sealed = last("vote.opened")["seed"]
    for person in street.members:
        mark(vote, person, 1, 3)

    village.close(vote)

    assert vote.first in (1, 3)
    assert sealed == vote.seed_hash
    assert vote.outcome == "adopted"


def test_a_block_against_the_first_starts_a_round_and_the_next_vote_has_what_stands_then(street: Street) -> None:
    vote = between_texts(street)
    for person in street.members[:3]:
        mark(vote, person, 2)
    mark(vote, street.farid, 1, other="block", reason="150 is too little.")
    mark(vote, street.gina, 2, other="block", reason="Only with 150.")
    village.close(vote)
    proposal = Proposal.objects.get(pk=vote.proposal_id)
    assert (proposal.stage, vote.first) == (Stage.ROUND, 2)

    withdraw(Amendment.objects.get(author=street.eva), street.eva)
    comments.write(proposal, "I hear you.", by=street.ana, at=folkmoot_now())
    village.move_clock(timedelta(days=15))
    settle()

    again = proposal.votes.latest("number")
    assert again.other_texts == 1
    entitled = dict(again.roll.values_list("person", "may_block"))
    assert (entitled[street.farid.pk], entitled[street.gina.pk]) == (False, True)  # gina did not block what was first


@pytest.mark.parametrize(
    ("marks", "other", "said"),
    [
        ((4,), "aside", "Mark texts of this vote"),
        ((2, 1), "aside", "Mark texts of this vote"),
        ((0,), "aside", "Mark texts of this vote"),
        ((1,), "agree", "Mark texts of this vote"),
        ((1,), "yes", "Mark texts of this vote"),
        ((1,), "block", "A block needs its reason"),
    ],
)
def test_a_ballot_that_this_vote_does_not_have_is_refused(
    street: Street, marks: tuple[int, ...], other: str, said: str
) -> None:
    vote = between_texts(street)

    with refused(Invalid, said):
        mark(vote, street.bruno, *marks, other=other)


def test_each_sort_of_vote_takes_its_own_ballots_only(street: Street) -> None:
    vote = between_texts(street)
    with refused(Invalid, "This vote has several texts."):
        village.cast(vote, street.bruno, "agree")
    plain = village.make_vote(street.body, street.ana)
    with refused(Invalid, "This vote has one text only."):
        mark(plain, street.bruno, 1)


def test_a_ballot_can_be_changed_and_stays_one(street: Street) -> None:
    vote = between_texts(street)
    mark(vote, street.bruno, 1)
    mark(vote, street.bruno, 2, 3, other="abstain")
    same = mark(vote, street.bruno, 2, 3, other="abstain")

    assert (same.choice, same.position, same.change_no) == ("[2,3]", "abstain", 2)
    assert vote.ballots.count() == 1


def test_words_are_neither_withdrawn_nor_taken_over_once_they_are_on_the_ballot(street: Street) -> None:
    amendment = between_texts(street).alternatives.get(number=2).amendment

    for act, person in ((withdraw, street.bruno), (accept, street.ana), (decline, street.ana)):
        with refused(Denied, "Voting has begun: the texts stay as they are."):
            act(amendment, person)


def test_nobody_makes_an_alternative_impossible_by_changing_the_words_around_it(street: Street) -> None:
    proposal = talked_over(street)
    let_stand(amend(proposal, street.bruno), street.bruno)
    proposals.revise(proposal, by=street.ana, at=folkmoot_now(), title="The lot", text="It costs 199.", seen=1)
    village.move_clock(timedelta(days=8))

    vote = opening.open_vote(proposal, by=street.ana)

    assert vote.alternatives.get().text == TEXT.replace("200", "150")


def test_the_database_keeps_the_texts_and_takes_no_mark_for_another(street: Street) -> None:
    vote = between_texts(street)
    ballot = mark(vote, street.bruno, 1)

    with refused_by_the_database("Cannot update or delete rows"):
        run("UPDATE core_alternative SET text = 'Other.' WHERE vote_id = %s", vote.pk)
    with refused_by_the_database("a vote keeps its texts"):
        Alternative.objects.create(vote=vote, number=4, amendment=Amendment.objects.latest("pk"), text="Other.")
    with refused_by_the_database("a vote keeps its other_texts"):
        run("UPDATE core_vote SET other_texts = 5 WHERE id = %s", vote.pk)
    with refused_by_the_database("a text that is not in this vote"):
        run("UPDATE core_ballot SET choice = '[4]' WHERE id = %s", ballot.pk)
    with refused_by_the_database("texts are marked where there are several"):
        run("UPDATE core_ballot SET choice = '' WHERE id = %s", ballot.pk)


def test_a_vote_opens_with_all_its_texts_or_not_at_all(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    proposal = talked_over(street)
    let_stand(amend(proposal, street.bruno), street.bruno)
    village.move_clock(timedelta(days=8))
    monkeypatch.setattr(alternatives, "put_on", lambda _vote, _others: [])

    with refused_by_the_database("a vote has all its texts"):
        opening.open_vote(proposal, by=street.ana)


def test_a_second_call_asks_about_the_same_texts(street: Street) -> None:
    vote = between_texts(street)
    mark(vote, street.bruno, 2)

    village.close(vote)

    again = vote.proposal.votes.latest("number")
    assert (vote.outcome, again.second_call, again.other_texts) == ("no_quorum", True, 2)
    assert [each.text for each in again.alternatives.order_by("number")] == [
        each.text for each in vote.alternatives.order_by("number")
    ]
    assert again.seed_hash != vote.seed_hash
    assert mark(again, street.bruno, 3).position == Position.ASIDE


def test_an_amendment_that_was_answered_stands_all_the_same(street: Street) -> None:
    proposal = talked_over(street)
    declined = amend(proposal, street.bruno)
    decline(declined, street.ana)

    amendments.let_stand(declined, by=street.bruno, at=folkmoot_now())

    assert proposal.amendments.standing().get() == declined
