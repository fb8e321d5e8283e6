"""Gathering the ballots of a vote, and storing its count, once."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import cast

from django.db.models import Count

from core.models import Ballot, OpenedBallots, Proposal, RollEntry, Vote
from core.record import Datum, label, record
from core.rules import merkle
from core.rules.choices import Choice, possible
from core.rules.counting import Outcome, Reason, Result, decide
from core.rules.positions import Position, Rule
from core.rules.secrecy import COUNTED_AT_LEAST, Opened, listed, of_row

UNCOUNTED = frozenset({Outcome.OVERTAKEN, Outcome.VOID})
"""Outcomes of votes that decide nothing: boxes stay closed."""
TELLS_NOBODY = frozenset({Outcome.ADOPTED, Outcome.NO_QUORUM})
"""Outcomes whose reason tells no more than the outcome and the number of those who voted."""


def gather(vote: Vote) -> Counter[Choice]:
    """The ballots of a vote, as many of each. Those of a secret vote as the signer opened them; none before."""
    if vote.secret:
        return Counter(ballot.choice for ballot in opened(vote))
    rows = Ballot.objects.filter(vote=vote).values_list("position").annotate(Count("pk")).order_by()
    return Counter(dict(rows))


def opened(vote: Vote) -> list[Opened]:
    """The opened ballots of a secret vote."""
    row = OpenedBallots.objects.filter(vote=vote).first()
    return [of_row(each) for each in row.ballots] if row else []


def count(vote: Vote) -> dict[Position, int]:
    """The ballots by position."""
    return {Position(str(choice)): number for choice, number in gather(vote).items()}


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
    vote.counted_at = at
    vote.outcome = outcome.value
    vote.reason = reason.value
    vote.tally = {position.value: number for position, number in tally.items()}
    told = tell_secret(vote, outcome) if vote.secret else tell_open(vote)
    vote.save(update_fields=["counted_at", "outcome", "reason", "tally", "ballots_root", "listed"])
    OpenedBallots.objects.filter(vote=vote).delete()
    record(
        "vote.counted",
        proposal.body,
        by=None,
        at=at,
        texts=None,
        proposal=proposal.pk,
        vote=vote.number,
        outcome=vote.outcome,
        reason=vote.reason,
        roll=vote.roll_size,
        **told,
    )


def tell_open(vote: Vote) -> dict[str, Datum]:
    """What the record says of an open vote: the tally, and the root over its ballots."""
    leaves = Ballot.objects.filter(vote=vote).order_by("leaf").values_list("leaf", flat=True)
    vote.ballots_root = merkle.root([bytes.fromhex(leaf) for leaf in leaves.iterator(chunk_size=5000)]).hex()
    return {"tally": dict(vote.tally or {}), "ballots": vote.ballots_root}


def tell_secret(vote: Vote, outcome: Outcome) -> dict[str, Datum]:
    """What page and record say of a secret vote: who voted, and the ballots as far as they may be read.

    With fewer than five ballots it is the outcome alone, and why is not told either: "a tie" would tell of each.
    """
    if outcome in UNCOUNTED:
        vote.tally = {}
        return {"voted": None, "list": None, "tally": None}
    ballots = opened(vote)
    shown = cast("Datum", listed(ballots, possible(Rule(vote.rule), candidates=0)))
    vote.listed = shown
    if len(ballots) < COUNTED_AT_LEAST:
        vote.tally = {}
        vote.reason = vote.reason if outcome in TELLS_NOBODY else Reason.FEW.value
    voters = RollEntry.objects.filter(vote=vote, used=True).select_related("membership")
    labels = [label(entry.membership) for entry in voters]
    return {"voted": [*sorted(labels)], "list": shown, "tally": dict(vote.tally or {}) or None}
