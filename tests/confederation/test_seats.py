"""Bodies found a confederation, join it, speak in it, and leave it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from confederation.actions import founding, joining, leaving, seats
from confederation.models import Ceded, Confederation, Joining, Seat
from confederation.queries import reach
from confederation.queries.seats import seats_of
from core.actions import bodies, charters, endings, opening
from core.actions.settling import settle
from core.models import Accord, Body, RecordLine, Stage
from core.refusals import Denied, Invalid, Refusal, WrongStep
from core.registry import Impossible
from core.rules.charter import CharterNumbers
from core.timekeeping import folkmoot_now
from tests import village
from tests.confederation.scene import (
    PURPOSE,
    UNITY,
    WATER,
    Quarter,
    agree,
    everybody_agrees,
    join,
    make_city,
    make_streets,
    plan,
    taken_up,
)
from tests.core.actions.locking import locks_of
from tests.core.actions.scene import refused, refused_by_the_database, run, undone

pytestmark = pytest.mark.django_db


def lines_of(body: Body, what: str) -> list[RecordLine]:
    return list(RecordLine.objects.filter(body=body, what=what))


def test_streets_found_a_confederation_that_decides_at_once(quarter: Quarter) -> None:
    body = quarter.body
    assert body.lives
    assert body.listed
    assert Confederation.objects.get(body=body).of_kind == "council"
    charter = body.charters.get()
    assert (charter.purpose, charter.unity, charter.template) == (PURPOSE, UNITY, "small")
    assert charter.in_force_at == body.adopted_at
    assert {seat.body_id for seat in seats_of(body)} == {each.pk for each in quarter.bodies}
    assert all(seat.voice and seat.charter == charter for seat in seats_of(body))
    assert [each.words for each in Ceded.objects.standing().filter(confederation=body)] == [WATER.words]
    assert reach.people_below(body.pk) == 21
    assert [len(lines_of(each, "confederation.joined")) for each in quarter.bodies] == [1, 1, 1]
    assert "The water of the brook" in Accord.objects.get().text
    assert not body.memberships.exists()


MATTER = founding.Matter
MISPLANNED: list[tuple[dict[str, Any], str]] = [
    ({"name": " \n "}, "Give it a name"),
    ({"purpose": " "}, "what it is for"),
    ({"unity": ""}, "which points all of you agree"),
    ({"matters": []}, "decides on nothing else"),
    ({"matters": [WATER] * 21}, "twenty matters at most"),
    ({"matters": [WATER, MATTER("weather", "Rain")]}, "what each matter is about"),
    ({"matters": [MATTER("land", " ")]}, "what exactly is ceded"),
    *(
        ({"matters": [MATTER(fixed, "All of it")]}, "This cannot be ceded")
        for fixed in ("members", "votes", "mandates", "recall", "confidence", "leaving", "record")
    ),
]


def test_a_plan_that_lacks_something_or_cedes_what_is_fixed_is_refused(quarter: Quarter) -> None:
    first, second, _third = quarter.bodies
    for different, words in MISPLANNED:
        with refused(Invalid, words):
            founding.propose(first, plan("Two", [second], **different), by=quarter.of(first)[0], at=folkmoot_now())


def test_who_can_found_and_who_can_join(quarter: Quarter, rows_by_hand: None) -> None:
    """Each kind of body and each state it can be in."""
    first, at = quarter.bodies[0], folkmoot_now()
    ana = quarter.of(first)[0]
    draft = bodies.form("Draft", charters.Draft("For.", "All.", CharterNumbers()), by=ana, at=at)
    hidden = village.make_council("Hidden", quarter.of(first)[:3], listed=False)
    spare = village.make_council("Spare", quarter.of(first)[:3])

    def become(**columns: Any) -> Body:
        Body.objects.filter(pk=spare.pk).update(**columns)
        return Body.objects.get(pk=spare.pk)

    def all_refuse(body: Body, words: str, *, voice: bool = True, error: type[Refusal] = Denied) -> None:
        with refused(error, words):
            joining.propose(body, quarter.body, "Together.", voice=voice, by=ana, at=at)
        with refused(error, words):
            founding.propose(first, plan("Two", [body]), by=ana, at=at)

    all_refuse(draft, "once it has adopted its charter")
    all_refuse(hidden, "Only listed bodies")
    with undone():
        all_refuse(become(kind="catalyst"), "A catalyst group does not confederate")
    with undone():
        body = become(kind="cooperative")
        with refused(Denied, "speaks there, and is not counted"):
            joining.propose(body, quarter.body, "Bread.", by=ana, at=at)
        with refused(Denied, "Bodies of one kind"):
            founding.propose(first, plan("Two", [body]), by=ana, at=at)
        assert joining.propose(body, quarter.body, "Bread.", voice=False, by=ana, at=at).stage == Stage.DISCUSSION
    with undone():
        with transaction.atomic():
            endings.end(endings.take_all(spare), at=at)
        all_refuse(become(), "This body has ended")


def test_joining_twice_oneself_or_what_is_no_confederation_is_refused(quarter: Quarter) -> None:
    first, at = quarter.bodies[0], folkmoot_now()
    ana = quarter.of(first)[0]
    with refused(Denied, "in that confederation already"):
        joining.propose(first, quarter.body, "Again.", by=ana, at=at)
    with refused(Denied, "Choose a confederation"):
        joining.propose(first, quarter.bodies[1], "Near.", by=ana, at=at)
    with refused(Denied, "part of this body"):
        joining.propose(quarter.body, quarter.body, "Myself.", by=ana, at=at)
    stranger = village.make_people("stranger")[0]
    with refused(Denied, "Only members"):
        founding.propose(first, plan("Two", [quarter.bodies[1]]), by=stranger, at=at)


def test_a_body_joins_once_both_sides_have_decided(quarter: Quarter, no_decision: None) -> None:
    alone = make_streets(1, first=5)
    [fir] = alone.bodies
    ana, at = alone.of(fir)[0], folkmoot_now()
    proposal = joining.propose(fir, quarter.body, "The same brook.", by=ana, at=at)
    with refused(WrongStep, "proposed already"):
        joining.propose(fir, quarter.body, "The same brook.", by=ana, at=at)
    agree([proposal], alone)
    accord = proposal.accord.accord
    above = accord.sides.get(body=quarter.body).proposal
    assert above is not None
    assert (above.kind, above.author, above.stage) == ("join", None, Stage.VOTING)
    assert settle() == 0
    assert not Seat.objects.filter(body=fir).exists()

    everybody_agrees(above)
    settle()
    seat = Seat.objects.get(body=fir)
    assert (seat.confederation, seat.voice, seat.left_at) == (quarter.body, True, None)
    assert Joining.objects.get().charter == seat.charter
    assert settle() == 0


def test_what_one_side_does_not_adopt_leaves_nothing(quarter: Quarter) -> None:
    alone = make_streets(2, first=5)
    fir, gorse = alone.bodies
    proposal = founding.propose(fir, plan("Two", [gorse]), by=alone.of(fir)[0], at=folkmoot_now())
    agree([proposal], alone)
    [other] = taken_up(proposal.accord.accord, alone)
    village.move_clock(timedelta(days=30))
    village.close(opening.open_vote(other, by=alone.of(gorse)[0]))
    village.move_clock(timedelta(days=30))
    settle()
    settle()
    assert Accord.objects.latest("pk").why == "not_adopted"
    assert not Seat.objects.filter(body=fir).exists()


def test_a_body_leaves_at_once_and_may_come_back(quarter: Quarter, no_decision: None) -> None:
    cedar = quarter.bodies[2]
    seat, by = quarter.seat(cedar), quarter.of(cedar)[0]
    proposal = leaving.propose(seat, "The brook turned.", by=by, at=folkmoot_now())
    with refused(WrongStep, "proposed already to leave"):
        leaving.propose(seat, "The brook turned.", by=by, at=folkmoot_now())
    with refused(Denied, "Only members"):
        leaving.propose(quarter.seat(quarter.bodies[0]), "Out.", by=by, at=folkmoot_now())
    [decided] = agree([proposal], quarter.streets)
    seat.refresh_from_db()
    assert (seat.left_at, seat.leaving, decided.effect) == (decided.closed_at, "left", "done")
    assert [len(lines_of(each, "confederation.left")) for each in quarter.bodies] == [0, 0, 1]
    assert len(lines_of(quarter.body, "confederation.went")) == 1
    with refused(Denied, "no longer in that confederation"):
        leaving.propose(seat, "Once more.", by=by, at=folkmoot_now())
    again = join(quarter.body, cedar, quarter.of(cedar))
    assert again.pk != seat.pk


def test_a_body_that_ends_leaves_and_the_last_one_ends_the_confederation(quarter: Quarter, no_decision: None) -> None:
    for left, body in enumerate(quarter.bodies, start=1):
        with transaction.atomic():
            endings.end(endings.take_all(body), at=folkmoot_now())
        assert Seat.objects.get(body=body).leaving == "body_ended"
        settle()
        assert (Body.objects.get(pk=quarter.body.pk).ended_at is not None) is (left == 3)


def test_a_confederation_that_ends_lets_all_go(quarter: Quarter, no_decision: None) -> None:
    with transaction.atomic():
        locks = locks_of(lambda: endings.end(endings.take_all(quarter.body), at=folkmoot_now()))
        endings.end(endings.take_all(quarter.body), at=folkmoot_now())
    assert locks == ["body", "recordhead"]
    assert {seat.leaving for seat in Seat.objects.all()} == {"ended"}
    assert all(body.ended_at is None for body in Body.objects.exclude(pk=quarter.body.pk))


def test_the_database_keeps_circles_and_other_kinds_out(quarter: Quarter) -> None:
    """Past all actions."""
    alder, brook = quarter.bodies[0], quarter.body
    seat = quarter.seat(alder)
    insert = (
        "INSERT INTO confederation_seat (confederation_id, body_id, accord_id, charter_id, voice, joined_at, leaving) "
        "VALUES (%s, %s, %s, %s, true, folkmoot_now(), '')"
    )
    made = (seat.accord_id, seat.charter_id)
    with refused_by_the_database("never its own ancestor"):
        run(insert, brook.pk, brook.pk, *made)
    with refused_by_the_database("bodies of one kind confederate"):
        run(insert, alder.pk, quarter.bodies[1].pk, *made)


@pytest.mark.slow
def test_a_city_of_quarters_and_no_circle(no_decision: None) -> None:
    city = make_city()
    brook, mill = city.quarters
    assert len(reach.below(city.body.pk)) == 9
    assert reach.above([brook.bodies[0].pk]) == sorted([brook.body.pk, city.body.pk])
    assert reach.people_below(city.body.pk) == 49
    charter = city.body.charters.get()
    accord = Accord.objects.get(founded__body=city.body)
    with transaction.atomic(), pytest.raises(Impossible, match="part of this body"):
        seats.take(accord, brook.body, city.body, voice=True, decisions={}, at=folkmoot_now())
    with refused_by_the_database("never its own ancestor"):
        Seat.objects.create(
            accord=accord, confederation=brook.body, body=city.body, charter=charter, joined_at=folkmoot_now()
        )
    assert reach.above([mill.body.pk]) == [city.body.pk]
