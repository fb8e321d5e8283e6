"""What the acts of a referral lock, and in which order; nothing that all bodies share."""

from datetime import timedelta
from functools import partial

import pytest

from confederation.actions import (
    asking,
    calling,
    ceding,
    confidence,
    delegates,
    deviating,
    forwarding,
    from_below,
    holding,
    leaving,
    levels,
    people,
    positions,
    ratifying,
    referring,
    seats,
    talking,
)
from confederation.models import Leaving, PeopleQuestion, PeopleVote, Referral
from confederation.rules.positions import Said
from core.actions import mandates
from core.actions.closing import close
from core.locks import Touched, take_bodies
from core.models import Accord
from core.timekeeping import folkmoot_now
from tests import village
from tests.confederation import rows
from tests.confederation.scene import Quarter, make_streets
from tests.confederation.valley import (
    Valley,
    adopt,
    all_say,
    ask,
    home,
    member,
    recall,
    seat_of,
    station,
    until_closed,
    until_votes,
)
from tests.core.actions.locking import before, locks_in, locks_of
from tests.core.actions.scene import spoken, undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rows_by_hand")]


def test_beginning_locks_its_confederation_and_the_proposal(valley: Valley) -> None:
    proposal = rows.question(valley.valley)

    assert locks_of(partial(referring.begin, proposal.pk)) == ["body", "proposal", "recordhead"]


def test_asking_locks_one_body_and_its_own_row(valley: Valley) -> None:
    proposal = rows.question(valley.valley)
    referring.begin(proposal.pk)
    own = station(Referral.objects.get(proposal=proposal), valley.dell)

    assert locks_of(partial(asking.ask, own.pk)) == ["body", "station", "recordhead"]
    with undone(), spoken() as heard:
        asking.ask(own.pk)
    assert len(heard) <= 18


def test_closing_locks_nothing_but_what_is_the_bodys_own(valley: Valley) -> None:
    referral = ask(valley.valley)
    until_votes()
    village.move_clock(timedelta(days=7))
    vote = home(referral, valley.dell).votes.get()

    assert locks_of(partial(close, vote.pk)) == ["body", "proposal", "vote alone", "recordhead"]
    with undone(), spoken() as heard:
        close(vote.pk)
    assert sum("confederation_" in each for each in heard) == 1
    assert len(heard) <= 19  # with the savepoint around it; every council pays for each of them


def test_a_level_and_a_delegate_lock_the_mandate_then_the_level(valley: Valley) -> None:
    delegate = rows.delegate(seat_of(valley.alder), member(valley.alder))
    referral = ask(valley.valley)
    all_say(referral, {valley.alder: "agree"})
    own, hill = station(referral, valley.alder), station(referral, valley.hill)
    deviate = partial(deviating.deviate, own, delegate, Said.ASIDE, "No.", by=delegate.person)
    assert locks_of(deviate) == ["mandate", "station", "recordhead"]
    with undone(), spoken() as heard:
        deviate()
    assert before(heard, 'FROM "confederation_station" WHERE "confederation_station"."id"', "folkmoot_now()")

    deviate()
    village.move_clock(timedelta(hours=1))
    assert locks_of(partial(levels.count, hill.pk)) == ["mandate", "station", "recordhead"]


def test_the_top_locks_all_that_its_decision_changes(valley: Valley) -> None:
    referral = ask(valley.valley)
    all_say(referral, {})
    until_closed(referral, level=1)
    village.move_clock(timedelta(hours=1))
    top = station(referral, valley.valley)

    assert locks_of(partial(levels.count, top.pk)) == ["body", "proposal", "station", "recordhead"]


def test_a_call_shares_the_calls_and_counting_has_them_alone(valley: Valley) -> None:
    referral = adopt(valley)

    assert locks_of(partial(calling.call, referral, by=member(valley.dell))) == ["vote shared"]
    for body in valley.streets:
        calling.call(referral, by=member(body))
    counting = ["body", "proposal", "vote alone", "referral", "recordhead"]
    assert locks_of(partial(ratifying.called_down, referral.pk)) == counting
    village.move_clock(timedelta(days=15))
    assert locks_of(partial(ratifying.into_force, referral.pk)) == counting


def test_confidence_locks_the_mandate_first(valley: Valley) -> None:
    mandate, _referral = recall(valley)
    assert locks_of(partial(confidence.withdraw, mandate, by=member(valley.dell))) == ["mandate"]
    for body in valley.streets[:3]:
        for n in range(7):
            confidence.withdraw(mandate, by=member(body, n))

    assert locks_of(partial(confidence.end_if_lost, mandate.pk))[0] == "mandate"


def test_who_joins_is_alone_with_it_and_locks_before_it_looks(quarter: Quarter) -> None:
    alone = make_streets(1, first=5)
    accord = Accord.objects.get()

    def take() -> None:
        taken = take_bodies({quarter.body.pk: Touched(), alone.bodies[0].pk: Touched()})
        bodies = [taken[key].body for key in (quarter.body.pk, alone.bodies[0].pk)]
        seats.take(accord, *bodies, voice=True, decisions={}, at=folkmoot_now())

    assert locks_of(take) == ["body", "vote alone", "recordhead"]


