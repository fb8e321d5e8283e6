"""Referrals: whatever a confederation is to decide is asked of all bodies below it, three questions at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from confederation.models import Forward, Referral, Station
from confederation.queries.tree import get_places
from confederation.rules import timing
from confederation.rules.tree import Place, by_above, levels, tiers
from core.actions.opening import columns
from core.actions.steps import require_step
from core.locks import Touched, take
from core.models import Body, Charter, Proposal, Stage
from core.queries.charters import get_charter
from core.record import in_utc, record
from core.registry import matter_of
from core.rules.terms import Matter, terms_for
from core.timekeeping import folkmoot_now

ROWS_AT_ONCE = 2000
OWN_TERMS = frozenset({Matter.CHARTER, Matter.RECALL})
"""Matters that bodies decide by terms of their own; all others by those for ordinary ones."""


def waiting() -> "QuerySet[Proposal]":
    """What confederations have before them and have not asked yet, the oldest first. Of people, bodies elect nobody."""
    open_now = Proposal.objects.filter(stage=Stage.DISCUSSION, body__kind=Body.Kind.CONFEDERATION)
    return open_now.filter(body__ended_at__isnull=True).exclude(kind="election").order_by("discussion_at", "pk")


def to_begin(_at: datetime) -> Iterable[int]:
    """The keys of what waits to be asked."""
    return [proposal.pk for proposal in waiting()]


@transaction.atomic
def begin(proposal_id: int) -> bool:
    """Ask all bodies below, if it is its turn. Idempotent; called by settle()."""
    proposal = Proposal.objects.get(pk=proposal_id)
    recalled = frozenset([proposal.mandate_id] if proposal.mandate_id else [])
    taken = take(proposal.body_id, Touched(mandates=recalled, proposals=frozenset([proposal_id])))
    proposal, at = taken.proposals[proposal_id], folkmoot_now()
    if proposal.stage != Stage.DISCUSSION or taken.body.ended_at is not None:
        return False
    matter = matter_of(proposal)
    referral, _fresh = Referral.objects.get_or_create(proposal=proposal, defaults={"matter": matter.value})
    if matter != Matter.RECALL and not has_a_place(proposal):
        return False
    put_down(referral, proposal, taken.body, at=at)
    return True


def has_a_place(proposal: Proposal) -> bool:
    """Whether one of the three places of its confederation is free, and nothing older waits for it."""
    others = Referral.objects.filter(proposal__body=proposal.body_id).exclude(matter=Matter.RECALL.value)
    if others.open().filter(proposal__stage=Stage.VOTING).count() >= timing.OPEN_AT_MOST:
        return False
    older = (each.pk for each in waiting().filter(body=proposal.body_id).exclude(kind="recall")[:1])
    return next(older, None) == proposal.pk


def put_down(referral: Referral, proposal: Proposal, body: Body, *, at: datetime) -> None:
    """Freeze whom it asks and until when. Each body's own proposal is made afterwards (`asking`)."""
    require_step(proposal, Stage.VOTING)
    closes_at = at + lasts(proposal, body)
    referral.asked_at, referral.base_closes_at = at, closes_at
    referral.save(update_fields=["asked_at", "base_closes_at"])
    proposal.stage = Stage.VOTING
    proposal.save(update_fields=["stage"])
    asked = freeze(referral, body, closes_at, at=at)
    record(
        "referral.asked",
        body,
        by=None,
        at=at,
        proposal=proposal.pk,
        matter=referral.matter,
        version=proposal.texts.order_by("-number").values_list("number", flat=True)[0],
        closes=in_utc(closes_at),
        bodies=asked,
    )


def lasts(proposal: Proposal, body: Body) -> timedelta:
    """How long the bodies at the base have: as long as who forwarded it asks; for a recall as the charter says."""
    if proposal.kind == "recall":
        return timedelta(hours=get_charter(body).recall_hours)
    forward = Forward.objects.filter(made=proposal).first()
    return timedelta(days=forward.days) if forward is not None else timing.LASTS_AT_LEAST


@dataclass(frozen=True, slots=True)
class Plan:
    """What all rows of a referral are written from: who stands under whom, at which level, and the charters above."""

    referral: Referral
    closes_at: datetime
    below: Mapping[int, Sequence[Place]]
    level: Mapping[int, int]
    charters: Mapping[int, Charter]


def freeze(referral: Referral, body: Body, closes_at: datetime, *, at: datetime) -> int:
    """Write one station for each body on the way, from the top down; how many at the base are asked."""
    below = by_above(get_places(body.pk, at=at))
    found = tiers(Place(body=body.pk, confederation=True), below)
    charters = in_force(place.body for tier in found for place in tier if place.confederation)
    plan = Plan(referral, closes_at, below, levels(found), charters)
    made: dict[int, Station] = {}
    for tier in found:
        rows = [station(plan, place, made.get(place.above or 0)) for place in tier]
        made |= {row.body_id: row for row in Station.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)}
    return sum(row.level == 0 for row in made.values())


def in_force(bodies: Iterable[int]) -> dict[int, Charter]:
    """The charters of confederations, by the keys of these."""
    known = Charter.objects.filter(body__in=list(bodies), in_force_at__isnull=False)
    newest = known.order_by("body_id", "-in_force_at", "-number").distinct("body_id")
    return {charter.body_id: charter for charter in newest}


def station(plan: Plan, place: Place, above: Station | None) -> Station:
    """The row of one body; a confederation's carries the terms by which it decides."""
    level = plan.level[place.body]
    row = Station(
        referral=plan.referral,
        body_id=place.body,
        above=above,
        seat_id=place.seat,
        level=level,
        counts=place.counts,
        closes_at=timing.closes(plan.closes_at, level),
    )
    if place.confederation:
        row.charter = plan.charters[place.body]
        row.bodies = sum(each.counts for each in plan.below.get(place.body, ()))
        matter = Matter(plan.referral.matter)
        terms = terms_for(matter if matter in OWN_TERMS else Matter.ORDINARY, row.charter.numbers, row.bodies)
        for name, value in columns(terms).items():
            setattr(row, name, value)
    return row
