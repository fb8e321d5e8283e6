"""Which bodies a person reads: those they are a member of, and those that a pillar names."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from .bodies import Membership
from .people import Person

READ_BESIDE: list[Callable[[Person], Any]] = []
"""The keys of bodies that a person reads without being their member, as part of a statement (core.readers)."""


def read_by(person: Person, field: str = "body") -> Q:
    """What belongs to bodies that a person reads: as a member, or because a pillar says so."""
    seen = Q(**{f"{field}__in": Membership.objects.reading().filter(person=person).values("body")})
    for bodies in READ_BESIDE:
        seen |= Q(**{f"{field}__in": bodies(person)})
    return seen
