"""A council that becomes two, as its pages show it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from core.models import Body, Membership, Person, Proposal, Stage
from core.rules.ending import ends_on
from councils.models import Split


@dataclass(frozen=True, slots=True)
class Part:
    """One of the two, and how many have chosen it."""

    number: int
    name: str
    chosen: int


@dataclass(frozen=True, slots=True)
class SplitPage:
    """The two, who has not chosen yet, and the day on which it is done (once it is adopted)."""

    split: Split
    parts: list[Part]
    silent: int
    on: datetime | None
    open: bool
    mine: int | None = None


def get_split(proposal: Proposal, person: Person | None = None) -> SplitPage | None:
    """The split that a proposal would carry out."""
    split = Split.objects.filter(proposal=proposal).first()
    if split is None:
        return None
    standing = split.choices.filter(membership__ended_at=None)
    chosen = dict(standing.order_by().values_list("part").annotate(n=Count("pk")))
    members = Membership.objects.open().filter(body=proposal.body_id).count()
    decided_at = proposal.closed_at if proposal.stage == Stage.ADOPTED else None
    goes_on = decided_at is not None and proposal.ended_at is None and not proposal.effect
    return SplitPage(
        split=split,
        parts=[Part(number, name, chosen.get(number, 0)) for number, name in split.names.items()],
        silent=members - sum(chosen.values()),
        on=ends_on(decided_at) if decided_at is not None else None,
        open=split.done_at is None and (goes_on or proposal.is_live),
        mine=standing.filter(membership__person=person).values_list("part", flat=True).first() if person else None,
    )


def get_split_of(body: Body, person: Person) -> SplitPage | None:
    """The split of a council that is being decided or waits for its day, with the person's own choice."""
    found = Proposal.objects.filter(body=body, kind="split", split__done_at=None).order_by("-created_at")
    pages = (get_split(proposal, person) for proposal in found.exclude(stage=Stage.IDEA)[:3])
    return next((page for page in pages if page is not None and page.open), None)
