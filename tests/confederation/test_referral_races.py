"""On real connections: questions that many begin, ask and count at once; delegates who speak as their mandate ends;
bodies that leave as their votes close.
"""

from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from confederation.actions import asking, deviating, levels, positions, referring
from confederation.models import Deviation, Referral, Station
from confederation.rules.positions import Said
from core.actions import mandates
from core.actions.closing import close
from core.models import Body, Mandate, Proposal, Vote
from core.refusals import Refusal
from core.timekeeping import folkmoot_now
from tests import village
from tests.confederation import rows
from tests.confederation.valley import Valley, all_say, ask, home, make_valley, member, seat_of, station, until_votes
from tests.core.people.test_races import at_once

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def arena(transactional_db: None) -> Valley:
    """The valley, as all connections see it."""
    return make_valley()


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
    except Refusal:
        return


def test_who_speaks_as_their_term_ends_spoke_in_time_or_not_at_all(arena: Valley) -> None:
    spoke = 0
    for number in range(8):
        delegate = rows.delegate(seat_of(arena.alder), member(arena.alder))
        referral = ask(arena.hill, f"Question {number}")
        all_say(referral, dict.fromkeys((arena.alder, arena.birch, arena.cedar), "agree"))
        own = station(referral, arena.alder)
        ends_at = folkmoot_now() + timedelta(milliseconds=15 * 2**number)
        Mandate.objects.filter(pk=delegate.pk).update(ends_at=ends_at)
        at_once([partial(say_if_in_time, own, delegate), partial(over, delegate)])
        rows.pass_by(hours=2)

        deviation = Deviation.objects.filter(station=own).first()
        spoke += deviation is not None
        assert deviation is None or deviation.at < ends_at
        assert station(referral, arena.hill).tally == {"agree": 3}
    assert spoke


def over(delegate: Mandate) -> None:
    """The clock ends a mandate as soon as it can."""
    for _try in range(200):
        if mandates.end_if_over(delegate.pk):
            return


@transaction.atomic
def leave(body: Body) -> None:
    """A body leaves, as its decision lets it."""
    place = seat_of(body)
    rows.leave(place)
    positions.gone(place, folkmoot_now())


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
