"""Storing the count of a vote, once."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count

from core.actions.elections import race_of
from core.models import Ballot, Proposal, Vote
from core.record import record
from core.rules import elections, merkle
from core.rules.choices import Choice, read
from core.rules.counting import Outcome, Reason, decide
from core.rules.positions import Position


def gather(vote: Vote) -> Counter[Choice]:
    """All ballots of a vote, equal ones together: positions, in elections choices. All that decides counts these."""
    said = "choice" if vote.is_election else "position"
    rows = Ballot.objects.filter(vote=vote).values_list(said).annotate(Count("pk")).order_by()
    return Counter({read(value) if vote.is_election else value: number for value, number in rows})


def count(vote: Vote) -> dict[Position, int]:
    """The ballots by position; none of these is said in elections."""
    return {Position(str(position)): number for position, number in gather(vote).items()}


def write_count(vote: Vote, proposal: Proposal, *, at: datetime) -> Outcome:
    """Count a locked vote that is due, and store tally, outcome and the root of its ballots."""
    if vote.is_election:
        elected = elections.decide(gather(vote), vote.terms, race_of(vote))
        tally = elected.tally | {"elected": list(elected.numbers)}
        store(vote, proposal, tally, elected.outcome, elected.reason, at=at)
        return elected.outcome
    counts = count(vote)
    result = decide(counts, vote.terms)
    store(vote, proposal, counts, result.outcome, result.reason, at=at)
    return result.outcome


def store_undecided(vote: Vote, proposal: Proposal, outcome: Outcome, reason: Reason, *, at: datetime) -> None:
    """Write the end of a vote that decides nothing: what was cast is kept; of an election only how many chose."""
    ballots = gather(vote)
    tally = (
        {"ballots": ballots.total()} if vote.is_election else {str(said): number for said, number in ballots.items()}
    )
    store(vote, proposal, tally, outcome, reason, at=at)


def store(
    vote: Vote,
    proposal: Proposal,
    tally: Mapping[Any, Any],
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
    vote.tally = {str(name): number for name, number in tally.items()}
    vote.ballots_root = merkle.root([bytes.fromhex(leaf) for leaf in leaves.iterator(chunk_size=5000)]).hex()
    vote.save(update_fields=["counted_at", "outcome", "reason", "tally", "ballots_root"])
    shown: dict[str, Any] = {"elected": vote.tally.get("elected", []), "seed": vote.seed} if vote.is_election else {}
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
        **shown,
    )
