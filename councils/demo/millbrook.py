"""The story of Millbrook, a neighbourhood of 120 that decides by weak consensus; and of two small bodies."""

from dataclasses import replace

from core.actions import applications, bodies, charters
from core.actions import proposals as writing
from core.models import Body, Membership, Person
from core.rules.charter import TEMPLATES
from core.timekeeping import folkmoot_now
from councils.demo.teller import Event, Teller, World

PURPOSE = (
    "What the streets of Millbrook cannot settle alone: the river path, the hall, the market, help in a bad winter."
)
UNITY = "- No street is outvoted on its own yard.\n- Minutes and money are open to every member."


def found(t: Teller, cast: dict[str, Person], neighbours: list[Person], streets: list[Person]) -> World:
    """Founding; some come from Alder Street."""
    numbers = replace(
        TEMPLATES["large"], time_zone="Europe/Lisbon", discussion_days=4, waiting_days=14, admission="open"
    )
    content = charters.Draft(PURPOSE, UNITY, numbers, "large")
    body = bodies.form("Millbrook Neighbourhood Council", content, by=cast["farid"], at=folkmoot_now())
    here = [cast[name] for name in ("farid", "ana", "eva", "lin", "hugo", "noor")]
    t.join(body, [*here[1:], *streets[:12], *neighbours])
    charter = body.charters.get()
    for person in here[:3]:
        bodies.adopt(charter, by=person, at=folkmoot_now())
    body.refresh_from_db()
    return World(t, body, cast, [*here, *streets[:12], *neighbours])


def events(w: World) -> list[Event]:
    """What happens, by days before today."""
    return [*path(w), *market(w), *bus(w), *winter(w), *now(w)]


def path(w: World) -> list[Event]:
    """A large yes, and a mandate that ended with its term."""

    def propose() -> None:
        w.kept["path"] = w.t.propose(
            w.body,
            w.cast["farid"],
            "Clear the river path twice a year",
            "First Saturday of April and of October, from the weir to the bridge. Tools come from the streets.",
            tasks=[w.t.todo("Bring gloves and bags", w.people[40], 30), w.t.todo("Tell the fishers", w.people[41], 20)],
        )
        w.kept["book"] = w.t.offer(
            w.body,
            w.cast["eva"],
            "Keep the accounts of the hall",
            "Until the cooperative bank has answered.",
            w.people[30],
            "Write down what comes and goes. Show it on the first of each month.",
            "Spend nothing alone.",
            days=60,
        )

    return [
        Event(143, propose),
        Event(138, lambda: w.decide("path", "farid", agree=0.62, disagree=0.03, abstain=0.06)),
        Event(137, lambda: w.decide("book", "eva", agree=0.5, abstain=0.1)),
    ]


def market(w: World) -> list[Event]:
    """One that missed its share, and one nobody heard of."""

    def propose() -> None:
        w.kept["market"] = w.t.propose(
            w.body,
            w.people[33],
            "Move the market to Sunday",
            "More people have time on Sunday. The bakers say they would come.",
        )
        w.t.talk(
            w.kept["market"],
            (w.people[50], "Sunday is the one quiet day we have."),
            (w.people[51], "My mother sells eggs. She goes to church on Sunday."),
            (w.people[33], "> Then let us ask the sellers first."),
        )
        w.kept["flag"] = w.t.propose(w.body, w.people[60], "A flag for Millbrook", "Green, with the weir.")

    return [
        Event(104, propose),
        Event(98, lambda: w.decide("market", w.people[33], agree=0.35, disagree=0.2, abstain=0.05)),
        Event(97, lambda: w.decide("flag", w.people[60], agree=0.08)),
        Event(88, lambda: w.vote_again("flag", agree=0.03)),
    ]


def bus(w: World) -> list[Event]:
    """Decided and done; and somebody who has joined, and waits for a voice."""

    def propose() -> None:
        w.kept["bus"] = w.t.propose(
            w.body,
            w.people[48],
            "Ask for a bus stop at the weir",
            "Eighty of us live more than ten minutes from the nearest stop. We write to the bus company together, "
            "with a list of who would get on, and when.",
            tasks=[w.t.todo("Collect the list of who would get on", w.people[49], 25)],
        )
        w.t.talk(
            w.kept["bus"],
            (w.people[64], "They asked us the same in 2019 and nothing came of it."),
            (w.people[48], "> Then nobody had counted. This time we bring numbers."),
            (w.cast["eva"], "> I know the planner. She wants numbers, and she answers letters."),
        )

    def kitchen() -> None:
        w.kept["cook"] = w.t.offer(
            w.body,
            w.cast["lin"],
            "Run the warm kitchen",
            "Somebody has to order the wood and see that there is a pot on the stove.",
            w.people[70],
            "Order wood, keep the list of turns, close at nine.",
            "Spend at most 60 a month. Nobody is asked for a name at the door.",
            days=150,
        )

    return [
        Event(58, propose),
        Event(53.4, lambda: w.decide("bus", w.people[48], agree=0.58, disagree=0.02, abstain=0.04)),
        Event(28, lambda: w.did("bus", "83 names, most of them before eight in the morning.")),
        Event(23, kitchen),
        Event(18.2, lambda: w.decide("cook", "lin", agree=0.55, disagree=0.02, abstain=0.06)),
        Event(5.4, lambda: applications.apply(w.body, by=w.cast["bruno"], at=folkmoot_now())),
    ]


