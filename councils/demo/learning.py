"""What Alder Street learns and lends, a campaign, and a neighbour in need."""

from datetime import timedelta

from core.timekeeping import folkmoot_now
from councils.actions import library, studies
from councils.demo.teller import Event, World
from councils.models import Item, Study


def events(w: World) -> list[Event]:
    """What happens, by days before today."""
    return [
        Event(80.4, lambda: shelve(w)),
        Event(40.2, lambda: read(w)),
        Event(5.3, lambda: lend(w)),
        Event(3.2, lambda: invite(w)),
        *campaign(w),
        *hardship(w),
    ]


def shelve(w: World) -> None:
    """Things to borrow."""
    at = folkmoot_now()
    for keeper, name, about in (
        (w.people[10], "Hammer drill", "With a set of bits. Mind the dust: bring the hoover too."),
        (w.people[12], "The Dispossessed", "Ursula K. Le Guin, paperback. Pencil notes by three readers."),
        (w.cast["eva"], "Tent for four", "Pitch it dry before you bring it back."),
        (w.people[15], "Sewing machine", "I show you how it threads."),
        (w.cast["ana"], "Folding ladder, 4 metres", ""),
    ):
        library.add(w.body, by=keeper, at=at, name=name, about=about)


def lend(w: World) -> None:
    """One thing is with ana, and due tomorrow; one she has lent herself."""
    at = folkmoot_now()
    for name, borrower, days in (
        ("The Dispossessed", w.cast["ana"], 6),
        ("Folding ladder, 4 metres", w.people[19], 20),
    ):
        item = Item.objects.get(body=w.body, name=name)
        library.lend(item, borrower, (at + timedelta(days=days)).date(), by=item.keeper, at=at)


def read(w: World) -> None:
    """A reading group that took place."""
    at = folkmoot_now()
    begins = (at + timedelta(days=9)).replace(hour=17, minute=0, second=0, microsecond=0)
    about = "The first two chapters. Copies lie on the stairs of number 12."
    plan = studies.Plan(
        "reading", "Who owns the street?", about, "Kitchen of number 9", begins, begins + timedelta(hours=2)
    )
    study = studies.announce(w.body, plan, by=w.people[12], at=at)
    for person in (w.cast["ana"], w.people[19], w.people[22]):
        studies.come(study, by=person)


def invite(w: World) -> None:
    """A teach-in ahead, nearly full."""
    at = folkmoot_now()
    begins = (at + timedelta(days=12)).replace(hour=16, minute=0, second=0, microsecond=0)
    about = "Bring your bicycle. Tools are there; we true one wheel together and then each their own."
    plan = studies.Plan(
        "teach_in", "Mend your own wheel", about, "Yard of number 14", begins, begins + timedelta(hours=3), 5
    )
    study: Study = studies.announce(w.body, plan, by=w.people[19], at=at)
    for person in (w.people[10], w.people[23], w.cast["bruno"]):
        studies.come(study, by=person)


def campaign(w: World) -> list[Event]:
    """Decided, with tasks."""

    def propose() -> None:
        w.kept["buses"] = w.t.propose(
            w.body,
            w.people[13],
            "The 11 bus back on Sundays",
            "It was cut in spring. We collect names at the stop, write to the company, and go to its open meeting.",
            kind="campaign",
            tasks=[
                w.t.todo("Collect names at the stop on two Sundays", w.people[22], 30),
                w.t.todo("Write the letter", w.people[13], 20),
            ],
        )

    return [Event(34, propose), Event(30.2, lambda: w.decide("buses", w.people[13], agree=0.8, reservations=0.05))]


def hardship(w: World) -> list[Event]:
    """Being talked over: no name of who is in need, only what helps."""

    def propose() -> None:
        w.kept["heating"] = w.t.propose(
            w.body,
            w.cast["eva"],
            "Warm meals for a household whose heating is broken",
            "Three people, ten days at most. Two of us know who it is; the others bring pots.",
            kind="hardship",
            tasks=[w.t.todo("Make a list of who cooks when", w.cast["eva"], 3)],
        )

    return [Event(1.8, propose)]
