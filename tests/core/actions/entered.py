"""Votes that two enter for a third: what several files of tests do with them."""

from core.actions import entering
from core.models import Ballot, EnteredBallot, Person, Vote

Way = EnteredBallot.Way


def enter(vote: Vote, person: Person, first: Person, second: Person, position: str = "agree") -> EnteredBallot:
    """Enter a position at the helper desk, by two."""
    written = entering.enter(vote, person, position, by=first, way=Way.DESK, reason="Why not.")
    return entering.confirm(written, position, by=second)


def ballot_of(vote: Vote, person: Person) -> tuple[str, str] | None:
    """Position and way of a person's ballot."""
    found = Ballot.objects.filter(vote=vote, roll__person=person).first()
    return (found.position, found.way) if found is not None else None
