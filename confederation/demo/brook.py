"""The story of the brook: Alder Street and two small streets decide together on what runs through all three."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from confederation.actions import (
    calling,
    confidence,
    delegates,
    forwarding,
    founding,
    holding,
    joining,
    leaving,
    own_words,
)
from confederation.models import Ceded, Referral, Seat, Station
from confederation.rules.matters import Sort
from confederation.rules.positions import Own
from core.actions import accords, bodies, charters, mandates
from core.models import Body, Mandate, Person, Proposal, Vote
from core.rules.charter import TEMPLATES
from core.rules.positions import POSITIONS, Position, Rule
from core.timekeeping import folkmoot_now
from councils.demo.teller import Event, Teller, World, let_happen

NAME = "Three Streets on the Brook"
PURPOSE = "The brook runs behind all of our houses. What one street does to it, the next one has in the cellar."
UNITY = "- Each street decides for itself, and is heard here.\n- Who lives downstream speaks first."
BROOK, CARE = "The brook, its banks and the two footbridges", "Visits to neighbours who are ill, across the streets"
What = forwarding.What


@dataclass
class Brook:
    """The streets of the story, Alder first, and what they have put before all of them."""

    t: Teller
    alder: World
    birch: World
    cedar: World
    kept: dict[str, Proposal] = field(default_factory=dict)

    @property
    def streets(self) -> tuple[World, World, World]:
        """All three."""
        return self.alder, self.birch, self.cedar

    @property
    def body(self) -> Body:
        """Their confederation."""
        return Body.objects.get(name=NAME)

    def seat(self, w: World) -> Seat:
        """The seat of a street."""
        return Seat.objects.get(confederation__name=NAME, body=w.body)

    def put(self, name: str, w: World, by: Person, what: What, title: str, text: str, **about: Any) -> None:  # noqa: PLR0917
        """Somebody proposes to their street to put something before all of them."""
        plan = forwarding.Plan(self.body, what, title, text, **about)
        self.kept[name] = forwarding.propose(w.body, plan, by=by, at=folkmoot_now())

    def referral(self, name: str) -> Referral:
        """The question that came of it."""
        return Referral.objects.get(proposal__forwarded_by__proposal=self.kept[name])


def small_street(t: Teller, name: str, purpose: str, people: list[Person]) -> World:
    """A council of so few that everybody has adopted its charter."""
    numbers = replace(TEMPLATES["small"], time_zone="Europe/Lisbon")
    body = bodies.form(name, charters.Draft(purpose, UNITY, numbers, "small"), by=people[0], at=folkmoot_now())
    t.join(body, people[1:])
    for person in people[:3]:
        bodies.adopt(body.charters.get(), by=person, at=folkmoot_now())
    body.refresh_from_db()
    return World(t, body, {}, people)


def found(alder: World, people: list[Person]) -> Brook:
    """Two streets of seven and eight, before they know of each other's cellars."""
    birch = small_street(alder.t, "Birch Lane Council", "Seven houses and one pump.", people[:7])
    cedar = small_street(alder.t, "Cedar Row Council", "Eight doors, downstream of everybody.", people[7:15])
    return Brook(alder.t, alder, birch, cedar)


def events(brook: Brook, hood: World) -> list[Event]:
    """What happens, by days before today. Councils are counted from their sixtieth day on; a level is counted an hour
    after the votes below it, for which the story stops.
    """
    return [*together(brook), *sent(brook), *first(brook), *called_down(brook), *now(brook), *lately(brook, hood)]


def enough(w: World, proposal: Proposal) -> None:
    """Its author opens the vote, and more than half are in favour."""
    assert proposal.author is not None  # noqa: S101  (for the type checker: people wrote these)
    say(w, w.t.open(proposal, proposal.author))


