"""Bodies found a confederation, join it, speak in it, and leave it."""

import pytest

from confederation.models import Ceded, Confederation, Seat
from confederation.queries import reach
from tests.confederation.scene import PURPOSE, UNITY, Quarter, make_city

pytestmark = pytest.mark.django_db


def test_streets_found_a_confederation_that_decides_at_once(quarter: Quarter) -> None:
    body = quarter.body
    assert body.lives and body.listed and body.kind == "confederation"
    assert Confederation.objects.get(body=body).of_kind == "council"
    charter = body.charters.get()
    assert (charter.purpose, charter.unity, charter.template) == (PURPOSE, UNITY, "small")
    assert charter.in_force_at == body.adopted_at
    seats = Seat.objects.filter(confederation=body)
    assert {seat.body_id for seat in seats} == {each.pk for each in quarter.bodies}
    assert all(seat.voice and seat.left_at is None and seat.charter == charter for seat in seats)
    assert [each.words for each in Ceded.objects.standing().filter(confederation=body)] == ["The water of the brook"]
    assert reach.people_below(body.pk) == 21


def test_city(no_decision: None) -> None:
    city = make_city()
    assert len(reach.below(city.body.pk)) == 9