def winter(w: World) -> list[Event]:
    """A decision that a later one replaced."""

    def first() -> None:
        w.kept["kitchen"] = w.t.propose(
            w.body,
            w.cast["lin"],
            "Open the hall as a warm kitchen in January",
            "Three evenings a week, soup from what the market leaves. Who can, brings wood.",
        )

    def second() -> None:
        w.kept["warm"] = w.t.propose(
            w.body,
            w.people[70],
            "The warm kitchen opens every evening",
            "Three evenings were full each time. The streets take turns; the list hangs in the hall.",
            replaces=w.kept["kitchen"],
            tasks=[w.t.todo("Make the list of turns", w.cast["ana"], 12)],
            review_on=w.t.day(120),
        )

    return [
        Event(72, first),
        Event(66, lambda: w.decide("kitchen", "lin", agree=0.66, disagree=0.04, abstain=0.04)),
        Event(30, second),
        Event(24, lambda: w.decide("warm", w.people[70], agree=0.6, disagree=0.05, abstain=0.05)),
    ]


def now(w: World) -> list[Event]:
    """What is open today: a vote by weak consensus, a removal, an urgent proposal that wants seconds, an idea."""

    def bridge() -> None:
        w.kept["bridge"] = w.t.propose(
            w.body,
            w.people[34],
            "No cameras at the bridge",
            "The city offers four cameras for the footbridge. We say no, and ask for the two lamps instead.",
        )
        w.t.talk(
            w.kept["bridge"],
            (w.people[52], "Since the lamp broke I go round by the mill at night."),
            (w.people[34], "> That is why: lamps first."),
        )

    def bridge_vote() -> None:
        w.t.vote(w.t.open(w.kept["bridge"], w.people[34]), w.people[1:], agree=0.36, disagree=0.05, abstain=0.04)

    def removal() -> None:
        member = Membership.objects.get(body=w.body, person=w.people[80])
        proposal = w.t.propose(
            w.body,
            w.people[45],
            f"Remove {w.people[80].display_name}",
            "He has sold the hall's chairs twice, and says so. We have talked with him three times.",
            kind="removal",
            subject=member,
        )
        w.kept["removal"] = proposal

    def removal_vote() -> None:
        w.t.vote(w.t.open(w.kept["removal"], w.people[45]), w.people[2:], yes=0.3, no=0.03, abstain=0.05)

    def pump() -> None:
        proposal = w.t.propose(
            w.body,
            w.people[37],
            "Lend our pump to Lower Mill tonight",
            "Their cellar is under water. They bring it back on Friday.",
            urgent=True,
        )
        writing.second(proposal, by=w.people[46], at=folkmoot_now())

    def talk() -> None:
        proposal = w.t.propose(
            w.body,
            w.people[39],
            "A shelf for books in the hall",
            "Take one, leave one. I would look after it.\n\nThe shelf is there already; it only needs a place.",
        )
        w.t.talk(proposal, (w.people[55], "Next to the stove, please. Reading is warmer there."))

    def gate() -> None:
        w.kept["gate"] = w.t.propose(
            w.body, w.people[38], "Paint the weir gate", "Before winter. The paint is left over from the hall."
        )

    return [
        Event(16, gate),
        Event(9, lambda: w.decide("gate", w.people[38], agree=0.1)),  # too few: its second call is open now
        Event(1.6, lambda: w.vote_again("gate", agree=0.12, disagree=0.02)),
        Event(11, bridge),
        Event(2.2, bridge_vote),
        Event(8, removal),
        Event(3.5, removal_vote),
        Event(1.1, talk),
        Event(0.2, pump),
    ]


def small_bodies(t: Teller, cast: dict[str, Person], people: list[Person]) -> list[Event]:
    """A reading group that is not listed, and a street whose council is still forming."""

    def reading() -> None:
        content = charters.Draft("We read one book a month, aloud.", "", TEMPLATES["small"], "small")
        body = bodies.form("Thursday readers", content, by=cast["gina"], at=folkmoot_now(), listed=False)
        t.join(body, [cast["ana"], cast["lin"], people[3]])
        for person in (cast["gina"], cast["ana"], cast["lin"]):
            bodies.adopt(body.charters.get(), by=person, at=folkmoot_now())

    def forming() -> None:
        content = charters.Draft(
            "Ninth Street, both sides, from the pharmacy to the park.", "", TEMPLATES["small"], "small"
        )
        body: Body = bodies.form("Ninth Street Council", content, by=people[8], at=folkmoot_now())
        t.join(body, [cast["ana"], people[9], people[10]])
        for person in (people[8], people[9]):
            bodies.adopt(body.charters.get(), by=person, at=folkmoot_now())

    return [Event(90, reading), Event(6, forming)]
