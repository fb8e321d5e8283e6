"""What confederations found, join and leave themselves: begun by a body below, decided by all that are in it."""

from datetime import timedelta

import pytest

from confederation.actions import from_below
from confederation.models import Forward, Seat
from core.actions import opening
from core.models import Accord, Body, Person, Proposal, Stage
from core.refusals import Refusal
from core.timekeeping import folkmoot_now
from tests import village
from tests.confederation.scene import Quarter, agree, everybody_agrees, make_quarter, plan, settle_all

pytestmark = pytest.mark.django_db


def first_of(quarter: Quarter) -> tuple[Body, Person]:
    """A street of a quarter, and who proposes there."""
    body = quarter.bodies[0]
    return body, quarter.of(body)[0]


def made_of(proposal: Proposal) -> Proposal:
    """What a body's proposal has put before its confederation."""
    made = Forward.objects.get(proposal=proposal).made
    assert made is not None
    return made


@pytest.mark.slow
def test_two_quarters_found_a_city_and_one_of_them_leaves_it(quarter: Quarter) -> None:
    mill = make_quarter(3, name="Mill", first=3)
    alder, by = first_of(quarter)
    begun = from_below.propose_founding(alder, quarter.body, plan("Hill", [mill.body]), by=by, at=folkmoot_now())
    [begun] = agree([begun], quarter.streets)
    everybody_agrees(made_of(begun))
    assert made_of(begun).stage == Stage.ADOPTED
    accord = Accord.objects.get(forward__proposal=begun)
    in_mill = accord.sides.get(body=mill.body).proposal
    assert in_mill is not None
    everybody_agrees(in_mill)

    hill = Body.objects.get(confederation__accord=accord)
    assert set(Seat.objects.standing().filter(confederation=hill).values_list("body", flat=True)) == {
        quarter.body.pk,
        mill.body.pk,
    }
    seat = Seat.objects.get(confederation=hill, body=quarter.body)
    proposed = from_below.propose_leaving(alder, seat, "We go.", by=by, at=folkmoot_now())
    [proposed] = agree([proposed], quarter.streets)
    everybody_agrees(made_of(proposed))
    seat.refresh_from_db()
    assert seat.leaving == Seat.Leaving.LEFT


def test_what_the_street_does_not_adopt_is_put_before_nobody(quarter: Quarter) -> None:
    mill = make_quarter(3, name="Mill", first=3)
    alder, by = first_of(quarter)
    begun = from_below.propose_founding(alder, quarter.body, plan("Hill", [mill.body]), by=by, at=folkmoot_now())
    village.move_clock(timedelta(days=8))
    opening.open_vote(begun, by=by)
    village.move_clock(timedelta(days=8))
    settle_all()  # the quorum was missed, and a second call is open
    village.move_clock(timedelta(days=8))
    settle_all()

    accord = Accord.objects.get(forward__proposal=begun)
    assert accord.why == Accord.Reason.NOT_ADOPTED
    assert Forward.objects.get(proposal=begun).made is None
    again = from_below.propose_founding(alder, quarter.body, plan("Hill", [mill.body]), by=by, at=folkmoot_now())
    assert again.stage == Stage.DISCUSSION


def test_who_is_not_below_is_refused_and_so_is_what_cannot_be(quarter: Quarter) -> None:
    mill = make_quarter(3, name="Mill", first=3)
    [dogwood, *_others] = mill.bodies
    stranger = mill.of(dogwood)[0]
    at = folkmoot_now()

    with pytest.raises(Refusal, match="not in this confederation"):
        from_below.propose_joining(dogwood, quarter.body, mill.body, "Let us.", by=stranger, at=at)
    alder, by = first_of(quarter)
    with pytest.raises(Refusal):
        from_below.propose_joining(alder, quarter.body, quarter.body, "Let us.", by=by, at=at)
    with pytest.raises(Refusal, match="Only members"):
        from_below.propose_leaving(alder, quarter.seat(alder), "We go.", by=stranger, at=at)
    assert not Accord.objects.open().exists()
