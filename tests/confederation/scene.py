"""Streets that confederate in these tests: everything through actions, as in life."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from confederation.actions import founding, joining
from confederation.models import Referral, Seat
from core.actions import accords, opening
from core.actions.settling import settle
from core.models import Accord, Body, Membership, Person, Proposal, Vote
from core.rules.positions import POSITIONS, Rule
from core.timekeeping import folkmoot_now
from tests import village

PURPOSE = "We look after what all of our streets use."
UNITY = "Each street decides for itself, and is heard here."
WATER = founding.Matter("works", "The water of the brook")
STREETS = ("Alder", "Birch", "Cedar", "Dogwood", "Elder", "Fir", "Gorse", "Hazel", "Ivy", "Juniper")


@dataclass
class Streets:
    """Councils that are old and large enough to be counted, with their people: those of Alder are alder0, alder1 …"""

    bodies: list[Body]
    people: dict[int, list[Person]] = field(default_factory=dict)

    def of(self, body: Body) -> list[Person]:
        """The members of one of them."""
        return self.people[body.pk]


@dataclass
class Quarter:
    """A confederation of streets: Brook, of Alder, Birch and Cedar unless said otherwise."""

    body: Body
    streets: Streets

    @property
    def bodies(self) -> list[Body]:
        """The streets in it."""
        return self.streets.bodies

    def of(self, body: Body) -> list[Person]:
        """The members of one of them."""
        return self.streets.of(body)

    def seat(self, body: Body) -> Seat:
        """The newest seat of a body in it."""
        return Seat.objects.filter(confederation=self.body, body=body).latest("pk")


@dataclass
class City:
    """Hill, of a council without a quarter (Harbour) and two quarters: Brook (Alder, Birch, Cedar) and Mill (Dogwood,
    Elder, Fir).
    """

    body: Body
    harbour: Body
    quarters: list[Quarter]
    streets: Streets


def make_streets(number: int, members: int = 7, *, first: int = 0, **numbers: Any) -> Streets:
    """So many councils of so many members, 61 days later. Their recalls and elections are open: no key is needed."""
    numbers = {"secret_from": 20} | numbers
    found = Streets([])
    for name in STREETS[first : first + number]:
        people = village.make_people(*(f"{name.lower()}{n}" for n in range(members)))
        body = village.make_council(f"{name} Street", people, **numbers)
        found.bodies.append(body)
        found.people[body.pk] = people
    village.move_clock(timedelta(days=61))
    return found


def in_favour(vote: Vote, people: Sequence[Person]) -> None:
    """More than half of these say so."""
    favour = POSITIONS[Rule(vote.rule)][0]
    for person in people[: len(people) // 2 + 1]:
        village.cast(vote, person, favour)


def agree(proposals: Iterable[Proposal], streets: Streets) -> list[Proposal]:
    """After their talk and their votes, in which enough are in favour; all at once, each in its body."""
    waiting = list(proposals)
    village.move_clock(timedelta(days=8))
    for proposal in waiting:
        people = streets.people[proposal.body_id]
        vote = opening.open_vote(proposal, by=people[0])
        in_favour(vote, people)
    village.move_clock(timedelta(days=8))
    settle()
    return [Proposal.objects.get(pk=proposal.pk) for proposal in waiting]


def taken_up(accord: Accord, streets: Streets) -> list[Proposal]:
    """What others than the first body have put before their members."""
    asked = [side.body for side in accord.sides.select_related("body").filter(first=False, proposal=None)]
    return [accords.take_up(accord, body, by=streets.of(body)[0], at=folkmoot_now()) for body in asked]


def plan(called: str, others: Sequence[Body], **different: object) -> founding.Plan:
    """What streets propose to each other."""
    words: dict[str, object] = {"purpose": PURPOSE, "unity": UNITY, "matters": [WATER], "text": "The brook floods."}
    return founding.Plan(**({"name": called, "others": others} | words | different))  # type: ignore[arg-type]


def settle_all() -> None:
    """Everything due happens, and what follows from it."""
    while settle():
        pass


def pass_by(**time: float) -> None:
    """So much time passes, and everything due in it happens."""
    village.move_clock(timedelta(**time))
    settle_all()


def asked(*proposals: Proposal) -> list[Referral]:
    """All bodies below are asked about these, and vote now."""
    settle_all()
    pass_by(days=7, seconds=1)
    return [Referral.objects.get(proposal=proposal) for proposal in proposals]


def answer(referral: Referral) -> None:
    """More than half of the members of each body that was asked are in favour."""
    for station in referral.stations.base().select_related("body").order_by("pk"):
        inside = station.body.memberships.open().select_related("person").order_by("pk")
        in_favour(Vote.objects.get(proposal__station=station), [each.person for each in inside])


def everybody_agrees(*asking: Proposal) -> None:
    """All bodies below answer these questions of confederations with yes; they are in force two weeks later."""
    for referral in asked(*asking):
        answer(referral)
    pass_by(days=7, hours=2)
    pass_by(days=14, seconds=1)


def make_confederation(name: str, bodies: Sequence[Body], streets: Streets) -> Body:
    """A confederation that these bodies have founded: all have decided so. The first of them is a council."""
    first, *others = bodies
    by = streets.of(first)[0]
    [begun] = agree([founding.propose(first, plan(name, others), by=by, at=folkmoot_now())], streets)
    settle()
    accord = begun.accord.accord
    above = Proposal.objects.filter(accord__accord=accord, body__kind=Body.Kind.CONFEDERATION)
    if above.exists():
        everybody_agrees(*above)
    agree(taken_up(accord, streets), streets)
    settle()
    return Body.objects.get(confederation__accord=accord)


def make_quarter(number: int = 3, *, name: str = "Brook", first: int = 0, members: int = 7) -> Quarter:
    """Streets and their confederation."""
    streets = make_streets(number, members, first=first)
    return Quarter(make_confederation(name, streets.bodies, streets), streets)


def join(confederation: Body, body: Body, people: Sequence[Person], *, voice: bool = True) -> Seat:
    """A body joins: its members agree, and so do those who are in it."""
    by = people[0]
    proposal = joining.propose(body, confederation, "We drink of it too.", voice=voice, by=by, at=folkmoot_now())
    [decided] = agree([proposal], Streets([body], {body.pk: list(people)}))
    settle()
    everybody_agrees(Proposal.objects.get(accord__accord=decided.accord.accord, body=confederation))
    settle()
    return Seat.objects.standing().get(confederation=confederation, body=body)


def make_city() -> City:
    """Seven streets, two quarters, one city."""
    brook = make_quarter()
    mill = make_quarter(3, name="Mill", first=3)
    alone = make_streets(1, first=6)
    [harbour] = alone.bodies
    people = brook.streets.people | mill.streets.people | alone.people
    streets = Streets([*brook.bodies, *mill.bodies, harbour], people)
    return City(make_confederation("Hill", [harbour, brook.body, mill.body], streets), harbour, [brook, mill], streets)


def members_below(bodies: Iterable[Body]) -> int:
    """How many memberships stand in these bodies."""
    return Membership.objects.open().filter(body__in=list(bodies)).count()
