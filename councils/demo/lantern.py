"""The story of Lantern, a catalyst group of three, and of the council that it helps Weir Lane to found; and what Alder
Street says of itself.
"""

from datetime import timedelta

from core.actions import bodies, charters, endings, invitations
from core.models import Body, Person
from core.rules.charter import TEMPLATES
from core.timekeeping import folkmoot_now
from councils.actions import boards, profiles, splits
from councils.demo.teller import Event, Teller, World
from councils.models import Board
from councils.rules.profiles import Profile

HEARD = (
    ("A crossing where children can see the cars", 11),
    ("Somebody who answers when the landlord does not", 9),
    ("Shade at the bus stop", 6),
    ("A room for birthdays", 4),
)
OURS = (
    ("We go in pairs", "One talks, one listens and notes. Nobody knocks after eight."),
    ("We write down no names", "Themes and a count of doors, nothing else."),
    ("We leave when they stand", "On the day of the hand-over we are neighbours like all others."),
)


def group(t: Teller, cast: dict[str, Person]) -> World:
    """Three who help others to begin."""
    content = charters.Draft("We help neighbours to found councils, and leave.", "", TEMPLATES["small"], "small")
    body = bodies.form("Lantern", content, by=cast["eva"], at=folkmoot_now(), kind=Body.Kind.CATALYST)
    here = [cast[name] for name in ("eva", "lin", "hugo")]
    t.join(body, here[1:])
    for person in here:
        bodies.adopt(body.charters.get(), by=person, at=folkmoot_now())
    body.refresh_from_db()
    return World(t, body, cast, here)


def events(w: World, street: World, hood: World, neighbours: list[Person]) -> list[Event]:
    """The method on themselves first, then from door to door, then an invitation."""
    return [*ours(w), *at_the_doors(w), *the_lane(w, neighbours), *who_we_are(street, hood)]


def ours(w: World) -> list[Event]:
    """Three decisions of their own."""

    def propose() -> None:
        for title, text in OURS:
            w.kept[title] = w.t.propose(w.body, w.cast["eva"], title, text)

    return [
        Event(74, propose),
        *(Event(70, lambda title=title: w.decide(title, "eva", agree=1)) for title, _text in OURS),  # type: ignore[misc]
    ]


def at_the_doors(w: World) -> list[Event]:
    """Thirty doors, two afternoons."""

    def begin() -> None:
        boards.open(w.body, "A council for Weir Lane", by=w.cast["eva"], at=folkmoot_now())

    def hear(themes: tuple[tuple[str, int], ...], in_all: int, by: str) -> None:
        for theme, doors in themes:
            boards.hear(the_board(w), theme, doors, in_all=in_all, by=w.cast[by])

    return [
        Event(31, begin),
        Event(28, lambda: hear(HEARD[:2], 17, "hugo")),
        Event(24, lambda: hear(HEARD[2:], 30, "lin")),
    ]


def the_lane(w: World, neighbours: list[Person]) -> list[Event]:
    """The scope, the letters, who came in, and an assembly on one of the coming days."""
    kept: dict[str, str] = {}

    def scope() -> None:
        profile = Profile(
            "street", "All who live on Weir Lane, from the weir to the chapel.", 40, "English, Spanish", "Soup first."
        )
        content = charters.Draft("What Weir Lane can settle itself.", "", TEMPLATES["small"], "small")
        board = boards.set_scope(the_board(w), "Weir Lane Council", profile, content, by=w.cast["lin"])
        _row, kept["token"] = boards.invite(board, by=w.cast["eva"], note="mill side", uses=40, days=60)

    def come(person: Person) -> None:
        invitations.accept(kept["token"], by=person, at=folkmoot_now())

    def call() -> None:
        when = (w.t.begun + timedelta(days=3)).replace(hour=18, minute=30, second=0, microsecond=0)
        agenda = "Who we are\nWhat Lantern heard at our doors\nThe draft of our charter\nWho calls the next one"
        boards.call_assembly(the_board(w), when, "The yard of the mill", agenda, by=w.cast["eva"])

    return [
        Event(17, scope),
        *(
            Event(15 - 2 * number, lambda person=person: come(person))  # type: ignore[misc]
            for number, person in enumerate(neighbours)
        ),
        Event(2.5, call),
    ]


def the_board(w: World) -> Board:
    """The one board of the group."""
    return Board.objects.get(catalyst=w.body)


def who_we_are(w: World, hood: World) -> list[Event]:
    """Alder Street decides on its profile, the readers may be done, and Millbrook may become two."""

    def propose() -> None:
        profile = Profile(
            "street",
            "All who live on Alder Street, on both sides, with or without a lease.",
            40,
            "English, Spanish, Mandarin",
            "First Thursday in the yard, in winter at Ana's. Somebody always looks after the children.",
        )
        w.kept["profile"] = profiles.propose(
            w.body,
            profile,
            by=w.cast["ana"],
            at=folkmoot_now(),
            title="Say who we are",
            text="So that newcomers know where they come in.",
        )

    def end_the_readers() -> None:
        readers = Body.objects.get(name="Thursday readers")
        text = "We have read what we wanted to. The books go to the shelf in the hall."
        endings.propose(readers, text, by=w.cast["gina"], at=folkmoot_now())

    def become_two() -> None:
        names = ("Upper Millbrook", "Lower Millbrook")
        text = "A hundred in one room is a theatre. The mill race is a line that everybody knows."
        splits.propose(hood.body, names, text, by=hood.people[61], at=folkmoot_now())

    return [
        Event(2.1, end_the_readers),
        Event(1.3, become_two),
        Event(47, propose),
        Event(43, lambda: w.decide("profile", "ana", agree=0.8, abstain=0.1)),
    ]
