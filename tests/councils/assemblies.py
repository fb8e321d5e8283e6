"""Assemblies as these tests need them: called, open with people in the room, over; everything made through actions."""

from dataclasses import dataclass, field
from datetime import timedelta

from core.actions import entering, opening, papers
from core.models import Body, EnteredBallot, Membership, Person, Proposal, Vote
from core.timekeeping import folkmoot_now
from councils.actions import agenda, calling, door, duties, minutes, running
from councils.actions.agenda import Item
from councils.models import AgendaItem, Assembly, Duty
from councils.queries.minutes import get_sections
from councils.rules.calling import Plan, When
from tests import village

PLAN = Plan("Assembly in spring", "The yard of number 12", notice_days=3)


@dataclass
class Hall:
    """A council of seven, the assembly of it, and who is who: ana called it and guides it, eva takes notes."""

    body: Body
    assembly: Assembly
    people: dict[str, Person] = field(default_factory=dict)

    def member(self, name: str) -> Membership:
        """The membership of somebody in this council."""
        return village.membership(self.body, self.people[name])

    @property
    def ana(self) -> Person:
        """Who called the assembly and facilitates it."""
        return self.people["ana"]


EVERYBODY = ("ana", "bruno", "eva", "farid", "gina", "hugo")
"""All but ines, in the room."""
NAMES = ("ana", "bruno", "eva", "farid", "gina", "hugo", "ines")


def make_hall() -> Hall:
    """The council, and an assembly called on a day next week."""
    people = dict(zip((*NAMES, "carla", "dario"), village.make_people(*NAMES, "carla", "dario"), strict=True))
    body = village.make_council("Alder Street", [people[name] for name in NAMES])
    village.make_council("Birch Street", [people["carla"], *village.make_people("berta", "bert")])
    assembly = call(body, people["ana"])
    hall = Hall(body, assembly, people)
    guide(hall)
    return hall


def in_days(days: float, hours: float = 2) -> When:
    """A planned time, some days from now."""
    starts = folkmoot_now() + timedelta(days=days)
    return When(starts, starts + timedelta(hours=hours))


def call(body: Body, by: Person, days: float = 4) -> Assembly:
    """An assembly that is called."""
    return calling.call(body, PLAN, in_days(days), by=by, at=folkmoot_now())


def guide(hall: Hall) -> None:
    """Ana facilitates, eva takes notes."""
    at = folkmoot_now()
    duties.take(hall.assembly, Duty.Role.FACILITATOR, by=hall.ana, at=at)
    duties.take(hall.assembly, Duty.Role.NOTE_TAKER, by=hall.people["eva"], at=at)


def opened(hall: Hall, *names: str, item: bool = True) -> Hall:
    """The doors are open, these people are in the room, and something is being talked over."""
    starts = hall.assembly.starts_at
    assert starts is not None
    village.move_clock(max(starts - folkmoot_now(), timedelta()))
    hall.assembly = running.open_doors(hall.assembly, by=hall.ana, at=folkmoot_now())
    for name in names:
        door.arrive(hall.assembly, hall.member(name), by=hall.ana, at=folkmoot_now())
    if item:
        running.begin_item(add(hall, "The lamp"), by=hall.ana, at=folkmoot_now())
    return hall


def add(hall: Hall, title: str = "", proposal: Proposal | None = None, *, ballots: bool = False) -> AgendaItem:
    """Something on the agenda."""
    item = Item(title, 15, proposal, ballots)
    return agenda.add(hall.assembly, item, by=hall.ana, at=folkmoot_now())


def over(hall: Hall) -> Hall:
    """The assembly has ended."""
    hall.assembly = running.close(hall.assembly, by=hall.ana, at=folkmoot_now())
    return hall


def published(hall: Hall) -> Hall:
    """Its minutes are published."""
    minutes.publish(hall.assembly, by=hall.ana, at=folkmoot_now())
    hall.assembly.refresh_from_db()
    return hall


def said(hall: Hall) -> list[str]:
    """The sentences of the minutes so far."""
    return [each.sentence for section in get_sections(hall.assembly) for each in section.said]


def under_talk(hall: Hall, *names: str) -> Proposal:
    """A proposal of bruno's, put up an hour ago and talked over now by these people."""
    opened(hall, *names, item=False)
    proposal = village.make_proposal(hall.body, hall.people["bruno"])
    running.begin_item(add(hall, proposal=proposal), by=hall.ana, at=folkmoot_now())
    return proposal


def for_ballots(hall: Hall, author: str) -> AgendaItem:
    """A proposal of somebody's on the agenda, the votes on which are taken at the assembly."""
    proposal = village.make_proposal(hall.body, hall.people[author], title="A lamp for the yard")
    return add(hall, proposal=proposal, ballots=True)


def put_to_the_vote(item: AgendaItem) -> Vote:
    """Its author opens the vote."""
    assert item.proposal is not None
    assert item.proposal.author is not None
    return opening.open_vote(item.proposal, by=item.proposal.author)


def written_down(hall: Hall, vote: Vote, name: str, says: str = "agree", *, number: str = "") -> EnteredBallot:
    """Ana writes down what somebody says, or what stands on the paper of that number. It waits for a second member."""
    way = EnteredBallot.Way.PAPER if number else EnteredBallot.Way.NAMED
    return entering.enter(vote, hall.people[name], says, by=hall.ana, way=way, number=number)


def confirmed(hall: Hall, entered: EnteredBallot) -> EnteredBallot:
    """Bruno confirms it."""
    return entering.confirm(entered, entered.position, by=hall.people["bruno"], number=entered.number)


def paper(hall: Hall, vote: Vote) -> str:
    """The number of a new paper."""
    [printed] = papers.print_sheet(vote, 1, by=hall.ana, at=folkmoot_now())
    return printed.number
