"""Every verb at every stage of an assembly, and every verb by every sort of person: the tables are the law."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import F

from core.actions import memberships
from core.models import Person, Proposal
from core.refusals import Refusal
from core.timekeeping import folkmoot_now
from councils.actions import agenda, calling, door, duties, minutes, running, speaking, waiving
from councils.actions.agenda import Item
from councils.models import AgendaItem, Assembly, DateOption, Duty, Errand, MinuteLine, Minutes, Waiver
from councils.models.assemblies import STEPS, Stage
from councils.queries.room import get_order
from tests import village
from tests.core.actions.scene import undone
from tests.councils.assemblies import PLAN, Hall, add, in_days, make_hall, opened, over, published
from tests.scenes import scene

pytestmark = pytest.mark.django_db

hall = scene(make_hall)
Verb = Callable[[Hall, Person], Any]
STAGES = ("poll", "called", "open", "held", "published", "cancelled")
PLANNED, BEFORE_AND_IN, WRITING = {"poll", "called"}, {"called", "open"}, {"open", "held"}


def now() -> Any:
    return folkmoot_now()


def item_of(hall: Hall, title: str = "") -> AgendaItem:
    """The item that runs or has run, or the one of that title."""
    items = AgendaItem.objects.filter(assembly=hall.assembly)
    return (
        items.get(title=title)
        if title
        else items.order_by(F("begun_at").desc(nulls_last=True)).first() or AgendaItem(pk=0)
    )


def ready(hall: Hall) -> AgendaItem:
    """An item that has not begun."""
    return AgendaItem.objects.get(assembly=hall.assembly, title="The gate")


def option(hall: Hall) -> DateOption:
    return hall.assembly.options.order_by("pk").first() or DateOption(pk=0, assembly=hall.assembly)


def ginas_duty(hall: Hall) -> Duty:
    """Gina is asked to take notes and has not answered."""
    Duty.objects.filter(assembly=hall.assembly, role="note_taker").update(ended_at=now())
    gina = hall.member("gina")
    return Duty.objects.create(assembly=hall.assembly, role="note_taker", membership=gina, asked_at=now())


def free(hall: Hall) -> Assembly:
    """Nobody takes notes."""
    Duty.objects.filter(assembly=hall.assembly, role="note_taker").update(ended_at=now())
    return hall.assembly


def question(hall: Hall) -> Waiver:
    """A question that is open."""
    made = Waiver.objects.filter(assembly=hall.assembly).first()
    proposal = Proposal.objects.get(body=hall.body)
    values = {"proposal": proposal, "version": 1, "asked_by": hall.ana, "asked_at": now()}
    return made or Waiver.objects.create(assembly=hall.assembly, **values)


def a_note(hall: Hall) -> MinuteLine:
    """A note that eva wrote."""
    return MinuteLine.objects.filter(assembly=hall.assembly, kind="note").get()


def up_and_down(hall: Hall, by: Person) -> None:
    """Raise a hand and take it down."""
    speaking.raise_hand(hall.assembly, "speak", by=by, at=now())
    speaking.lower(hall.assembly, by=by, at=now())


def said(hall: Hall, by: Person) -> None:
    """Bruno speaks, and stops."""
    speaking.give_word(hall.assembly, hall.member("bruno"), by=by, at=now())
    speaking.stop(hall.assembly, by=by, at=now())


# Who may do it where it may be done at all; at which stages; the verb.
VERBS: dict[str, tuple[str, set[str], Verb]] = {
    "mark": ("bruno", {"poll"}, lambda h, by: calling.mark(h.assembly, {option(h).pk: "yes"}, by=by, at=now())),
    "settle_date": ("ana", {"poll"}, lambda h, by: calling.settle_date(option(h), by=by, at=now())),
    "cancel": ("ana", PLANNED, lambda h, by: calling.cancel(h.assembly, by=by, at=now())),
    "add": ("ana", {*PLANNED, "open"}, lambda h, by: agenda.add(h.assembly, Item("Bikes"), by=by, at=now())),
    "remove": ("ana", PLANNED, lambda h, by: agenda.remove(ready(h), by=by, at=now())),
    "move_up": ("ana", {*PLANNED, "open"}, lambda h, by: agenda.move_up(ready(h), by=by, at=now())),
    "ask": ("bruno", BEFORE_AND_IN, lambda h, by: duties.ask(free(h), "note_taker", h.member("gina"), by=by, at=now())),
    "accept": ("gina", BEFORE_AND_IN, lambda h, by: duties.accept(ginas_duty(h), by=by, at=now())),
    "lay_down": ("gina", BEFORE_AND_IN, lambda h, by: duties.lay_down(ginas_duty(h), by=by, at=now())),
    "take": ("bruno", BEFORE_AND_IN, lambda h, by: duties.take(free(h), "note_taker", by=by, at=now())),
    "open": ("ana", {"called"}, lambda h, by: running.open_doors(h.assembly, by=by, at=now())),
    "begin_item": ("ana", {"open"}, lambda h, by: running.begin_item(ready(h), by=by, at=now())),
    "end_item": ("ana", {"open"}, lambda h, by: running.end_item(item_of(h), by=by, at=now())),
    "lengthen": ("ana", {"open"}, lambda h, by: running.lengthen(item_of(h), 5, by=by, at=now())),
    "close": ("ana", {"open"}, lambda h, by: running.close(h.assembly, by=by, at=now())),
    "arrive": ("ana", {"open"}, lambda h, by: door.arrive(h.assembly, h.member("ines"), by=by, at=now())),
    "leave": ("ana", {"open"}, lambda h, by: door.leave(h.assembly, h.member("bruno"), by=by, at=now())),
    "count_guests": ("ana", {"open"}, lambda h, by: door.count_guests(h.assembly, 3, by=by, at=now())),
    "raise_hand": ("bruno", {"open"}, lambda h, by: speaking.raise_hand(h.assembly, "speak", by=by, at=now())),
    "raise_for": (
        "ana",
        {"open"},
        lambda h, by: speaking.raise_for(h.assembly, h.member("bruno"), "speak", by=by, at=now()),
    ),
    "lower": ("bruno", {"open"}, up_and_down),
    "give_word": ("ana", {"open"}, lambda h, by: speaking.give_word(h.assembly, h.member("bruno"), by=by, at=now())),
    "call_next": ("ana", {"open"}, lambda h, by: speaking.call_next(h.assembly, get_order, seen=0, by=by, at=now())),
    "stop": ("ana", {"open"}, said),
    "wave": ("bruno", {"open"}, lambda h, by: speaking.wave(h.assembly, "unsure", by=by, at=now())),
    "ask_to_waive": ("ana", {"open"}, lambda h, by: waiving.ask(about_proposal(h), by=by, at=now())),
    "say": ("bruno", {"open"}, lambda h, by: waiving.say(question(h), True, by=by, at=now())),
    "enter": ("ana", {"open"}, lambda h, by: waiving.enter(question(h), h.member("bruno"), True, by=by, at=now())),
    "settle": ("ana", {"open"}, lambda h, by: waiving.settle(question(h), by=by, at=now())),
    "note": ("eva", WRITING, lambda h, by: minutes.note(h.assembly, "We counted.", by=by, at=now())),
    "change_note": ("eva", WRITING, lambda h, by: minutes.change_note(a_note(h), "So.", seen=1, by=by, at=now())),
    "take_on": ("eva", WRITING, lambda h, by: minutes.take_on(h.assembly, "Dig", None, None, by=by, at=now())),
    "finish": ("bruno", WRITING | {"published"}, lambda h, by: minutes.finish(brunos(h), by=by, at=now())),
    "publish": ("eva", {"held"}, lambda h, by: minutes.publish(h.assembly, by=by, at=now())),
    "add_to": ("bruno", {"published"}, lambda h, by: minutes.add(text_of(h), "Six, not five.", by=by, at=now())),
}
ALWAYS = {"finish"}
"""What has nothing to do with the stage: an errand is done whenever it is done."""


def about_proposal(hall: Hall) -> AgendaItem:
    """The item about a proposal, running."""
    AgendaItem.objects.filter(assembly=hall.assembly, begun_at__isnull=False).update(ended_at=now())
    item = AgendaItem.objects.get(assembly=hall.assembly, proposal__isnull=False)
    AgendaItem.objects.filter(pk=item.pk).update(begun_at=now())
    return item


def brunos(hall: Hall) -> Errand:
    """Bruno has taken something on."""
    return Errand.objects.create(assembly=hall.assembly, what="Sow", person=hall.people["bruno"])


def text_of(hall: Hall) -> Minutes:
    """Its minutes; where there are none, minutes that do not exist."""
    return Minutes.objects.filter(assembly=hall.assembly).first() or Minutes(pk=0, assembly=hall.assembly)


def brought_to(hall: Hall, stage: str) -> Hall:
    """The assembly at that stage, with something of everything."""
    at = folkmoot_now()
    if stage in ("poll", "cancelled"):
        dates = [in_days(5), in_days(6)]
        hall.assembly = calling.ask_for_dates(hall.body, PLAN, dates, by=hall.ana, at=at)
        for role, name in (("facilitator", "ana"), ("note_taker", "eva")):
            row = {"role": role, "membership": hall.member(name), "asked_at": at, "accepted_at": at}
            Duty.objects.create(assembly=hall.assembly, **row)
    add(hall, "The wall")
    add(hall, "The gate")
    if stage == "cancelled":
        hall.assembly = calling.cancel(hall.assembly, by=hall.ana, at=at)
    if stage == "called":
        opens_soon(hall)
    if stage in ("open", "held", "published"):
        full(hall)
    if stage in ("held", "published"):
        over(hall)
    if stage == "published":
        published(hall)
    return hall


def opens_soon(hall: Hall) -> None:
    """The doors may be opened, and nobody has."""
    starts = hall.assembly.starts_at
    assert starts is not None
    village.move_clock(starts - folkmoot_now())


def full(hall: Hall) -> None:
    """Five in the room, a hand up, a note written, a proposal put up an hour before."""
    opened(hall, "ana", "bruno", "eva", "farid", "gina")
    add(hall, proposal=village.make_proposal(hall.body, hall.people["bruno"]))
    speaking.raise_hand(hall.assembly, "speak", by=hall.people["farid"], at=now())
    minutes.note(hall.assembly, "The lamp is dark.", by=hall.people["eva"], at=now())


def state() -> dict[str, str]:
    """A fingerprint of every table of councils, and of the proposals."""
    tables = [model._meta.db_table for model in apps.get_app_config("councils").get_models()]
    parts = (
        f"SELECT '{t}', md5(coalesce(string_agg(x::text, '|' ORDER BY x::text), '')) FROM {t} x"
        for t in [*tables, "core_proposal", "core_recordline", "core_cause"]
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())


def attempt(name: str, act: Callable[[], Any], allowed: bool, cell: str) -> list[str]:
    """Try one cell: done where the table says so; else refused in words, and nothing changed."""
    before = state()
    try:
        with transaction.atomic():
            act()
    except (Refusal, AgendaItem.DoesNotExist, MinuteLine.DoesNotExist, Proposal.DoesNotExist) as refusal:
        fine = not allowed and state() == before and bool(str(refusal))
        return [] if fine else [f"{name} at {cell}: refused, {refusal}"]
    return [] if allowed and state() != before else [f"{name} at {cell}: done"]


@pytest.mark.parametrize("stage", STAGES)
def test_every_verb_at_every_stage(hall: Hall, stage: str) -> None:
    wrong = []
    brought_to(hall, stage)
    for name, (who, stages, verb) in VERBS.items():
        allowed = stage in stages or name in ALWAYS
        with undone():
            wrong += attempt(name, partial(verb, hall, hall.people[who]), allowed, stage)
    assert wrong == []


def test_the_tables_have_every_stage_and_every_step() -> None:
    assert set(STAGES) == set(Stage.values)
    led_to = {to for steps in STEPS.values() for to in steps}
    assert led_to == set(Stage.values) - {Stage.POLL}
    assert all(stages <= set(STAGES) for _who, stages, _verb in VERBS.values())


# -- verbs and people: at a stage where the verb is possible

PEOPLE = {
    "caller": "ana",  # she called it and facilitates
    "note_taker": "eva",
    "present": "bruno",
    "absent": "hugo",
    "of_another": "carla",
    "outsider": "dario",
    "left": "ines",
}
MEMBERS = {"caller", "note_taker", "present", "absent"}
GUIDES, IN_THE_ROOM = {"caller", "note_taker"}, {"caller", "note_taker", "present"}
BY_PERSON: dict[str, tuple[str, set[str]]] = {
    "mark": ("poll", MEMBERS),
    "settle_date": ("poll", {"caller"}),
    "cancel": ("called", {"caller"}),
    "add": ("called", MEMBERS),
    "remove": ("called", GUIDES),
    "move_up": ("called", GUIDES),
    "ask": ("called", MEMBERS),
    "accept": ("called", set()),  # only gina, who is asked
    "lay_down": ("called", set()),
    "take": ("called", MEMBERS),
    "open": ("called", GUIDES),
    **dict.fromkeys(("begin_item", "end_item", "lengthen", "close", "leave", "count_guests"), ("open", GUIDES)),
    **dict.fromkeys(
        ("raise_for", "give_word", "call_next", "stop", "ask_to_waive", "enter", "settle"), ("open", GUIDES)
    ),
    **dict.fromkeys(("raise_hand", "lower", "wave", "say"), ("open", IN_THE_ROOM)),
    "arrive": ("open", set()),  # ines has left the council: nobody can put her on the list
    "note": ("open", GUIDES),
    "change_note": ("open", GUIDES),
    "take_on": ("open", GUIDES),
    "finish": ("open", {"present"}),
    "publish": ("held", GUIDES),
    "add_to": ("published", MEMBERS),
}


@pytest.mark.parametrize("stage", ["poll", "called", "open", "held", "published"])
def test_every_verb_by_every_sort_of_person(hall: Hall, stage: str) -> None:
    wrong = []
    brought_to(hall, stage)
    memberships.leave(hall.body, by=hall.people["ines"])
    for name, (at_stage, allowed) in BY_PERSON.items():
        for sort, who in PEOPLE.items() if at_stage == stage else ():
            with undone():
                act = partial(VERBS[name][2], hall, hall.people[who])
                wrong += attempt(name, act, sort in allowed, f"{stage} by {sort}")
    assert wrong == []


def test_the_table_of_people_has_every_verb() -> None:
    assert set(BY_PERSON) == set(VERBS)


def test_who_called_an_assembly_need_not_be_anything_else(hall: Hall) -> None:
    """Any member calls: nobody is asked, and nobody can keep a body from meeting."""
    made = calling.call(hall.body, PLAN, in_days(9), by=hall.people["hugo"], at=now())
    assert made.stage == Stage.CALLED
    with pytest.raises(Refusal), transaction.atomic():
        calling.call(hall.body, PLAN, in_days(9), by=hall.people["carla"], at=now())
