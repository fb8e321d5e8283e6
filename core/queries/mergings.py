"""The mergings of accounts that are under way in a body."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.models import Body, Merging, Person
from core.permissions import mergings as may
from core.refusals import Verdict


@dataclass(frozen=True, slots=True)
class UnderWay:
    """One of them, with what the reader can do about it."""

    merging: Merging
    vouched: int
    mine: bool
    vouch: Verdict
    agree: Verdict


def get_mergings(body: Body, person: Person, at: datetime) -> Sequence[UnderWay]:
    """One statement where there are none, as nearly always."""
    open_ones = Merging.objects.filter(body=body, ended_at__isnull=True)
    rows = open_ones.select_related("body", "stays__person", "ends__person").prefetch_related("vouches__membership")
    return [under_way(merging, person, at) for merging in rows.order_by("asked_at")]


def under_way(merging: Merging, person: Person, at: datetime) -> UnderWay:
    """What the reader sees of one."""
    vouches = list(merging.vouches.all())
    mine = any(vouch.membership.person_id == person.pk for vouch in vouches)
    return UnderWay(
        merging=merging,
        vouched=len(vouches),
        mine=mine,
        vouch=may.can_vouch(person, merging, at=at),
        agree=may.can_agree(person, merging),
    )
