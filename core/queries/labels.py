"""Bodies somebody has left, and what became of their label there."""

from dataclasses import dataclass
from datetime import datetime

from core.models import Body, Membership, Person


@dataclass(frozen=True, slots=True)
class Left:
    """A membership that has ended; `hidden` is what the form names it by."""

    body: Body
    ended_at: datetime | None
    forget_asked_at: datetime | None
    forgotten_at: datetime | None
    hidden: dict[str, int]


def get_left(person: Person) -> list[Left]:
    """The latest first. One statement."""
    rows = Membership.objects.filter(person=person, ended_at__isnull=False).select_related("body")
    return [
        Left(row.body, row.ended_at, row.forget_asked_at, row.forgotten_at, {"membership": row.pk})
        for row in rows.order_by("-ended_at", "-pk")
    ]