def test_a_matter_is_ceded_and_taken_back_with_its_row(valley: Valley) -> None:
    ceded = rows.ceded(valley.valley)
    referral = ask(valley.valley)
    Referral.objects.filter(pk=referral.pk).update(ceded=ceded)
    at = folkmoot_now()

    assert locks_of(lambda: ceding.cede(ceded, at=at)) == ["ceded", "recordhead"]
    assert locks_of(lambda: ceding.take_back(referral.proposal, at=at)) == ["ceded", "recordhead"]


def test_confidence_above_is_withdrawn_and_given_back_with_the_mandate(valley: Valley) -> None:
    ana, at = member(valley.dell), folkmoot_now()
    mandate = rows.mandate(rows.granting(valley.valley, at), ana, at)

    assert locks_of(partial(confidence.give_back, mandate, by=ana)) == ["mandate"]
    proposing = partial(confidence.propose, valley.dell, mandate, "No report.", by=ana)
    assert locks_of(proposing) == ["membership", "body", "mandate", "proposal", "recordhead"]
    assert locks_of(partial(holding.end_if_gone, mandate.pk)) == ["mandate"]


def test_whatever_is_about_a_seat_locks_it_after_the_body(valley: Valley) -> None:
    seat, ana, at = seat_of(valley.dell), member(valley.dell), folkmoot_now()
    terms = mandates.Terms(ana, "Speak.", "Promise nothing.", 90)
    seated = ["membership", "body", "seat", "proposal", "recordhead"]

    assert locks_of(partial(delegates.send, seat, terms, "One of us.", by=ana, at=at))[:5] == seated
    assert locks_of(partial(leaving.propose, seat, "We go.", by=ana, at=at)) == seated
    leaves = Leaving.objects.create(proposal=rows.granting(valley.dell, at), seat=seat)
    assert locks_of(partial(leaving.leave, leaves.proposal, at=at)) == ["seat", "recordhead"]


def test_what_a_confederation_is_to_do_locks_it_beside_ones_own_body(valley: Valley) -> None:
    hill, by = seat_of(valley.hill), member(valley.alder)
    propose = partial(from_below.propose_leaving, valley.alder, hill, "We go.", by=by, at=folkmoot_now())

    assert locks_of(propose) == ["membership", "body", "seat", "proposal", "recordhead"]
    with undone(), spoken() as heard:
        propose()
    for body in (valley.alder, valley.hill):
        locked = f'"core_body"."id" = ANY(\'{{{body.pk}}}\'::int2[])'
        assert any(locked in each and "FOR NO KEY UPDATE" in each for each in heard)


def test_who_accepts_a_mandate_above_locks_the_proposal_and_the_offer(valley: Valley) -> None:
    ana, at = member(valley.dell), folkmoot_now()
    terms = mandates.Terms(ana, "Keep it.", "Buy nothing.", 90)
    plan = forwarding.Plan(valley.valley, forwarding.What.MANDATE, "Keeper", "One.", terms=terms)
    proposal = forwarding.propose(valley.alder, plan, by=member(valley.alder), at=at)

    assert locks_of(partial(holding.accept, proposal, by=ana, at=at)) == ["proposal", "offer", "recordhead"]
    assert locks_of(partial(forwarding.refused, proposal, at=at)) == ["accord"]


def test_what_comes_to_nothing_locks_what_it_lets_go(valley: Valley) -> None:
    referral = ask(valley.valley)
    alder, dell = station(referral, valley.alder), station(referral, valley.dell)
    assert locks_of(partial(talking.say, referral, "Hear.", by=member(valley.dell))) == ["proposal", "recordhead"]

    positions.silence("id", alder.pk, at=folkmoot_now())
    assert locks_of(partial(positions.let_go, alder.pk)) == ["body", "proposal", "recordhead"]
    assert locks_of(partial(levels.drop, referral.pk)) == ["body", "proposal"]
    village.move_clock(timedelta(days=15))
    assert locks_of(partial(positions.missed, dell.pk)) == ["body", "proposal", "recordhead"]
    assert locks_of(partial(positions.says_nothing, dell, positions.LATE, at=folkmoot_now())) == ["station"]


def test_the_people_are_asked_body_by_body_and_counted_at_once(valley: Valley) -> None:
    referral = adopt(valley)
    with undone(), spoken() as heard:  # the proposal is new: nobody else waits for it
        calling.propose(referral, valley.dell, "Too dear.", by=member(valley.dell))
    assert locks_in(heard) == ["membership", "body", "vote shared", "proposal", "recordhead"]
    for body in valley.streets:
        calling.call(referral, by=member(body))
    ratifying.called_down(referral.pk)
    first = PeopleQuestion.objects.order_by("pk")[0]
    assert locks_of(partial(people.ask, first.pk)) == ["body", "peoplequestion", "recordhead"]

    rows.settle_all()
    village.move_clock(timedelta(days=15))
    assert locks_of(partial(people.let_go, first.pk)) == ["body", "proposal", "recordhead"]
    for question in PeopleQuestion.objects.all():
        people.let_go(question.pk)
    assert locks_of(partial(people.count, PeopleVote.objects.get().pk)) == [
        *("body", "proposal", "peoplevote", "recordhead")
    ]
