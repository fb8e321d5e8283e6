"""On real connections: calls that reach a tenth, a call against the clock, confidence against a recall, people in two
bodies whose votes open at once; and what each of these locks.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from confederation.actions import calling, confidence, levels, people, ratifying
from confederation.models import Call, PeopleElector, PeopleVote, PersonWithdrawal, Referral
from core.actions.closing import close
from core.actions.settling import open_by_clock
from core.models import Mandate, Membership, Person, Proposal, RecordLine, Stage, Vote
from core.refusals import Refusal
from core.timekeeping import folkmoot_now
from tests import village
from tests.confederation import rows
from tests.confederation.valley import adopt, make_valley, member, recall, station, until_closed
from tests.core.people.test_races import at_once

races = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def race(test: Callable[..., None]) -> Callable[..., None]:
    """On connections of its own."""
    for mark in races:
        test = mark(test)
    return test


@race
def test_two_calls_at_once_that_reach_a_tenth_call_it_down_once(transactional_db: None) -> None:
    valley = make_valley()
    referral = adopt(valley)
    calling.call(referral, by=member(valley.alder))
    for person in (member(valley.birch), member(valley.dell)):
        Call.objects.filter(referral=referral, person=person).delete()
    acts = [partial(called, referral, person) for person in (member(valley.birch), member(valley.dell))]
    answers = at_once([*acts, *acts])

    assert [each for each in answers if isinstance(each, Exception) and not isinstance(each, Refusal)] == []
    assert Call.objects.standing().filter(referral=referral).count() == 3
    assert PeopleVote.objects.count() == 1
    assert RecordLine.objects.filter(what="referral.called_down").count() == 1


@race
def test_bodies_that_call_at_once_call_it_down_once(transactional_db: None) -> None:
    valley = make_valley()
    for rounds in range(1, 4):
        referral = adopt(valley)
        own = [calling.propose(referral, body, "Too dear.", by=member(body)) for body in valley.streets]
        rows.settle_all()
        for proposal in own:
            rows.vote_of(proposal, "yes", 4)
        village.move_clock(timedelta(days=7))
        votes = Vote.objects.filter(proposal__in=own).values_list("pk", flat=True)
        answers = at_once([*[partial(close, vote) for vote in votes], *[partial(clock, referral.pk)] * 2])

        assert [each for each in answers if isinstance(each, Exception)] == []
        assert Call.objects.filter(referral=referral, at__isnull=False).count() == 4 - refused_late(own)
        assert PeopleVote.objects.filter(referral=referral).count() == 1
        assert RecordLine.objects.filter(what="referral.called_down").count() == rounds
        rows.pass_by(days=15)


def refused_late(proposals: list[Proposal]) -> int:
    """How many were adopted when it had been called down already: no call is written for them."""
    return Proposal.objects.filter(pk__in=[each.pk for each in proposals], effect="failed").count()


def called(referral: Referral, person: Person) -> bool:
    """Somebody calls it down, and the clock looks."""
    calling.call(referral, by=person)
    return ratifying.called_down(referral.pk)


@race
def test_a_call_against_the_clock_counts_or_is_refused(transactional_db: None) -> None:
    valley = make_valley()
    for _round in range(6):
        referral = adopt(valley)
        for body in (valley.alder, valley.birch):
            calling.call(referral, by=member(body))
        assert referral.in_force_from is not None
        village.move_clock(referral.in_force_from - folkmoot_now() - timedelta(milliseconds=30))
        call = partial(calling.call, referral, by=member(valley.dell))
        answer, *_clock = at_once([call, *[partial(clock, referral.pk)] * 2])
        stage = Proposal.objects.get(referral=referral).stage

        counted = not isinstance(answer, Refusal)
        assert (stage, PeopleVote.objects.filter(referral=referral).exists()) == (
            (Stage.VOTING, True) if counted else (Stage.ADOPTED, False)
        )
        rows.pass_by(days=15)


def clock(referral_id: int) -> None:
    """The clock brings it into force as soon as it can."""
    for _try in range(100):
        if ratifying.called_down(referral_id) or ratifying.into_force(referral_id):
            return


@race
def test_confidence_against_a_recall_ends_it_once(transactional_db: None) -> None:
    valley = make_valley()
    for rounds in range(1, 5):
        mandate, referral = recall(valley)
        for body in valley.streets:
            rows.vote_of(Proposal.objects.get(station__referral=referral, body=body), "yes", 6)
        for level in (0, 1):
            until_closed(referral, level=level)
        everybody = Membership.objects.filter(body__in=valley.streets).values_list("person_id", flat=True)
        PersonWithdrawal.objects.bulk_create(PersonWithdrawal(mandate=mandate, person_id=key) for key in everybody)
        village.move_clock(timedelta(hours=1))
        top = station(referral, valley.valley).pk
        at_once([partial(levels.count, top), partial(confidence.end_if_lost, mandate.pk)] * 2)

        mandate.refresh_from_db()
        stage = Proposal.objects.get(referral=referral).stage
        ways = {Mandate.Ending.RECALL: Stage.ADOPTED, Mandate.Ending.CONFIDENCE: Stage.OVERTAKEN}
        assert stage == ways[Mandate.Ending(mandate.ending)]
        assert RecordLine.objects.filter(what="mandate.ended").count() == rounds
        rows.settle_all()


@race
def test_people_in_all_bodies_are_on_one_roll_however_the_votes_open(transactional_db: None) -> None:
    valley = make_valley()
    referral = adopt(valley)
    at = folkmoot_now() - timedelta(days=30)
    everybody = [member(body, n) for body in valley.streets for n in range(7)]
    for body in valley.streets:
        inside = set(body.memberships.values_list("person_id", flat=True))
        for person in reversed(everybody):
            if person.pk not in inside:
                Membership.objects.create(body=body, person=person, joined_at=at, voice_from=at)
    for body in valley.streets:
        calling.call(referral, by=member(body))
    ratifying.called_down(referral.pk)
    for key in people.to_ask(folkmoot_now()):
        people.ask(key)
    village.move_clock(timedelta(days=7, seconds=1))
    keys = Proposal.objects.filter(kind="people").values_list("pk", flat=True)
    at_once([partial(open_by_clock, key) for key in keys])

    sizes = Vote.objects.filter(proposal__kind="people").values_list("roll_size", flat=True)
    assert sum(size or 0 for size in sizes) == PeopleElector.objects.count() == len(everybody)