def say(w: World, vote: Vote, position: Position | None = None, people: Iterable[Person] = ()) -> None:
    """These people, or more than half of the street, say so; in favour, if nothing else is said."""
    favour = position or POSITIONS[Rule(vote.rule)][0]
    for person in people or w.people[: len(w.people) // 2 + 2]:
        w.t.cast(vote, person, favour)


def answer(brook: Brook, name: str) -> None:
    """All streets are in favour of what was put before them."""
    for w in brook.streets:
        say(w, Vote.objects.open().get(proposal__station__referral=brook.referral(name), proposal__body=w.body))


def together(brook: Brook) -> list[Event]:
    """Alder proposes it, the two others take it up."""
    alder, others = brook.alder, (brook.birch, brook.cedar)
    matters = (founding.Matter("works", BROOK), founding.Matter("care", CARE))

    def propose() -> None:
        text = "In March all three cellars were wet, and each street had dammed against the next one."
        plan = founding.Plan(NAME, PURPOSE, UNITY, matters, [w.body for w in others], text)
        brook.kept["found"] = founding.propose(alder.body, plan, by=alder.cast["lin"], at=folkmoot_now())

    def take_up() -> None:
        accord = brook.kept["found"].accord.accord
        for w in others:
            brook.kept[w.body.name] = accords.take_up(accord, w.body, by=w.people[0], at=folkmoot_now())

    def decide() -> None:
        for w in others:
            enough(w, brook.kept[w.body.name])

    return [
        Event(146.2, propose),
        Event(142.6, lambda: enough(alder, brook.kept["found"])),
        Event(134.8, take_up),
        Event(130.6, decide),
    ]


def sent(brook: Brook) -> list[Event]:
    """Two delegates: Alder's says what the street has decided, Birch Lane's may differ and says why."""
    lin, zoe = brook.alder.cast["lin"], brook.birch.people[2]

    def send(name: str, w: World, person: Person, *, bound: bool) -> None:
        terms = mandates.Terms(
            person, "Say there what we have decided. Tell us what was said.", "Promise nothing.", 300
        )
        text = "Somebody has to go down to the others and come back with what they said."
        sends = delegates.send(brook.seat(w), terms, text, bound=bound, by=w.people[1], at=folkmoot_now())
        brook.kept[name] = mandates.accept(sends, by=person, at=folkmoot_now()).proposal

    def propose() -> None:
        send("bound", brook.alder, lin, bound=True)
        send("free", brook.birch, zoe, bound=False)

    def decide() -> None:
        enough(brook.alder, brook.kept["bound"])
        enough(brook.birch, brook.kept["free"])

    def report() -> None:
        mandate = Mandate.objects.get(granted_by=brook.kept["bound"])
        mandates.report(mandate, "All three streets want the day at the brook. I said that we bring gloves.", by=lin)

    return [Event(99.8, propose), Event(95.7, decide), Event(71, report)]


def first(brook: Brook) -> list[Event]:
    """What all three wanted: a day at the brook, and somebody who reads the gauge."""
    reader = brook.birch.people[4]

    def propose() -> None:
        brook.put(
            "day",
            brook.birch,
            brook.birch.people[0],
            What.DECISION,
            "A day at the brook",
            "On the last Saturday of each month whoever can comes with gloves. Each street clears its own bank, and "
            "the footbridges together.",
            ceded=Ceded.objects.get(words=BROOK),
        )
        terms = mandates.Terms(reader, "Read the gauge after rain, and ring at the doors.", "Open no sluice.", 200)
        title, why = "Read the gauge", "In March nobody looked, because everybody thought that somebody did."
        brook.put("gauge", brook.cedar, brook.cedar.people[0], What.MANDATE, title, why, terms=terms)
        holding.accept(brook.kept["gauge"], by=reader, at=folkmoot_now())

    def decide() -> None:
        enough(brook.birch, brook.kept["day"])
        enough(brook.cedar, brook.kept["gauge"])

    def answer_both() -> None:
        answer(brook, "day")
        answer(brook, "gauge")

    return [Event(98.6, propose), Event(94.6, decide), Event(76.5, answer_both), Event(73.5, let_happen)]


def called_down(brook: Brook) -> list[Event]:
    """All three adopted a wall; then Cedar Row called it down, and the people did not want it."""
    alder, cedar = brook.alder, brook.cedar

    def propose() -> None:
        title, text = "A wall along the bank", "Forty metres of concrete, from the mill to the lower footbridge."
        brook.put("wall", alder, alder.cast["hugo"], What.DECISION, title, text, ceded=Ceded.objects.get(words=BROOK))

    def call() -> None:
        why = "We have looked at the drawing again. The water would go faster, and it would go to us."
        brook.kept["call"] = calling.propose(brook.referral("wall"), cedar.body, why, by=cedar.people[3])

    def people_say() -> None:
        votes = Vote.objects.open().filter(proposal__asks_people__vote__referral=brook.referral("wall"))
        for w, agreeing in zip(brook.streets, (4, 2, 0), strict=True):
            vote = votes.get(proposal__body=w.body)
            say(w, vote, Position.AGREE, w.people[:agreeing]) if agreeing else None
            say(w, vote, Position.DISAGREE, w.people[agreeing : 2 * len(w.people) // 3])

    return [
        Event(66.7, propose),
        Event(62.6, lambda: enough(alder, brook.kept["wall"])),
        Event(44.5, lambda: answer(brook, "wall")),
        Event(41.5, let_happen),
        Event(40.2, call),
        Event(39.5, lambda: say(cedar, Vote.objects.open().get(proposal=brook.kept["call"]))),
        Event(22.5, people_say),
        Event(19.1, let_happen),
    ]


def now(brook: Brook) -> list[Event]:
    """Asked of all streets today: to decide together on the hall too; and, later, no longer on visits."""
    alder, birch, cedar = brook.streets

    def propose_hall() -> None:
        title, text = "Decide together on the hall", "The hall at the upper footbridge is used by all three of us."
        hall = "The hall at the upper footbridge"
        brook.put("hall", birch, birch.people[3], What.CEDE, title, text, sort=Sort.LEARNING, words=hall)

    def propose_visits() -> None:
        title, text = "Visits are each street's own again", "Nobody has ever asked for it across the streets."
        ceded = Ceded.objects.get(words=CARE)
        brook.put("visits", cedar, cedar.people[5], What.TAKE_BACK, title, text, ceded=ceded)

    def own_word() -> None:
        station = Station.objects.get(referral=brook.referral("hall"), body=alder.body)
        why = "We use the hall least of all three. Let the two others decide, and we keep out of it."
        brook.kept["aside"] = own_words.propose(station, Own.ASIDE, why, by=alder.cast["bruno"])

    def some_say() -> None:
        votes = Vote.objects.open().filter(proposal__station__referral=brook.referral("hall"))
        say(alder, votes.get(proposal__body=alder.body), Position.AGREE, alder.people[3:12])
        say(birch, votes.get(proposal__body=birch.body))
        say(alder, Vote.objects.open().get(proposal=brook.kept["aside"]), Position.YES, alder.people[5:9])

    return [
        Event(24.4, propose_hall),
        Event(22.4, propose_visits),
        Event(20.3, lambda: enough(birch, brook.kept["hall"])),
        Event(18.3, lambda: enough(cedar, brook.kept["visits"])),
        Event(3.9, own_word),
        Event(2.1, some_say),
    ]


def lately(brook: Brook, hood: World) -> list[Event]:
    """Birch Lane doubts the reader of the gauge, Cedar Row may leave, the neighbourhood would listen."""
    birch, cedar = brook.birch, brook.cedar

    def doubt() -> None:
        mandate, why = Mandate.objects.get(granted_by__forwarded_by__proposal=brook.kept["gauge"]), "It rained twice."
        confidence.propose(birch.body, mandate, f"{why} Nobody rang.", by=birch.people[6])

    def leave() -> None:
        leaving.propose(brook.seat(cedar), "Three meetings for one wall.", by=cedar.people[7], at=folkmoot_now())

    def join() -> None:
        text = "The river path begins where the brook ends. We would listen there, and not be counted."
        joining.propose(hood.body, brook.body, text, voice=False, by=hood.people[44], at=folkmoot_now())

    return [Event(2.7, doubt), Event(2.3, leave), Event(1.6, join)]
