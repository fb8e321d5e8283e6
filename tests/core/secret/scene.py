"""A council of eight, large enough for secret votes, whose signer has keys; and a recall that is open in it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection

from core.actions import opening
from core.models import Body, Mandate, Person, Vote
from core.signer import votes
from tests import village

NAMES = ("ana", "bruno", "eva", "farid", "gina", "hugo", "ines", "jonas")


@dataclass
class Court:
    """Its members, with bruno the delegate; carla belongs to another council, dario to none."""

    body: Body
    people: list[Person]
    carla: Person
    dario: Person
    mandate: Mandate

    @property
    def ana(self) -> Person:
        """Who opens things."""
        return self.people[0]

    @property
    def bruno(self) -> Person:
        """The delegate."""
        return self.people[1]

    @property
    def eva(self) -> Person:
        """A member."""
        return self.people[2]


def make_court(**numbers: Any) -> Court:
    """The council; bruno holds a mandate in it."""
    people = village.make_people(*NAMES, "carla", "dario", "kemal", "lena")
    body = village.make_council("Cedar Court", people[:8], **numbers)
    village.make_council("Birch Street", [people[8], *people[10:]])
    mandate = village.make_mandate(body, people[:8], people[1], author=people[0])
    return Court(body, people[:8], people[8], people[9], mandate)


def recall(court: Court, keys: int = 2) -> Vote:
    """An open secret recall of bruno's mandate."""
    votes.stock(keys)
    return village.open_recall(court.mandate, court.ana)


def at_commit() -> None:
    """What the database judges when a transaction commits, judged now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def removal(court: Court, person: Person) -> Vote:
    """An open secret vote on the removal of a member."""
    votes.stock(2)
    proposal = village.make_proposal(
        court.body, court.ana, kind="removal", subject=village.membership(court.body, person), title="Remove"
    )
    village.move_clock(timedelta(days=8))
    return opening.open_vote(proposal, by=court.ana)
