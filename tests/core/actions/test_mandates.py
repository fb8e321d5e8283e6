"""Mandates, recall and confidence: exactly as DESIGN 3.2 to 3.4."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from core.actions import confidence, mandates, memberships, opening, proposals, recalls, settling
from core.models import Mandate, Person, Proposal
from core.refusals import Denied, Invalid, TooLate
from core.rules.positions import Position
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import Street, from_now, refused
from tests.village import cast, close, move_clock, open_recall


@pytest.fixture
def mandate(street: Street) -> Mandate:
    """Bruno runs the tool library."""
    return village.make_mandate(street.body, street.members, street.bruno, author=street.ana)


def offered(street: Street, title: str = "Keep the keys", **terms: Any) -> Proposal:
    """An idea of ana's for bruno."""
    idea = proposals.draft(street.body, by=street.ana, at=folkmoot_now(), title=title, text="Text.", kind="mandate")
    mandates.offer(idea, mandates.Terms(**{**WHAT, "person": street.bruno, **terms}), by=street.ana)
    return idea


WHAT: dict[str, Any] = {"task": "Keep them.", "limits": "Spend nothing.", "term_days": 90}


def fresh(mandate: Mandate) -> Mandate:
    return Mandate.objects.get(pk=mandate.pk)


def test_a_mandate_has_task_limits_and_an_end(street: Street, mandate: Mandate) -> None:
    assert (mandate.person, mandate.title, mandate.renewal_no) == (street.bruno, "Run the tool library", 0)
    assert mandate.ends_at - mandate.starts_at == timedelta(days=180)
    assert (mandate.task, mandate.limits, mandate.report_days) == ("Lend out the tools.", "Spend nothing.", 30)
    assert Proposal.objects.get(kind="mandate").effect == "done"


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"term_days": 366}, "so long a term"),
        ({"term_days": 0}, "so long a term"),
        ({"task": " "}, "a task and its limits"),
        ({"limits": ""}, "a task and its limits"),
    ],
)
def test_an_offer_out_of_bounds_is_refused(street: Street, terms: dict[str, Any], words: str) -> None:
    idea = proposals.draft(street.body, by=street.ana, at=folkmoot_now(), title="Keys", text="Text.", kind="mandate")

    with refused(Invalid, words):
        mandates.offer(idea, mandates.Terms(**{**WHAT, "person": street.bruno, **terms}), by=street.ana)
    with refused(Invalid, "a member of this body"):
        mandates.offer(idea, mandates.Terms(**WHAT, person=street.dario), by=street.ana)


def test_no_vote_opens_before_the_person_named_has_accepted(street: Street) -> None:
    proposal = proposals.put_up(offered(street), by=street.ana, at=folkmoot_now())
    move_clock(timedelta(days=8))
    with refused(Denied, "has not accepted yet"):
        opening.open_vote(proposal, by=street.ana)
    since = from_now()

    mandates.accept(proposal, by=street.bruno, at=folkmoot_now())
    mandates.accept(proposal, by=street.bruno, at=folkmoot_now())

    assert since.recorded() == ["offer.accepted"]
    assert opening.open_vote(proposal, by=street.ana).roll_size == 5


def test_renewals_in_a_row_end_where_the_charter_says(street: Street) -> None:
    for number in (0, 1):
        given = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
        assert given.renewal_no == number

    with refused(Invalid, "as many times in a row"):
        offered(street, title="run the TOOL library")
    assert offered(street, title="run the tool library", person=street.eva).offer.renews is None


def test_renaming_an_offer_later_is_no_way_around_the_renewals(street: Street) -> None:
    for _term in (0, 1):
        village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    idea = offered(street, title="Something else")
    title = "Run the tool library"
    proposals.revise(idea, by=street.ana, at=folkmoot_now(), title=title, text="Text.", seen=1)
    proposal = proposals.put_up(idea, by=street.ana, at=folkmoot_now())
    mandates.accept(proposal, by=street.bruno, at=folkmoot_now())
    move_clock(timedelta(days=8))
    vote = opening.open_vote(proposal, by=street.ana)
    for person in street.members:
        cast(vote, person, Position.AGREE)

    close(vote)

    proposal.refresh_from_db()
    assert (proposal.stage, proposal.effect) == ("adopted", "failed")
    assert Mandate.objects.filter(title__iexact=title).count() == 2


