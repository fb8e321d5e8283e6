"""What happens at an assembly, from the call to the minutes, and what is refused in words."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from core.actions import memberships
from core.models import Cause, Notice, Person
from core.notices.fanning import fan_out
from core.notices.words import words_of
from core.queries.carrying import SEASON, get_carrying
from core.queries.home import get_calls
from core.queries.notices import with_cause
from core.refusals import Denied, Invalid, Refusal, Stale, WrongStep
from core.timekeeping import folkmoot_now
from councils.actions import agenda, calling, door, duties, minutes, running, speaking
from councils.actions.agenda import Item
from councils.models import Assembly, Attendance, DateMark, Duty, MinuteLine, Turn
from councils.queries.assemblies import AssemblyPage, get_assembly_page, with_numbers
from councils.queries.loads import guided
from councils.queries.room import Room, get_order, get_room
from tests import village
from tests.councils.assemblies import (
    EVERYBODY,
    PLAN,
    Hall,
    add,
    call,
    in_days,
    make_hall,
    opened,
    over,
    said,
)
from tests.scenes import scene

pytestmark = pytest.mark.django_db

hall = scene(make_hall)


def page_of(assembly: Assembly, person: Person) -> AssemblyPage:
    """The page of an assembly, as its view reads it."""
    at = folkmoot_now()
    row = with_numbers(Assembly.objects.filter(pk=assembly.pk), person, at=at).get()
    return get_assembly_page(row, person, at=at)


def room_of(hall: Hall) -> Room:
    """The room as ana sees it now."""
    at = folkmoot_now()
    row = with_numbers(Assembly.objects.filter(pk=hall.assembly.pk), hall.ana, at=at).get()
    return get_room(row, hall.ana, at=at)


# -- calling


def test_dates_are_found_together(hall: Hall) -> None:
    dates = [in_days(5), in_days(6), in_days(7)]
    assembly = calling.ask_for_dates(hall.body, PLAN, dates, by=hall.ana, at=folkmoot_now())
    options = list(assembly.options.order_by("starts_at"))
    for name, suits in (("bruno", "yes"), ("eva", "yes"), ("farid", "maybe")):
        marks = {options[1].pk: suits, options[0].pk: "no"}
        calling.mark(assembly, marks, by=hall.people[name], at=folkmoot_now())
    calling.mark(assembly, {options[1].pk: "maybe"}, by=hall.people["eva"], at=folkmoot_now())

    rows = page_of(assembly, hall.people["eva"]).dates

    assert [(row.yes, row.maybe, row.no, row.own, row.best) for row in rows] == [
        (0, 0, 3, "no", False),
        (1, 2, 0, "maybe", True),
        (0, 0, 0, "", False),
    ]
    assert DateMark.objects.count() == 6
    called = calling.settle_date(options[1], by=hall.ana, at=folkmoot_now())
    assert (called.stage, called.starts_at) == ("called", dates[1].starts_at)


@pytest.mark.parametrize(
    ("days", "hours", "words"),
    [(2.9, 2, "too soon"), (5, 0, "has to end"), (5, 13, "has to end")],
)
def test_a_date_nobody_could_keep_is_refused(hall: Hall, days: float, hours: float, words: str) -> None:
    before = Assembly.objects.count()
    with pytest.raises(Invalid, match=words), transaction.atomic():
        calling.call(hall.body, PLAN, in_days(days, hours), by=hall.ana, at=folkmoot_now())
    assert Assembly.objects.count() == before


def test_the_plan_stands_once_it_is_called(hall: Hall) -> None:
    with pytest.raises(DatabaseError, match="plan of an assembly"), transaction.atomic():
        Assembly.objects.filter(pk=hall.assembly.pk).update(ends_at=folkmoot_now() + timedelta(days=9))


def test_all_members_hear_of_the_call_and_the_first_page_says_what_waits(hall: Hall) -> None:
    duties.ask(call(hall.body, hall.ana, 9), "note_taker", hall.member("bruno"), by=hall.ana, at=folkmoot_now())
    for cause in Cause.objects.filter(fanned_at__isnull=True):
        fan_out(cause.pk)

    notices = with_cause(Notice.objects.filter(person=hall.people["bruno"], cause__what__startswith="assembly."))
    told = [words_of(each) for each in notices.order_by("pk")]
    calls = get_calls(hall.people["bruno"], at=folkmoot_now())

    assert [each.title for each in told] == ["Assembly in spring"] * 3
    assert "Ana calls an assembly of Alder Street." in told[0].sentence
    assert "It is yours only if you say yes." in told[2].sentence
    assert told[0].link == hall.assembly.get_absolute_url()
    assert [each.where for each in calls] == ["Alder Street asks you to help at this assembly"]
    assert not Notice.objects.filter(person=hall.ana, cause__what="assembly.called").exists()


def test_duties_rotate_and_are_accepted(hall: Hall) -> None:
    over(opened(hall, "ana", "bruno"))
    following = call(hall.body, hall.ana)

    rows = {row.role: row.turn[0] for row in page_of(following, hall.ana).duties}
    asked = duties.ask(following, "facilitator", hall.member("bruno"), by=hall.ana, at=folkmoot_now())
    with pytest.raises(Denied), transaction.atomic():
        duties.accept(asked, by=hall.people["eva"], at=folkmoot_now())
    duties.lay_down(asked, by=hall.people["bruno"], at=folkmoot_now())
    again = {row.role: row.turn[0] for row in page_of(following, hall.ana).duties}

    assert {role: each.person.display_name for role, each in rows.items()} == {
        "facilitator": "Bruno",
        "note_taker": "Ana",
    }
    assert again["facilitator"].person.display_name == "Eva"  # bruno has said no to this one


def test_guiding_is_carried_for_a_season_and_shown_with_the_rest(hall: Hall) -> None:
    at, ends = folkmoot_now(), hall.assembly.ends_at
    duties.lay_down(Duty.objects.get(role="facilitator"), by=hall.ana, at=at)
    duties.ask(hall.assembly, "facilitator", hall.member("bruno"), by=hall.ana, at=at)
    assert ends is not None

    def carried(when: datetime) -> dict[str, int]:
        spreads = {sort.load.name: sort.spread for sort in get_carrying(hall.body, hall.ana, when).sorts}
        return {"things": spreads["guiding"].things, "carriers": spreads["guiding"].carriers}

    assert carried(at) == {"things": 1, "carriers": 1}  # eva takes notes; bruno has not accepted
    assert guided(hall.body, at) == {hall.people["eva"].pk: 1}
    assert carried(ends + SEASON - timedelta(minutes=1))["things"] == 1
    assert carried(ends + SEASON)["things"] == 0
    calling.cancel(hall.assembly, by=hall.ana, at=at)
    assert carried(at)["things"] == 0


def test_who_does_not_come_keeps_nobody_waiting(hall: Hall) -> None:
    """A duty is free as soon as its holder is not in the room of the open assembly."""
    with pytest.raises(WrongStep), transaction.atomic():
        duties.take(hall.assembly, Duty.Role.NOTE_TAKER, by=hall.people["bruno"], at=folkmoot_now())
    opened(hall, "ana", "bruno")
    duties.take(hall.assembly, Duty.Role.NOTE_TAKER, by=hall.people["bruno"], at=folkmoot_now())
    with pytest.raises(WrongStep), transaction.atomic():
        duties.take(hall.assembly, Duty.Role.FACILITATOR, by=hall.people["bruno"], at=folkmoot_now())


def test_the_doors_open_an_hour_before(hall: Hall) -> None:
    assert hall.assembly.starts_at is not None
    village.move_clock(hall.assembly.starts_at - folkmoot_now() - timedelta(minutes=61))
    with pytest.raises(Refusal, match="too early"), transaction.atomic():
        running.open_doors(hall.assembly, by=hall.ana, at=folkmoot_now())
    village.move_clock(timedelta(minutes=2))
    assert running.open_doors(hall.assembly, by=hall.ana, at=folkmoot_now()).is_open


# -- in the room


def test_only_members_are_on_the_list(hall: Hall) -> None:
    opened(hall, "ana")
    others = village.membership(hall.people["carla"].memberships.get().body, hall.people["carla"])
    with pytest.raises(Invalid, match="Only members take part"), transaction.atomic():
        door.arrive(hall.assembly, others, by=hall.ana, at=folkmoot_now())
    gone = hall.member("hugo")
    memberships.leave(hall.body, by=hall.people["hugo"])
    with pytest.raises(Invalid, match="Only members take part"), transaction.atomic():
        door.arrive(hall.assembly, gone, by=hall.ana, at=folkmoot_now())
    door.count_guests(hall.assembly, 4, by=hall.ana, at=folkmoot_now())

    assert Attendance.objects.count() == 1
    assert "4 guests are in the room." in said(hall)


def test_the_quorum_follows_who_comes_and_goes(hall: Hall) -> None:
    opened(hall, "ana", "bruno", "eva", item=False)

    def seen() -> tuple[int, int, int, bool]:
        quorum = room_of(hall).quorum
        return quorum.here, quorum.voices, quorum.needed, quorum.met

    assert seen() == (3, 7, 4, False)
    door.arrive(hall.assembly, hall.member("farid"), by=hall.ana, at=folkmoot_now())
    assert seen() == (4, 7, 4, True)
    memberships.leave(hall.body, by=hall.people["farid"])  # who leaves the council does not count in the room either
    assert seen() == (3, 6, 3, True)
    door.leave(hall.assembly, hall.member("eva"), by=hall.ana, at=folkmoot_now())
    assert seen() == (2, 6, 3, False)


def test_first_time_speakers_come_first_and_the_wave_is_a_number(hall: Hall) -> None:
    opened(hall, *EVERYBODY)
    for name in ("bruno", "eva"):
        speaking.give_word(hall.assembly, hall.member(name), by=hall.ana, at=folkmoot_now())
        village.move_clock(timedelta(minutes=3 if name == "bruno" else 1))
        speaking.stop(hall.assembly, by=hall.ana, at=folkmoot_now())
    hands = {"bruno": "speak", "eva": "speak", "gina": "speak", "farid": "process", "hugo": "response"}
    for name, hand in hands.items():
        speaking.raise_hand(hall.assembly, hand, by=hall.people[name], at=folkmoot_now())
    for name, sign in (("bruno", "agree"), ("gina", "agree"), ("eva", "unsure"), ("bruno", "disagree")):
        speaking.wave(hall.assembly, sign, by=hall.people[name], at=folkmoot_now())

    room = room_of(hall)
    turn = speaking.call_next(hall.assembly, get_order, seen=0, by=hall.ana, at=folkmoot_now())

    assert [each.membership.person.display_name for each in room.waiting] == ["Farid", "Hugo", "Gina", "Eva", "Bruno"]
    assert room.felt == {"agree": 1, "unsure": 1, "disagree": 1}
    assert room.spread is not None
    assert (room.spread.silent, room.spread.once, room.spread.half) == (4, 2, 1)
    assert turn.membership == hall.member("farid")
    with pytest.raises(Stale, match="moved the list on"), transaction.atomic():
        speaking.call_next(hall.assembly, get_order, seen=0, by=hall.ana, at=folkmoot_now())
    with pytest.raises(WrongStep, match="Farid is speaking"), transaction.atomic():
        speaking.give_word(hall.assembly, hall.member("gina"), by=hall.ana, at=folkmoot_now())


def test_what_was_noted_without_connection_stands_at_its_own_time(hall: Hall) -> None:
    opened(hall, "ana")
    before = folkmoot_now()
    village.move_clock(timedelta(minutes=10))
    door.arrive(hall.assembly, hall.member("bruno"), by=hall.ana, at=before)
    minutes.note(hall.assembly, "Dark in the yard.", by=hall.people["eva"], at=before)

    assert Attendance.objects.get(membership=hall.member("bruno")).arrived_at == before
    assert MinuteLine.objects.get(kind="note").at == before
    with pytest.raises(Invalid, match="before the assembly began"), transaction.atomic():
        door.arrive(hall.assembly, hall.member("eva"), by=hall.ana, at=before - timedelta(hours=1))


# -- votes of those present


def test_a_hand_or_its_lowering_that_comes_late_changes_no_later_turn(hall: Hall) -> None:
    opened(hall, "ana", "bruno")
    bruno, noted = hall.people["bruno"], folkmoot_now()
    speaking.give_word(hall.assembly, hall.member("bruno"), by=hall.ana, at=folkmoot_now())
    speaking.stop(hall.assembly, by=hall.ana, at=folkmoot_now())

    with pytest.raises(Stale, match="This hand was raised before the last turn"):
        speaking.raise_hand(hall.assembly, "speak", by=bruno, at=noted)
    assert Turn.objects.count() == 1
    speaking.raise_hand(hall.assembly, "speak", by=bruno, at=folkmoot_now())
    speaking.lower(hall.assembly, by=bruno, at=noted)
    assert Turn.objects.filter(called_at__isnull=True, lowered_at__isnull=True).count() == 1
    speaking.lower(hall.assembly, by=bruno, at=folkmoot_now())
    assert Turn.objects.filter(called_at__isnull=True, lowered_at__isnull=True).count() == 0


def test_only_a_proposal_of_this_body_is_on_the_agenda_once(hall: Hall) -> None:
    berta = village.make_people("berta2")[0]
    other = village.make_council("Cedar Street", [berta, *village.make_people("c1", "c2")])
    with pytest.raises(Invalid, match="proposal of this body"), transaction.atomic():
        add(hall, proposal=village.make_proposal(other, berta))
    with pytest.raises(Invalid, match="Only on a proposal"), transaction.atomic():
        agenda.add(hall.assembly, Item("The lamp", takes_ballots=True), by=hall.ana, at=folkmoot_now())
    ours = village.make_proposal(hall.body, hall.people["bruno"])
    add(hall, proposal=ours)
    with pytest.raises(WrongStep, match="on the agenda already"), transaction.atomic():
        add(hall, proposal=ours)


# -- minutes
