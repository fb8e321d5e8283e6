"""Whose positions are shown to whom, and when."""

from django.db.models import QuerySet

from core.models import Ballot, Person, Vote
from core.rules.positions import Rule


def get_shown_ballots(vote: Vote, person: Person) -> QuerySet[Ballot]:
    """Consensus shows positions as they are cast; any other vote once it is counted, before that only one's own."""
    ballots = Ballot.objects.filter(vote=vote).select_related("roll__person").order_by("changed_at", "pk")
    if vote.rule == Rule.CONSENSUS or vote.counted_at is not None:
        return ballots
    return ballots.filter(roll__person=person)
