"""Many bodies and trees of them at once, written as rows: for tests that need more of them than actions can make."""

from datetime import datetime, timedelta

from confederation.models import Ceded, Delegation, Seat
from core.actions import opening
from core.actions.settling import settle
from core.models import Body, Mandate, Person, Proposal, Stage, Vote
from core.timekeeping import folkmoot_now
from faults.valley import confederation, give, question, seat, street
from tests import village

__all__ = ["confederation", "give", "question", "seat", "street"]


def leave(place: Seat) -> None:
    """A seat ends, and nothing else."""
    Seat.objects.filter(pk=place.pk).update(left_at=folkmoot_now(), leaving="left")


def ceded(body: Body) -> Ceded:
    """A matter that was ceded to a confederation."""
    at = folkmoot_now()
    return Ceded.objects.create(confederation=body, sort="works", words="The pump at the well", since=at)


def delegate(place: Seat, person: Person, *, bound: bool = False, alternate: bool = False) -> Mandate:
    """A delegate of a body for its seat."""
    at = folkmoot_now()
    proposal = granting(place.body, at)
    Delegation.objects.create(proposal=proposal, seat=place, bound=bound, alternate=alternate)
    return mandate(proposal, person, at)


def granting(body: Body, at: datetime) -> Proposal:
    """An adopted proposal that grants a mandate."""
    return Proposal.objects.create(
        body=body,
        kind="mandate",
        title="Our delegate",
        created_at=at,
        discussion_at=at,
        stage=Stage.ADOPTED,
        closed_at=at,
        effect="done",
    )


def mandate(proposal: Proposal, person: Person, at: datetime) -> Mandate:
    """The mandate it grants, for half a year."""
    return Mandate.objects.create(
        body=proposal.body,
        person=person,
        granted_by=proposal,
        title=proposal.title,
        task="Speak for us.",
        limits="Promise nothing.",
        starts_at=at,
        ends_at=at + timedelta(days=180),
    )


def vote_of(proposal: Proposal, position: str, number: int) -> None:
    """So many on the roll of its open vote take this position."""
    give(Vote.objects.open().get(proposal=proposal).pk, position, number)


def settle_all() -> None:
    """Everything due happens, and what follows from it."""
    while settle():
        pass


def pass_by(**time: float) -> None:
    """So much time passes, and everything due in it happens."""
    village.move_clock(timedelta(**time))
    settle_all()


def opened(proposal: Proposal) -> Vote:
    """Its author opens its vote."""
    assert proposal.author is not None
    return opening.open_vote(Proposal.objects.get(pk=proposal.pk), by=proposal.author)
