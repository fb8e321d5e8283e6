"""Alder Street meets: one assembly held three weeks ago, with votes and minutes, and one called for next week."""

from datetime import datetime, timedelta

from core.actions import entering, papers
from core.models import EnteredBallot, Membership, Person
from core.timekeeping import folkmoot_now
from councils.actions import agenda, calling, door, duties, minutes, running, speaking
from councils.actions.agenda import Item
from councils.demo.teller import Event, World
from councils.models import AgendaItem, Assembly, Duty
from councils.queries.room import get_order
from councils.rules.calling import Plan, When

EVENING = Plan(
    "Assembly in the yard",
    "The yard behind number 12, under the roof if it rains",
    "What we need before winter: light, dry bicycles, and somebody for the stove. Children are welcome.",
    notice_days=5,
)
NEXT = Plan(
    "Assembly before the holidays",
    "The hall of the school, ground floor, no stairs",
    "The budget for next year, and who looks after whom when it gets cold.",
    notice_days=7,
)


def events(w: World) -> list[Event]:
    """What happens, by days before today."""
    held: list[Assembly] = []

    def call() -> None:
        held.append(called(w, EVENING, w.cast["ana"], days=7))
        stairs = Item(box=10, proposal=w.kept["stairs"], takes_ballots=True)
        agenda.add(held[0], stairs, by=w.people[23], at=folkmoot_now())

    return [
        Event(29, call),
        Event(22.3, lambda: meet(w, held[0])),
        Event(21, lambda: publish(w, held[0])),
        Event(1.2, lambda: prepare(w, called(w, NEXT, w.cast["lin"], days=9))),
    ]


def called(w: World, plan: Plan, by: Person, *, days: int) -> Assembly:
    """Called for an evening some days later."""
    starts = evening(folkmoot_now() + timedelta(days=days))
    return calling.call(w.body, plan, When(starts, starts + timedelta(hours=2)), by=by, at=folkmoot_now())


def evening(day: datetime) -> datetime:
    """Seven in the evening of that day, so far west as the street is."""
    return day.replace(hour=19, minute=0, second=0, microsecond=0)


def meet(w: World, assembly: Assembly) -> None:
    """Seventeen come; they vote, talk about the lamp and the bicycles, and somebody takes something on."""
    assert assembly.starts_at is not None  # noqa: S101  (it is called)
    w.t.go_to((w.t.begun - assembly.starts_at).total_seconds() / 86_400)
    guide, writer, at = w.cast["ana"], w.people[12], folkmoot_now()
    duties.take(assembly, Duty.Role.FACILITATOR, by=guide, at=at)
    duties.take(assembly, Duty.Role.NOTE_TAKER, by=writer, at=at)
    for title in ("Light in the yard", "Where the bicycles stay dry"):
        agenda.add(assembly, Item(title, 20), by=guide, at=at)
    assembly = running.open_doors(assembly, by=guide, at=at)
    for person in [*w.people[:12], *w.people[13:17], writer]:
        door.arrive(assembly, membership(w, person), by=guide, at=folkmoot_now())
        w.t.wait(1)
    door.count_guests(assembly, 3, by=guide, at=folkmoot_now())
    stairs, light, bicycles = assembly.items.order_by("place")
    take_votes(w, stairs, w.people[:12], guide, writer)
    running.begin_item(light, by=guide, at=folkmoot_now())
    speak(w, assembly, guide, w.people[8], w.people[10], w.people[4], w.people[8])
    note(w, assembly, writer, "The lamp over the gate has been dark since September. Two have fallen on the step.")
    for number, sign in ((4, "agree"), (8, "agree"), (10, "agree"), (6, "unsure")):
        speaking.wave(assembly, sign, by=w.people[number], at=folkmoot_now())
    what, who, due = "Ask the electrician what a lamp with a sensor costs", membership(w, w.people[10]), w.t.day(14)
    minutes.take_on(assembly, what, who, due, by=writer, at=folkmoot_now())
    running.begin_item(bicycles, by=guide, at=folkmoot_now())
    speak(w, assembly, guide, w.people[6], w.people[5])
    running.lengthen(bicycles, 10, by=guide, at=folkmoot_now())
    w.t.wait(9)
    note(w, assembly, writer, "Agreed in the room: a roof over the racks, if the wood from the old fence is enough.")
    running.close(assembly, by=guide, at=folkmoot_now())


def take_votes(w: World, item: AgendaItem, present: list[Person], guide: Person, writer: Person) -> None:
    """Of those who have not voted yet two say aloud what they think, and one has filled in a paper."""
    running.begin_item(item, by=guide, at=folkmoot_now())
    assert item.proposal is not None  # noqa: S101  (put on the agenda so)
    vote = item.proposal.votes.get()
    silent = vote.roll.filter(person__in=present, ballot__isnull=True).exclude(person__in=[guide, writer])
    for entry, way in zip(silent.order_by("pk"), ("named", "named", "paper"), strict=False):
        number = papers.print_sheet(vote, 1, by=guide, at=folkmoot_now())[0].number if way == "paper" else ""
        kind = EnteredBallot.Way(way)
        written = entering.enter(vote, entry.person, "agree", by=writer, way=kind, number=number)
        w.t.wait(1)
        entering.confirm(written, "agree", by=guide, number=number)


def speak(w: World, assembly: Assembly, guide: Person, *people: Person) -> None:
    """Hands go up and people speak, each some minutes."""
    for person in people:
        speaking.raise_hand(assembly, "speak", by=person, at=folkmoot_now())
        speaking.call_next(assembly, get_order, seen=0, by=guide, at=folkmoot_now())
        w.t.wait(w.t.chance.randint(1, 4))
        speaking.stop(assembly, by=guide, at=folkmoot_now())


def note(w: World, assembly: Assembly, by: Person, text: str) -> None:
    """The note-taker writes."""
    minutes.note(assembly, text, by=by, at=folkmoot_now())
    w.t.wait(2)


def publish(w: World, assembly: Assembly) -> None:
    """The minutes are published, and somebody puts something right."""
    published = minutes.publish(assembly, by=w.people[12], at=folkmoot_now())
    w.t.wait(90)
    minutes.add(published, "It was three who fell, I counted myself only once.", by=w.people[8], at=folkmoot_now())


def prepare(w: World, assembly: Assembly) -> None:
    """An agenda, and bruno is asked to facilitate."""
    for title, box in (("What we spent and what is left", 30), ("Who looks in on whom when it gets cold", 20)):
        agenda.add(assembly, Item(title, box), by=w.cast["lin"], at=folkmoot_now())
    bruno = membership(w, w.cast["bruno"])
    duties.ask(assembly, Duty.Role.FACILITATOR, bruno, by=w.cast["lin"], at=folkmoot_now())


def membership(w: World, person: Person) -> Membership:
    """Their membership in the street."""
    return Membership.objects.open().get(body=w.body, person=person)
