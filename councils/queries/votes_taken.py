"""Votes that were open while an assembly met: what came of them, how their ballots came, and all of it on paper."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from core.models import Vote
from core.queries.alternatives import with_texts
from core.queries.papers import Came, PrintedVote, get_printed, get_ways
from core.queries.standings import Standing, get_standing
from councils.models import Assembly


@dataclass(frozen=True, slots=True)
class Taken:
    """One vote on what stood on the agenda; how its ballots came is told once it is counted, and of open votes only."""

    vote: Vote
    standing: Standing
    ways: list[Came]


def votes_at(assembly: Assembly) -> QuerySet[Vote]:
    """Votes on proposals of its agenda that could be given at some time while it met, in the order of their opening."""
    if assembly.opened_at is None or assembly.closed_at is None:
        return Vote.objects.none()
    on_it = assembly.items.filter(proposal__isnull=False).values("proposal")
    votes = Vote.objects.filter(proposal__in=on_it, opened_at__lte=assembly.closed_at, closes_at__gt=assembly.opened_at)
    return votes.select_related("proposal", "charter", "text", "key").order_by("opened_at", "pk")


def get_votes_taken(assembly: Assembly, *, at: datetime) -> list[Taken]:
    """What the page of an assembly that is over shows of its votes. Two statements, however many there are."""
    votes = list(votes_at(assembly).defer("listed"))
    ways = get_ways(votes) if any(vote.counted_at for vote in votes) else {}
    return [Taken(vote, get_standing(vote, [], at=at), ways.get(vote.pk, [])) for vote in votes]


@dataclass(frozen=True, slots=True)
class OnPaper:
    """The votes of printed minutes: those that are counted with their lists, and those that are still open."""

    counted: list[PrintedVote]
    waiting: list[Vote]


def get_votes_on_paper(assembly: Assembly, *, at: datetime) -> OnPaper:
    """One statement, and three at most for each vote that is counted: a list for everybody who voted in it."""
    votes = list(with_texts(votes_at(assembly)))
    return OnPaper(
        counted=[get_printed(vote, at=at) for vote in votes if vote.counted_at is not None],
        waiting=[vote for vote in votes if vote.counted_at is None],
    )
