"""Whom a body sends to its seat: one delegate and one alternate, for as long as mandate and seat stand."""

from datetime import timedelta

import pytest
from django.db import transaction

from confederation.actions import delegates, leaving
from confederation.models import Delegation, Seat
from confederation.queries.seats import delegate_of
from core.actions import candidacies, elections, endings, mandates, opening
from core.actions.settling import settle
from core.models import Body, Mandate, Person, Proposal, Stage
from core.refusals import Denied, Invalid
from core.timekeeping import folkmoot_now
from tests import village
from tests.confederation.scene import Quarter, agree
from tests.core.actions.scene import refused, refused_by_the_database, run, undone

pytestmark = pytest.mark.django_db

WORDS = "Somebody has to speak for us."


def terms(person: Person, days: int = 90) -> mandates.Terms:
    return mandates.Terms(person, "Say what we decided.", "Promise nothing.", days, 30)


def send(quarter: Quarter, body: Body, person: Person, *, alternate: bool = False, bound: bool = True) -> Mandate:
    """Somebody is sent, by the agreement of the body."""
    by = quarter.of(body)[0]
    sent = delegates.send(
        quarter.seat(body), terms(person), WORDS, alternate=alternate, bound=bound, by=by, at=folkmoot_now()
    )
    mandates.accept(sent, by=person, at=folkmoot_now())
    agree([sent], quarter.streets)
    return Mandate.objects.get(granted_by=sent)


def test_one_delegate_and_one_alternate_who_stands_in(quarter: Quarter) -> None:
    alder = quarter.bodies[0]
    ana, bruno, carla = quarter.of(alder)[:3]
    delegate = send(quarter, alder, bruno, bound=False)
    alternate = send(quarter, alder, carla, alternate=True)
    seat, at = quarter.seat(alder), folkmoot_now()
    assert delegate_of(seat, at) == delegate
    assert [each.bound for each in Delegation.objects.order_by("pk")] == [False, True]
    for place, words in ((False, "There is a delegate already"), (True, "Somebody stands in already")):
        with refused(Denied, words):
            delegates.send(seat, terms(ana), WORDS, alternate=place, by=ana, at=at)
    mandates.resign(delegate, by=bruno)
    assert delegate_of(seat, at) == alternate
    village.move_clock(timedelta(days=91))
    assert delegate_of(seat, folkmoot_now()) is None
    settle()
    assert Mandate.objects.filter(ended_at=None).count() == 0


def test_who_cannot_be_sent_and_who_cannot_send(quarter: Quarter) -> None:
    alder, birch, _cedar = quarter.bodies
    ana, at = quarter.of(alder)[0], folkmoot_now()
    with refused(Invalid, "Choose a member of this body"):
        delegates.send(quarter.seat(alder), terms(quarter.of(birch)[0]), WORDS, by=ana, at=at)
    with refused(Denied, "Only members"):
        delegates.send(quarter.seat(birch), terms(ana), WORDS, by=ana, at=at)
    with refused(Invalid, "The charter does not allow so long a term"):
        delegates.send(quarter.seat(alder), terms(ana, 800), WORDS, by=ana, at=at)
    two = elections.Terms("Speak.", "Promise nothing.", 90, 30, seats=2)
    with refused(Invalid, "One person is elected to one place"):
        delegates.send(quarter.seat(alder), two, WORDS, by=ana, at=at)


def test_the_second_of_two_that_are_decided_at_once_is_refused_in_words(quarter: Quarter) -> None:
    alder = quarter.bodies[0]
    ana, bruno = quarter.of(alder)[:2]
    seat, at = quarter.seat(alder), folkmoot_now()
    both = [delegates.send(seat, terms(person), WORDS, by=person, at=at) for person in (ana, bruno)]
    first, second = agree(both, quarter.streets)
    assert (first.effect, second.effect, second.stage) == ("done", "failed", Stage.ADOPTED)
    assert "There is a delegate already" in second.effect_problem
    assert Mandate.objects.get().person == ana


def test_a_delegate_can_be_elected(quarter: Quarter) -> None:
    alder = quarter.bodies[0]
    ana, bruno = quarter.of(alder)[:2]
    fills = elections.Terms("Speak.", "Promise nothing.", 90, 30)
    election = delegates.send(quarter.seat(alder), fills, WORDS, by=ana, at=folkmoot_now())
    candidacies.stand(election, "I listen.", by=bruno, at=folkmoot_now())
    assert Delegation.objects.get().proposal == election
    village.move_clock(timedelta(days=8))
    vote = opening.open_vote(election, by=ana)
    assert vote.is_election


def test_the_mandates_end_with_the_seat(quarter: Quarter, no_decision: None) -> None:
    alder, birch = quarter.bodies[:2]
    mandate = send(quarter, alder, quarter.of(alder)[1])
    under_way = delegates.send(
        quarter.seat(alder),
        terms(quarter.of(alder)[2]),
        WORDS,
        alternate=True,
        by=quarter.of(alder)[0],
        at=folkmoot_now(),
    )
    mandates.accept(under_way, by=quarter.of(alder)[2], at=folkmoot_now())
    with undone():
        recall = village.open_recall(mandate, quarter.of(alder)[0])
        with transaction.atomic():
            endings.end(endings.take_all(quarter.body), at=folkmoot_now())
        assert Mandate.objects.get(pk=mandate.pk).ending == "seat"
        assert Proposal.objects.get(pk=recall.proposal_id).stage == Stage.OVERTAKEN
    with undone():
        with transaction.atomic():
            endings.end(endings.take_all(alder), at=folkmoot_now())
        assert Mandate.objects.get(pk=mandate.pk).ending == "body_ended"
    out = leaving.propose(quarter.seat(alder), "Enough.", by=quarter.of(alder)[0], at=folkmoot_now())
    agree([out], quarter.streets)
    mandate.refresh_from_db()
    seat = quarter.seat(alder)
    assert (mandate.ending, mandate.ended_at) == ("seat", seat.left_at)
    [late] = agree([under_way], quarter.streets)
    assert (late.effect, Mandate.objects.filter(granted_by=late).exists()) == ("failed", False)
    assert "no longer in that confederation" in late.effect_problem
    with refused(Denied, "no longer in that confederation"):
        delegates.send(seat, terms(quarter.of(alder)[0]), WORDS, by=quarter.of(alder)[0], at=folkmoot_now())
    assert Seat.objects.standing().filter(body=birch).exists()


def test_the_database_lets_nobody_be_sent_elsewhere_or_beside_another(quarter: Quarter) -> None:
    alder, birch = quarter.bodies[:2]
    ana, bruno = quarter.of(alder)[:2]
    late = delegates.send(quarter.seat(alder), terms(ana), WORDS, by=ana, at=folkmoot_now())
    send(quarter, alder, bruno)
    with refused_by_the_database("sends delegates to its own seat"):
        Delegation.objects.create(proposal=village.make_proposal(alder, ana, kind="decision"), seat=quarter.seat(alder))
    with refused_by_the_database("sends delegates to its own seat"):
        other = village.make_election(alder, ana)
        Delegation.objects.create(proposal=other, seat=quarter.seat(birch))
    with refused_by_the_database("one delegate and one alternate"):
        run(
            "INSERT INTO core_mandate (body_id, person_id, granted_by_id, title, task, limits, starts_at, ends_at, "
            "renewal_no, ending) SELECT body_id, %s, %s, title, task, limits, starts_at, ends_at, 0, '' "
            "FROM core_mandate",
            ana.pk,
            late.pk,
        )
