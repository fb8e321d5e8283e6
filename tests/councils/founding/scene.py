"""A catalyst group and the council that it founds, at each step of the way."""

from dataclasses import dataclass, field
from datetime import timedelta

from core.actions import bodies, charters, founding, invitations, opening
from core.models import Body, Charter, CharterObjection, Invitation, Mandate, Membership, Person
from core.rules.charter import CharterNumbers
from core.timekeeping import folkmoot_now
from councils.actions import boards
from councils.models import Board
from councils.rules.profiles import Profile
from tests import village

PROFILE = Profile("street", "All who live on Birch Street.", 25, "English, Spanish", "Soup on Thursdays.")
DRAFT = charters.Draft("We look after Birch Street.", "", CharterNumbers(), "small")


@dataclass
class Founding:
    """eva, farid and gina are the group; five neighbours and one more come by its links; dario is of nowhere."""

    group: Body
    eva: Person
    farid: Person
    gina: Person
    dario: Person
    neighbours: list[Person]
    board: Board = field(default_factory=Board)
    token: str = ""

    @property
    def council(self) -> Body:
        """The council as the database has it."""
        self.board.refresh_from_db()
        assert self.board.council is not None
        return Body.objects.get(pk=self.board.council.pk)

    @property
    def ana(self) -> Person:
        """The first of the neighbours."""
        return self.neighbours[0]

    def membership(self, person: Person) -> Membership:
        """Somebody's membership in the council."""
        return Membership.objects.open().get(body=self.council, person=person)


def make_group(decided: int = 3) -> Founding:
    """A catalyst group that has decided so many proposals itself."""
    people = village.make_people("eva", "farid", "gina", "dario", "ana", "bruno", "carla", "hugo", "ines", "jon")
    eva, farid, gina, dario, *neighbours = people
    at = folkmoot_now()
    content = charters.Draft("We help neighbours to found councils.", "", CharterNumbers())
    group = bodies.form("Lantern", content, by=eva, at=at, kind=Body.Kind.CATALYST)
    for person in (farid, gina):
        come_in(invitations.invite(group, by=eva, at=at)[1], person)
    for person in (eva, farid, gina):
        bodies.adopt(group.charters.get(), by=person, at=at)
    group.refresh_from_db()
    proposed = [village.make_proposal(group, eva, title=f"Ours {n}") for n in range(min(decided, 3))]
    if proposed:
        village.move_clock(timedelta(days=8))
        votes = [opening.open_vote(proposal, by=eva) for proposal in proposed]
        for vote in votes:
            for person in (eva, farid, gina):
                village.cast(vote, person, "agree")
        village.close(votes[-1])
    return Founding(group, eva, farid, gina, dario, neighbours)


def come_in(token: str, person: Person) -> None:
    """Somebody follows a link."""
    invitations.accept(token, by=person, at=folkmoot_now())


def listening() -> Founding:
    """A board on which nothing but its title stands."""
    made = make_group()
    made.board = boards.open(made.group, "A council for Birch Street", by=made.eva, at=folkmoot_now())
    return made


def inviting() -> Founding:
    """The scope is set, five neighbours have come in by a link of eva's, jon has not."""
    made = listening()
    boards.hear(made.board, "A warm room in winter", 12, in_all=30, by=made.eva)
    boards.hear(made.board, "Shade at the bus stop", 7, in_all=30, by=made.farid)
    made.board = boards.set_scope(made.board, "Birch Street Council", PROFILE, DRAFT, by=made.gina)
    _row, token = boards.invite(made.board, by=made.eva, note="numbers 1 to 9", uses=20)
    for person in made.neighbours[:5]:
        come_in(token, person)
    return made


def called() -> Founding:
    """The first assembly is called for tomorrow."""
    made = inviting()
    when = folkmoot_now() + timedelta(days=1)
    made.board = boards.call_assembly(made.board, when, "The hall", "Who we are\nOur charter", by=made.farid)
    return made


def founding_now() -> Founding:
    """The first assembly was held: the charter can be adopted."""
    made = called()
    village.move_clock(timedelta(days=1, hours=2))
    there = [made.membership(person) for person in made.neighbours[:4]]
    made.board = boards.hold_assembly(made.board, there, others=3, by=made.eva)
    return made


def adopt(made: Founding, *people: Person) -> Body:
    """These adopt the draft."""
    for person in people:
        bodies.adopt(draft_of(made), by=person, at=folkmoot_now())
    return made.council


def draft_of(made: Founding) -> Charter:
    """The newest draft of the council's charter."""
    return Charter.objects.filter(body=made.council).latest("number")


def object_to(made: Founding, person: Person, reason: str = "Too long.") -> CharterObjection:
    """Somebody objects to the draft."""
    return founding.object(draft_of(made), reason, by=person, at=folkmoot_now())


def deciding() -> Founding:
    """The council has adopted its charter."""
    made = founding_now()
    adopt(made, *made.neighbours[:5])
    return made


def ready() -> Founding:
    """The council has given its first mandate."""
    made = deciding()
    first_mandate(made)
    return made


def first_mandate(made: Founding) -> Mandate:
    """The council gives bruno the task of calling the next assembly."""
    people = made.neighbours[:5]
    return village.make_mandate(made.council, people, people[1], author=people[0], title="Call the assembly")


def handed_over() -> Founding:
    """The council runs by itself."""
    made = ready()
    made.board = boards.hand_over(made.board, by=made.ana)
    return made


def timed_out() -> Founding:
    """The clock has ended a founding that had its assembly and no charter."""
    made = founding_now()
    village.move_clock(made.board.ends_at - folkmoot_now() + timedelta(minutes=1))
    assert boards.end_if_over(made.board.pk)
    made.board.refresh_from_db()
    return made


def invitation_of(made: Founding) -> Invitation:
    """The one invitation of the group."""
    return Invitation.objects.get(body=made.board.council, by__body=made.group)
