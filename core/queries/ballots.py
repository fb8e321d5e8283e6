"""The vote that is given to now; whose positions are shown to whom, and when."""

from typing import Any

from django.db.models import QuerySet

from core.models import Ballot, Person, Vote
from core.rules.positions import Rule

# Members of a body see all that is voted on in it. Written out, because every ballot pays for it.
LATEST = """
    SELECT vote.*, EXISTS (
        SELECT FROM core_membership m WHERE m.body_id = proposal.body_id AND m.person_id = %s AND m.ended_at IS NULL
    ) AS among_members
    FROM core_vote vote JOIN core_proposal proposal ON proposal.id = vote.proposal_id
    WHERE vote.proposal_id = %s ORDER BY vote.number DESC LIMIT 1
"""


def get_latest_vote(proposal_id: int, person: Person) -> tuple[Vote | None, bool]:
    """The latest vote on a proposal, and whether the person is a member of its body now; neither without a vote."""
    for vote in Vote.objects.raw(LATEST, [person.pk, proposal_id]):
        found: Any = vote
        return vote, found.among_members
    return None, False


def get_shown_ballots(vote: Vote, person: Person) -> QuerySet[Ballot]:
    """Consensus shows positions as they are cast; any other vote once it is counted, before that only one's own."""
    ballots = Ballot.objects.filter(vote=vote).select_related("roll__person").order_by("changed_at", "pk")
    if vote.rule == Rule.CONSENSUS or vote.counted_at is not None:
        return ballots
    return ballots.filter(roll__person=person)
