"""The assemblies of the access table: one at each stage that some route needs, all called and guided by the author."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from core.models import Body, Person
from core.timekeeping import folkmoot_now
from councils.actions import agenda, calling, door, duties, minutes, running, speaking, waiving
from councils.actions.agenda import Item
from councils.models import Assembly, Duty
from councils.rules.calling import Plan, When
from tests import village

NOUNS = ("assemblies", "items", "duties", "dates", "waivers", "notes", "errands")
Keys = dict[str, dict[str, Any]]
PLAN = Plan("Assembly", "The yard", notice_days=3)
HALLS = {
    "councils:assembly-mark": "poll",
    "councils:assembly-cancel": "planned",
    "councils:assembly-open": "doors",
    "councils:item-add": "planned",
    "councils:item-remove": "planned item",
    "councils:item-up": "planned item",
    "councils:item-begin": "next item",
    "councils:duty-ask": "planned",
    "councils:duty-take": "planned",
    "councils:minutes-publish": "held",
    "councils:minutes-add": "published",
    "councils:minutes-print": "published",
    "api:assembly-mark": "poll",
    "api:assembly-cancel": "planned",
    "api:assembly-open": "doors",
    "api:agenda-add": "planned",
    "api:agenda-remove": "planned item",
    "api:agenda-up": "planned item",
    "api:agenda-begin": "next item",
    "api:duty-ask": "planned",
    "api:duty-take": "planned",
    "api:minutes-publish": "held",
    "api:minutes-add": "published",
}
"""Routes that need another assembly or item than the one under way."""


def halls(body: Body, cast: Mapping[str, Person]) -> Keys:
    """All of them, and what is in them; the doors of those that are open were opened four days after the call."""
    author, names = cast["author"], ("open", "asking", "doors", "held", "published")
    called = {name: call(body, author, days=3.5) for name in names}
    village.move_clock(timedelta(days=3.5))
    for name, assembly in called.items():
        duties.take(assembly, Duty.Role.FACILITATOR, by=author, at=folkmoot_now())
        if name != "doors":
            called[name] = running.open_doors(assembly, by=author, at=folkmoot_now())
    for name in ("held", "published"):
        called[name] = running.close(called[name], by=author, at=folkmoot_now())
    minutes.publish(called["published"], by=author, at=folkmoot_now())
    keys = under_way(body, cast, called["open"]) | asked(body, cast, called["asking"]) | planned(body, cast)
    return keys | {name: {"pk": called[name].pk} for name in ("doors", "held", "published")}


def call(body: Body, by: Person, *, days: float) -> Assembly:
    """An assembly that is called."""
    at = folkmoot_now()
    when = When(at + timedelta(days=days), at + timedelta(days=days, hours=2))
    return calling.call(body, PLAN, when, by=by, at=at)


def enter(body: Body, cast: Mapping[str, Person], assembly: Assembly) -> None:
    """Author, member and holder come in, and a proposal of the holder's is talked over."""
    author = cast["author"]
    for name in ("author", "member", "holder"):
        door.arrive(assembly, village.membership(body, cast[name]), by=author, at=folkmoot_now())
    proposal = village.make_proposal(body, cast["holder"], title="A bench")
    item = agenda.add(assembly, Item(proposal=proposal), by=author, at=folkmoot_now())
    running.begin_item(item, by=author, at=folkmoot_now())


def under_way(body: Body, cast: Mapping[str, Person], assembly: Assembly) -> Keys:
    """The one under way, with a hand up, a note and an errand of the holder's."""
    author, at = cast["author"], folkmoot_now()
    enter(body, cast, assembly)
    following = agenda.add(assembly, Item("The lamp"), by=author, at=at)
    speaking.raise_hand(assembly, "speak", by=cast["member"], at=at)
    note = minutes.note(assembly, "The lamp is dark.", by=author, at=at)
    errand = minutes.take_on(assembly, "Dig", village.membership(body, cast["holder"]), None, by=author, at=at)
    return {
        "assemblies": {"pk": assembly.pk},
        "items": {"pk": assembly.items.get(begun_at__isnull=False).pk},
        "next item": {"pk": following.pk},
        "notes": {"pk": note.pk},
        "errands": {"pk": errand.pk},
    }


def asked(body: Body, cast: Mapping[str, Person], assembly: Assembly) -> Keys:
    """One in which those present are asked to waive a discussion."""
    enter(body, cast, assembly)
    waiver = waiving.ask(assembly.items.get(), by=cast["author"], at=folkmoot_now())
    return {"waivers": {"pk": waiver.pk}}


