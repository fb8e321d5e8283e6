"""On real connections: joins that would close a circle, and a body that ends while it joins."""

from functools import partial

import pytest
from django.db import transaction

from confederation.actions import founding, leaving, seats
from confederation.models import Founding, Seat
from confederation.queries import reach
from core.actions import endings
from core.locks import Touched, take_bodies
from core.models import Accord, Body
from core.refusals import Refusal
from core.timekeeping import folkmoot_now
from tests.confederation.scene import PURPOSE, UNITY, make_streets
from tests.core.people.test_races import at_once

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ROUNDS = 8


def accord_of(bodies: list[Body]) -> Accord:
    """What the streets have agreed on, without their votes."""
    return Accord.objects.create(
        kind="confederate", lead=bodies[0], title="Confederate", text="Near.", begun_at=folkmoot_now()
    )


@transaction.atomic
def found(name: str, bodies: list[Body]) -> Body:
    """A confederation, as the clock forms it."""
    accord = accord_of(bodies)
    Founding.objects.create(accord=accord, name=name, purpose=PURPOSE, unity=UNITY)
    taken = take_bodies({body.pk: Touched() for body in bodies})
    founding.form(accord, taken, {body.pk: 1 for body in bodies}, folkmoot_now())
    return Body.objects.get(confederation__accord=accord)


@transaction.atomic
def join(body: Body, confederation: Body) -> Seat:
    """As the clock brings a body in, with what it locks."""
    taken = take_bodies({body.pk: Touched(), confederation.pk: Touched()})
    there, here = taken[confederation.pk].body, taken[body.pk].body
    accord = Accord.objects.filter(founded__isnull=False).first()
    assert accord is not None
    return seats.take(accord, there, here, voice=True, decisions={}, at=folkmoot_now())


@transaction.atomic
def part(seat: Seat) -> None:
    """The seat ends."""
    take_bodies({seat.body_id: Touched(), seat.confederation_id: Touched()})
    leaving.end_seat(seat, Seat.Leaving.LEFT, at=folkmoot_now())


@pytest.fixture
def four(transactional_db: None) -> list[Body]:
    """Four confederations of the same two streets; the third is in the second, and the first in the fourth."""
    streets = make_streets(2, 3).bodies
    made = [found(name, streets) for name in ("East", "North", "West", "South")]
    join(made[1], made[2])
    join(made[3], made[0])
    return made


def test_of_two_joins_that_would_close_a_circle_one_is_refused(four: list[Body]) -> None:
    """East in North in West in South in East: no two of the last joins lock the same body."""
    east, north, west, south = four
    for _round in range(ROUNDS):
        before = Seat.objects.standing().count()

        tried = at_once([partial(join, east, north), partial(join, west, south)])

        assert [type(each) for each in tried].count(Seat) == 1, tried
        assert sum(isinstance(each, Refusal) for each in tried) == 1
        assert Seat.objects.standing().count() == before + 1
        assert all(body.pk not in reach.above([body.pk]) for body in four)
        part(Seat.objects.standing().latest("pk"))


def test_of_two_that_join_each_other_one_is_refused(four: list[Body]) -> None:
    east, north, *_others = four
    for _round in range(ROUNDS):
        before = Seat.objects.standing().count()

        tried = at_once([partial(join, east, north), partial(join, north, east)])

        [refusal] = [each for each in tried if isinstance(each, Refusal)]
        assert "nothing can be part of itself" in str(refusal)
        assert Seat.objects.standing().count() == before + 1
        part(Seat.objects.standing().latest("pk"))


@transaction.atomic
def end(body: Body) -> None:
    """The body ends."""
    endings.end(endings.take_all(body), at=folkmoot_now())


def test_a_body_that_ends_while_it_joins_is_in_nothing(four: list[Body], no_decision: None) -> None:
    for body in make_streets(4, 3, first=2).bodies:
        at_once([partial(end, body), partial(join, body, four[0])])

        assert Body.objects.get(pk=body.pk).ended_at is not None
        assert not Seat.objects.standing().filter(body=body).exists()
