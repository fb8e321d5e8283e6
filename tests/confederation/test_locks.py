"""What the acts of a referral lock, and in which order; nothing that all bodies share."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from confederation.actions import asking, deviating, levels, positions, referring
from confederation.models import Referral, Station
from confederation.rules.positions import Said
from core.actions import mandates
from core.actions.closing import close
from core.models import Body, Mandate, Proposal, Vote
from core.refusals import Denied
from core.timekeeping import folkmoot_now
from tests import village
from tests.confederation import rows
from tests.confederation.valley import (
    Valley,
    all_say,
    ask,
    home,
    make_valley,
    member,
    seat_of,
    station,
    until_closed,
    until_votes,
)
from tests.core.actions.locking import before, locks_of
from tests.core.actions.scene import spoken, undone
from tests.core.people.test_races import at_once

pytestmark = pytest.mark.usefixtures("rows_by_hand")


@pytest.mark.django_db
def test_beginning_locks_its_confederation_and_the_proposal(valley: Valley) -> None:
    proposal = rows.question(valley.valley)

    assert locks_of(partial(referring.begin, proposal.pk)) == ["body", "proposal", "recordhead"]


@pytest.mark.django_db
def test_asking_locks_one_body_and_its_own_row(valley: Valley) -> None:
    proposal = rows.question(valley.valley)
    referring.begin(proposal.pk)
    own = station(Referral.objects.get(proposal=proposal), valley.dell)

    assert locks_of(partial(asking.ask, own.pk)) == ["body", "station", "recordhead"]
    with undone(), spoken() as heard:
        asking.ask(own.pk)
    assert len(heard) <= 18


@pytest.mark.django_db
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


@pytest.mark.django_db
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


@pytest.mark.django_db
def test_the_top_locks_all_that_its_decision_changes(valley: Valley) -> None:
    referral = ask(valley.valley)
    all_say(referral, {})
    until_closed(referral, level=1)
    village.move_clock(timedelta(hours=1))
    top = station(referral, valley.valley)

    assert locks_of(partial(levels.count, top.pk)) == ["body", "proposal", "station", "recordhead"]


@pytest.fixture
def arena(transactional_db: None) -> Valley:
    """The valley, as all connections see it."""
    return make_valley()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_many_do_at_once_is_done_once(arena: Valley) -> None:
    questions = [rows.question(arena.valley, f"Question {n}") for n in range(4)]
    at_once([partial(referring.begin, each.pk) for each in questions for _twice in range(2)])
    for each in questions:
        referring.begin(each.pk)
    assert Referral.objects.filter(asked_at__isnull=False).count() == 3

    own = Station.objects.base().filter(proposal=None)
    at_once([partial(asking.ask, each.pk) for each in own for _twice in range(2)])
    assert Proposal.objects.filter(kind="referral").count() == 12

    referral = Referral.objects.get(proposal=questions[0])
    all_say(referral, dict.fromkeys(arena.streets, "agree"))
    village.move_clock(timedelta(hours=3))
    for body in (arena.hill, arena.valley):
        at_once([partial(levels.count, station(referral, body).pk)] * 4)
    referral.refresh_from_db()
    assert referral.outcome == "adopted"


def say_if_in_time(own: Station, delegate: Mandate) -> None:
    """A delegate who may be too late."""
    try:
        deviating.deviate(own, delegate, Said.DISAGREE, "No.", by=delegate.person)
    except Denied:
        return


@transaction.atomic
def leave(body: Body) -> None:
    """A body leaves, as its decision lets it."""
    place = seat_of(body)
    rows.leave(place)
    positions.gone(place, folkmoot_now())


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_speaking_ending_leaving_and_counting_at_once_end_in_what_a_recount_finds(arena: Valley) -> None:
    for number in range(6):
        delegate = rows.delegate(seat_of(arena.alder), member(arena.alder))
        referral = ask(arena.hill, f"Question {number}")
        all_say(referral, dict.fromkeys((arena.alder, arena.birch, arena.cedar), "agree"))
        own, hill = station(referral, arena.alder), station(referral, arena.hill)
        village.move_clock(hill.closes_at - folkmoot_now() - timedelta(seconds=0.03 * number))
        count = partial(levels.count, hill.pk)
        at_once([partial(say_if_in_time, own, delegate), partial(mandates.resign, delegate, by=delegate.person), count])
        rows.pass_by(seconds=2)

        hill = station(referral, arena.hill)
        spoke = own.referral.stations.get(pk=own.pk)
        ended = Mandate.objects.get(pk=delegate.pk).ended_at
        deviates = hasattr(spoke, "deviation") and ended is not None and ended > hill.closes_at
        assert hill.tally == ({"agree": 2, "disagree": 1} if deviates else {"agree": 3})


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_close_and_a_leaving_at_once_say_one_thing(arena: Valley) -> None:
    referral = ask(arena.valley)
    until_votes()
    for body in arena.streets:
        rows.vote_of(home(referral, body), "agree", 6)
    village.move_clock(timedelta(days=7))
    votes = Vote.objects.filter(proposal__kind="referral").values_list("pk", flat=True)
    at_once([*[partial(close, vote) for vote in votes], partial(leave, arena.dell), partial(leave, arena.hill)])

    for body in arena.streets:
        own = station(referral, body)
        assert (own.said, own.reason) in {("agree", "adopted"), ("none", "gone")}
    assert station(referral, arena.hill).reason == "gone"