def planned(body: Body, cast: Mapping[str, Person]) -> Keys:
    """One that is called, with an agenda, and one that looks for a date; the holder is asked to take notes."""
    author, at = cast["author"], folkmoot_now()
    assembly = call(body, author, days=9)
    items = [agenda.add(assembly, Item(title), by=author, at=at) for title in ("The wall", "The gate")]
    other = call(body, author, days=8)
    duty = duties.ask(other, Duty.Role.NOTE_TAKER, village.membership(body, cast["holder"]), by=author, at=at)
    dates = [When(at + timedelta(days=days), at + timedelta(days=days, hours=2)) for days in (5, 6)]
    poll = calling.ask_for_dates(body, PLAN, dates, by=author, at=at)
    return {
        "planned": {"pk": assembly.pk},
        "planned item": {"pk": items[1].pk},
        "duties": {"pk": duty.pk},
        "poll": {"pk": poll.pk},
        "dates": {"pk": poll.options.order_by("pk")[0].pk},
        "in the room": {"membership": village.membership(body, cast["member"]).pk},
        "at the door": {"membership": village.membership(body, cast["another"]).pk},
    }


def sent_to_halls(keys: Keys) -> Keys:
    """What is sent to each route of assemblies."""
    days = {"starts_at": "2100-05-01T18:00", "ends_at": "2100-05-01T20:00"}
    plan = {"title": "Assembly", "place": "The yard", "about": "", "notice_days": 7}
    here, coming = keys["in the room"], keys["at the door"]
    return {
        "councils:assembly-new": plan | days,
        "councils:assembly-poll": plan | {"hours": 2, "date_1": "2100-05-01T18:00", "date_2": "2100-05-02T18:00"},
        "councils:assembly-mark": {f"date_{keys['dates']['pk']}": "yes"},
        "councils:item-add": {"title": "Bikes", "box": 10},
        "councils:item-longer": {"number": 5},
        "councils:duty-ask": {"role": "note_taker"} | coming,
        "councils:duty-take": {"role": "note_taker"},
        "councils:assembly-arrive": coming,
        "councils:assembly-leave": here,
        "councils:assembly-guests": {"number": 3},
        "councils:assembly-raise-for": here | {"hand": "speak"},
        "councils:assembly-give-word": here,
        "councils:assembly-next": {"seen": 0},
        "councils:assembly-hand": {"hand": "process"},
        "councils:assembly-wave": {"sign": "unsure"},
        "councils:waiver-say": {"answer": "yes"},
        "councils:waiver-enter": here | {"answer": "yes"},
        "councils:assembly-note": {"text": "We counted."},
        "councils:note-change": {"text": "We counted twice.", "seen": 1},
        "councils:errand-add": {"what": "Sow", "membership": "", "due_on": ""},
        "councils:errand-done": {"note": "Done."},
        "councils:minutes-add": {"text": "It was six."},
        **sent_to_calls(keys),
    }


def sent_to_calls(keys: Keys) -> Keys:
    """The same for the calls of the API."""
    dates = [{"starts_at": f"2100-05-0{day}T18:00Z", "ends_at": f"2100-05-0{day}T20:00Z"} for day in (1, 2)]
    plan, here, coming = {"title": "Assembly", "place": "The yard"}, keys["in the room"], keys["at the door"]
    return {
        "api:assembly-call": plan | dates[0],
        "api:assembly-poll": plan | {"dates": dates},
        "api:assembly-mark": {"marks": [{"date": keys["dates"]["pk"], "suits": "yes"}]},
        "api:agenda-add": {"title": "Bikes", "box": 10},
        "api:agenda-longer": {"number": 5},
        "api:duty-ask": {"role": "note_taker"} | coming,
        "api:duty-take": {"role": "note_taker"},
        "api:assembly-arrive": coming,
        "api:assembly-leave": here,
        "api:assembly-guests": {"number": 3},
        "api:assembly-hand": {"hand": "process"},
        "api:assembly-raise-for": here | {"hand": "speak"},
        "api:assembly-give-word": here,
        "api:assembly-next": {"seen": 0},
        "api:assembly-wave": {"sign": "unsure"},
        "api:waiver-say": {"agrees": True},
        "api:waiver-enter": here | {"agrees": True},
        "api:assembly-note": {"text": "We counted."},
        "api:note-change": {"text": "We counted twice.", "seen": 1},
        "api:errand-add": {"what": "Sow"},
        "api:errand-done": {"note": "Done."},
        "api:minutes-add": {"text": "It was six."},
    }
