"""The helper desk of a body: votes that are open, and cards that wait for a second member."""

from dataclasses import dataclass
from datetime import datetime

from core.models import Body, CardHandout, Person, Vote
from core.permissions.desk import can_welcome
from core.refusals import Verdict

SHOWN_AT_MOST = 40


@dataclass(frozen=True, slots=True)
class DeskPage:
    """What members see at the desk."""

    may: Verdict
    votes: list[Vote]
    waiting: list[CardHandout]


def get_desk(body: Body, person: Person, *, at: datetime) -> DeskPage:
    """Open votes, those that close first on top, and cards to give. Four statements."""
    votes = Vote.objects.open().without_lists().filter(proposal__body=body, closes_at__gt=at)
    waiting = CardHandout.objects.waiting().filter(body=body).select_related("person", "first__person")
    return DeskPage(
        may=can_welcome(person, body, at=at),
        votes=list(votes.select_related("proposal", "text").order_by("closes_at")[:SHOWN_AT_MOST]),
        waiting=list(waiting.order_by("asked_at")[:SHOWN_AT_MOST]),
    )