def test_a_mandate_for_somebody_who_left_cannot_be_carried_out_and_the_vote_closes_all_the_same(
    street: Street,
) -> None:
    proposal = proposals.put_up(offered(street), by=street.ana, at=folkmoot_now())
    mandates.accept(proposal, by=street.bruno, at=folkmoot_now())
    move_clock(timedelta(days=8))
    vote = opening.open_vote(proposal, by=street.ana)
    for person in street.members:
        cast(vote, person, Position.AGREE)
    memberships.leave(street.body, by=street.bruno)
    since = from_now()

    close(vote)

    proposal.refresh_from_db()
    assert (vote.outcome, proposal.stage, proposal.effect) == ("adopted", "adopted", "failed")
    assert proposal.effect_problem == "The person it names is no longer a member."
    assert proposal.tasks.count() == 1
    assert not Mandate.objects.exists()
    assert since.recorded() == ["vote.counted", "proposal.decided", "proposal.not_carried_out"]
    assert set(since.told()) == {"effect.failed", "proposal.closed"}


def test_only_one_recall_is_open(street: Street, mandate: Mandate) -> None:
    open_recall(mandate, street.ana)

    with refused(Denied, "open already"):
        recalls.open_recall(mandate, "Again.", by=street.eva)


def test_a_recall_needs_its_reason(street: Street, mandate: Mandate) -> None:
    with refused(Invalid):
        recalls.open_recall(mandate, "  ", by=street.ana)


def test_a_recall_cannot_be_withdrawn(street: Street, mandate: Mandate) -> None:
    vote = open_recall(mandate, street.ana)

    with refused(Denied, "cannot be taken back"):
        proposals.withdraw(vote.proposal, by=street.ana, at=folkmoot_now())


def test_a_recall_closes_early_once_more_than_half_of_the_roll_says_yes(street: Street, mandate: Mandate) -> None:
    vote = open_recall(mandate, street.ana)
    since = from_now()
    for person in (street.ana, street.eva):
        cast(vote, person, Position.YES)
        assert fresh(mandate).ended_at is None

    cast(vote, street.farid, Position.YES)

    vote.refresh_from_db()
    assert (vote.outcome, vote.tally) == ("adopted", {"yes": 3})
    assert (fresh(mandate).ending, fresh(mandate).ended_at) == ("recall", vote.counted_at)
    assert Proposal.objects.get(kind="recall").effect == "done"
    assert since.recorded() == ["vote.counted", "proposal.decided", "mandate.ended", "proposal.carried_out"]
    assert sorted(since.told()) == ["mandate.ended", "proposal.closed"]
    with refused(TooLate):
        cast(vote, street.gina, Position.NO)


def test_a_tie_keeps_the_delegate_who_keeps_their_own_vote(street: Street, mandate: Mandate) -> None:
    vote = open_recall(mandate, street.ana)
    cast(vote, street.ana, Position.YES)
    cast(vote, street.bruno, Position.NO)

    close(vote)

    assert (vote.outcome, vote.reason) == ("not_adopted", "tie")
    assert fresh(mandate).ended_at is None


def test_a_recall_that_did_not_pass_can_be_opened_again_at_once(street: Street, mandate: Mandate) -> None:
    close(open_recall(mandate, street.ana))

    assert open_recall(mandate, street.ana).number == 1
    assert mandate.recalls.count() == 2


def test_confidence_lost_ends_the_mandate_at_once_and_its_recall_is_overtaken(street: Street, mandate: Mandate) -> None:
    vote = open_recall(mandate, street.ana)
    cast(vote, street.ana, Position.YES)
    for person in (street.ana, street.eva):
        assert confidence.withdraw(mandate, by=person).ended_at is None
    since = from_now()

    confidence.withdraw(mandate, by=street.farid)

    vote.refresh_from_db()
    assert fresh(mandate).ending == "confidence"
    assert (vote.outcome, vote.tally) == ("overtaken", {"yes": 1})
    assert Proposal.objects.get(kind="recall").stage == "overtaken"
    assert since.recorded() == ["vote.counted", "proposal.decided", "mandate.ended"]
    with refused(Denied, "has ended"):
        confidence.withdraw(mandate, by=street.gina)


def test_withdrawing_twice_counts_once_and_giving_back_counts(street: Street, mandate: Mandate) -> None:
    since = from_now()
    for _click in range(3):
        confidence.withdraw(mandate, by=street.ana)
    confidence.withdraw(mandate, by=street.eva)
    confidence.give_back(mandate, by=street.ana)
    confidence.give_back(mandate, by=street.ana)

    confidence.withdraw(mandate, by=street.farid)

    assert fresh(mandate).ended_at is None
    assert mandate.withdrawals.count() == 2
    assert since.recorded() == []  # withdrawing writes no line (DESIGN section 8)


