"""The valley of these tests: three streets form the hill, and the hill and a fourth street the valley."""

from dataclasses import dataclass
from datetime import timedelta

from confederation.models import Referral, Seat, Station
from core.models import Body, Mandate, Person, Proposal
from core.timekeeping import folkmoot_now
from tests import village
from tests.confederation import rows


@dataclass
class Valley:
    """Alder, Birch and Cedar are the hill; the hill and Dell are the valley. Seven live in each street."""

    alder: Body
    birch: Body
    cedar: Body
    dell: Body
    hill: Body
    valley: Body

    @property
    def streets(self) -> list[Body]:
        """The four at the base."""
        return [self.alder, self.birch, self.cedar, self.dell]


def make_valley() -> Valley:
    """All of it."""
    alder, birch, cedar, dell = (rows.street(name) for name in ("Alder", "Birch", "Cedar", "Dell"))
    hill = rows.confederation("Hill", [alder, birch, cedar])
    return Valley(alder, birch, cedar, dell, hill, rows.confederation("Valley", [hill, dell]))


def ask(body: Body, title: str = "A pump for the well") -> Referral:
    """A question that all bodies have been asked."""
    proposal = rows.question(body, title)
    rows.settle_all()
    return Referral.objects.get(proposal=proposal)


def recall(valley: Valley) -> tuple[Mandate, Referral]:
    """The recall of a mandate of the valley, as all bodies have been asked."""
    mandate = rows.mandate(rows.granting(valley.valley, folkmoot_now()), member(valley.dell), folkmoot_now())
    proposal = rows.question(valley.valley, "Recall: the well", kind="recall", mandate=mandate)
    rows.settle_all()
    return mandate, Referral.objects.get(proposal=proposal)


def member(body: Body, place: int = 0) -> Person:
    """One of a street."""
    return body.memberships.order_by("pk")[place].person


def station(referral: Referral, body: Body) -> Station:
    """The row of a body, as it is now."""
    return Station.objects.select_related("above", "body", "referral__proposal").get(referral=referral, body=body)


def home(referral: Referral, body: Body) -> Proposal:
    """A body's own proposal on it, as it is now."""
    return Proposal.objects.get(station__referral=referral, body=body)


def seat_of(body: Body) -> Seat:
    """The one seat of a body."""
    return Seat.objects.get(body=body)


def until_votes() -> None:
    """The bodies vote."""
    rows.pass_by(days=7, seconds=5)


def until_closed(referral: Referral, *, level: int = 0) -> None:
    """A level has closed."""
    assert referral.base_closes_at is not None
    village.move_clock(referral.base_closes_at - folkmoot_now() + timedelta(hours=level, seconds=1))
    rows.settle_all()


def all_say(referral: Referral, said: dict[Body, str]) -> None:
    """These bodies vote: six of seven take a position; of all others nobody does. Then the base has closed."""
    until_votes()
    for body, position in said.items():
        rows.vote_of(home(referral, body), position, 6)
    until_closed(referral)


def adopt(valley: Valley, body: Body | None = None) -> Referral:
    """A decision that all bodies have adopted, and that waits to be in force."""
    referral = ask(body or valley.valley)
    all_say(referral, dict.fromkeys(valley.streets, "agree"))
    until_closed(referral, level=1)
    until_closed(referral, level=2)
    referral.refresh_from_db()
    return referral


def until_in_force() -> None:
    """The time to call it down is over."""
    rows.pass_by(days=14, seconds=1)
