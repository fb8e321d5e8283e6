"""Storing the count of a vote, once."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count

from core.models import Ballot, Proposal, Vote
from core.record import record
from core.rules import merkle
from core.rules.counting import Outcome, Reason, Result, decide
from core.rules.positions import Position


def count(vote: Vote) -> dict[Position, int]:
    """The ballots by position."""
    every = Count("*")  # and not a column: the index alone answers that
    rows = Ballot.objects.filter(vote=vote).values_list("position").annotate(every=every).order_by()
    return {Position(position): number for position, number in rows}


def write_count(vote: Vote, proposal: Proposal, *, at: datetime) -> Result:
    """Count a locked vote that is due, and store tally, outcome and the root of its ballots."""
    tally = count(vote)
    result = decide(tally, vote.terms)
    store(vote, proposal, tally, result.outcome, result.reason, at=at)
    return result


def store(
    vote: Vote,
    proposal: Proposal,
    tally: Mapping[Position, int],
    outcome: Outcome,
    reason: Reason,
    *,
    at: datetime,
) -> None:
    """Write the count of a vote; the database lets this happen once."""
    leaves = Ballot.objects.filter(vote=vote).order_by("leaf").values_list("leaf", flat=True)
    vote.counted_at = at
    vote.outcome = outcome.value
    vote.reason = reason.value
    vote.tally = {position.value: number for position, number in tally.items()}
    vote.ballots_root = merkle.root([bytes.fromhex(leaf) for leaf in leaves.iterator(chunk_size=5000)]).hex()
    vote.save(update_fields=["counted_at", "outcome", "reason", "tally", "ballots_root"])
    record(
        "vote.counted",
        proposal.body,
        by=None,
        at=at,
        proposal=proposal.pk,
        vote=vote.number,
        outcome=vote.outcome,
        reason=vote.reason,
        tally=dict(vote.tally),
        roll=vote.roll_size,
        ballots=vote.ballots_root,
    )