def test_leaving_lowers_the_number_and_may_end_a_mandate(street: Street, mandate: Mandate) -> None:
    for person in (street.ana, street.eva):
        confidence.withdraw(mandate, by=person)
    memberships.leave(street.body, by=street.farid)
    assert fresh(mandate).ended_at is None
    since = from_now()

    memberships.leave(street.body, by=street.gina)

    assert fresh(mandate).ending == "confidence"
    assert since.recorded() == ["member.left", "mandate.ended"]


@pytest.mark.usefixtures("no_decision")
def test_a_removal_lowers_the_number_and_may_end_a_mandate(street: Street, mandate: Mandate) -> None:
    for person in (street.ana, street.eva):
        confidence.withdraw(mandate, by=person)
    memberships.leave(street.body, by=street.farid)

    with transaction.atomic():
        memberships.remove(village.membership(street.body, street.gina), at=folkmoot_now())

    assert fresh(mandate).ending == "confidence"


def test_who_left_does_not_count_among_those_who_withdrew(street: Street, mandate: Mandate) -> None:
    for person in (street.ana, street.eva):
        confidence.withdraw(mandate, by=person)

    memberships.leave(street.body, by=street.eva)

    assert fresh(mandate).ended_at is None


@pytest.mark.usefixtures("no_decision")
def test_a_waiting_member_neither_counts_nor_withdraws(street: Street, mandate: Mandate) -> None:
    with transaction.atomic():
        memberships.admit(street.body, street.dario, at=folkmoot_now())
    with refused(Denied, "when your waiting time is over"):
        confidence.withdraw(mandate, by=street.dario)

    for person in (street.ana, street.eva, street.farid):
        confidence.withdraw(mandate, by=person)

    assert fresh(mandate).ending == "confidence"  # three of five, not of six


@pytest.mark.parametrize(
    ("how", "ending"),
    [
        (lambda s, m: memberships.leave(s.body, by=s.bruno), "left"),
        (lambda s, m: mandates.resign(m, by=s.bruno), "resigned"),
        (lambda s, m: removed(s, s.bruno), "removed"),
        (lambda s, m: (move_clock(timedelta(days=181)), settling.settle()), "term"),
    ],
)
@pytest.mark.usefixtures("no_decision")
def test_every_ending_overtakes_an_open_recall(street: Street, mandate: Mandate, how: Any, ending: str) -> None:
    if ending == "term":
        move_clock(mandate.ends_at - folkmoot_now() - timedelta(hours=1))
    vote = open_recall(mandate, street.ana)
    cast(vote, street.ana, Position.YES)

    how(street, mandate)

    vote.refresh_from_db()
    assert fresh(mandate).ending == ending
    assert (vote.outcome, Proposal.objects.get(kind="recall").stage) == ("overtaken", "overtaken")


def removed(street: Street, person: Person) -> None:
    with transaction.atomic():
        memberships.remove(village.membership(street.body, person), at=folkmoot_now())


def test_a_mandate_whose_term_is_over_cannot_be_recalled_by_a_late_ballot(street: Street, mandate: Mandate) -> None:
    move_clock(mandate.ends_at - folkmoot_now() - timedelta(hours=1))
    vote = open_recall(mandate, street.ana)
    for person in (street.ana, street.eva):
        cast(vote, person, Position.YES)
    move_clock(timedelta(hours=2))

    with refused(TooLate):
        cast(vote, street.farid, Position.YES)

    settling.settle()
    assert fresh(mandate).ending == "term"


@pytest.mark.usefixtures("no_decision")
def test_a_recall_that_closed_before_the_term_wins_over_it(street: Street, mandate: Mandate) -> None:
    with transaction.atomic():
        memberships.admit(street.body, street.carla, at=folkmoot_now(), voice_now=True)
    move_clock(mandate.ends_at - folkmoot_now() - timedelta(hours=80))
    vote = open_recall(mandate, street.ana)
    for person in (street.ana, street.eva, street.farid):  # three of six: enough, but not before the close
        cast(vote, person, Position.YES)
    move_clock(timedelta(hours=200))  # both are over, nobody had settled

    assert not mandates.end_if_over(mandate.pk)
    settling.settle()

    assert fresh(mandate).ending == "recall"


def test_no_report_while_the_recall_is_being_counted_nor_after_the_end(street: Street, mandate: Mandate) -> None:
    open_recall(mandate, street.ana)
    move_clock(timedelta(hours=73))
    with refused(Denied, "being counted"):
        mandates.report(mandate, "All is well.", by=street.bruno)
    settling.settle()
    mandates.report(mandate, "All is well.", by=street.bruno)
    mandates.resign(mandate, by=street.bruno)

    with refused(Denied, "has ended"):
        mandates.report(mandate, "All is well.", by=street.bruno)
