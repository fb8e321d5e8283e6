"""The register: what is in force, what ended, what is to be looked at again."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from core.models import Body, Proposal, Vote
from core.queries.proposals import REVIEW_SOON
from core.readers import marks_of
from core.rules.counting import Outcome, Reason
from core.rules.positions import Rule
from core.words import outcomes

PAGE = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One decision and how it was taken, in words; and what has come of it since."""

    proposal: Proposal
    said: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """One page of the register with the numbers of its tabs."""

    page: Page[Proposal]
    rows: list[Row]
    in_force: int
    review: int
    ended: int


def get_register(body: Body, *, tab: str, words: str, page: str | None, at: datetime) -> Register:
    """Decisions of a body. Four statements, whatever their number."""
    kept = Proposal.objects.filter(body=body, stands=True)
    tabs = _tabs(at)
    numbers = kept.aggregate(**{name: Count("pk", filter=which) for name, which in tabs.items()})
    found = kept.filter(tabs[tab])
    if words:
        found = found.filter(Q(title__icontains=words) | Q(votes__text__text__icontains=words)).distinct()
    rows = Paginator(_in_order(found, tab).select_related("replaces", "confirmation"), PAGE).get_page(page)
    return Register(page=rows, rows=_with_outcomes(list(rows.object_list)), **numbers)


def _tabs(at: datetime) -> dict[str, Q]:
    soon = timezone.localdate(at) + REVIEW_SOON
    return {
        "in_force": Q(ended_at__isnull=True),
        "review": Q(ended_at__isnull=True, review_on__lte=soon),
        "ended": Q(ended_at__isnull=False),
    }


def _in_order(found: QuerySet[Proposal], tab: str) -> QuerySet[Proposal]:
    order = {"in_force": "-closed_at", "review": "review_on", "ended": "-ended_at"}
    return found.order_by(order[tab], "-pk")


def _with_outcomes(proposals: list[Proposal]) -> list[Row]:
    votes = Vote.objects.without_lists().filter(proposal__in=proposals, counted_at__isnull=False)
    latest = {vote.proposal_id: vote for vote in votes.order_by("proposal", "-number").distinct("proposal")}
    marks = marks_of(proposals)
    return [Row(each, told(latest[each.pk]) if each.pk in latest else "", marks.get(each.pk, "")) for each in proposals]


def told(vote: Vote) -> str:
    """The outcome of a counted vote in words."""
    if not vote.tells_counts:
        return outcomes.tell_alone(Outcome(vote.outcome), Rule(vote.rule))
    return outcomes.tell(Outcome(vote.outcome), Reason(vote.reason), vote.counts, vote.terms)
