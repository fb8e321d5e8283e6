"""Gathering the ballots of a vote, and storing its count, once."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from django.db import connection
from django.db.models import Count
from psycopg.types.json import Jsonb

from core.models import Aid, Ballot, OpenedBallots, Proposal, RollEntry, Vote
from core.queries.races import get_candidates, get_race
from core.record import Datum, label, label_of, record
from core.rules import alternatives, elections, merkle
from core.rules.choices import Choice, Marked, fits, marked, possible, read
from core.rules.counting import Outcome, Reason, decide
from core.rules.positions import Position, Rule
from core.rules.secrecy import COUNTED_AT_LEAST, Opened, listed, of_row

# All leaves of a vote as one value, in the order of their bytes: a row for each took more memory, and a cursor.
LEAVES = "SELECT string_agg(decode(leaf, 'hex'), '' ORDER BY leaf COLLATE \"C\") FROM core_ballot WHERE vote_id = %s"
# By positions alone, which is how nearly all votes are taken. No column is counted: the index alone answers that.
POSITIONS = "SELECT position, count(*) FROM core_ballot WHERE vote_id = %s AND position <> %s GROUP BY position"
# Written out, because every close pays for it: Django took longer to put it together than PostgreSQL to do it.
COUNTED = """
    UPDATE "core_vote" SET counted_at = %s, outcome = %s, reason = %s, tally = %s, first = %s, marks = %s,
        ballots_root = %s, listed = %s
    WHERE id = %s
"""
UNCOUNTED = frozenset({Outcome.OVERTAKEN, Outcome.VOID})
"""Outcomes of votes that decide nothing: boxes stay closed."""
TELLS_NOBODY = frozenset({Outcome.ADOPTED, Outcome.NO_QUORUM})
"""Outcomes whose reason tells no more than the outcome and the number of those who voted."""


def gather(vote: Vote) -> Counter[Choice]:
    """All ballots of a vote, equal ones together: positions, in elections choices. All that decides counts these.

    Those of a secret vote are as the signer opened them; before, there are none.
    """
    if vote.secret:
        return Counter(ballot.choice for ballot in opened(vote))
    if not vote.is_election and not vote.has_alternatives:
        with connection.cursor() as cursor:
            cursor.execute(POSITIONS, [vote.pk, Position.STRUCK.value])
            return Counter(dict(cursor.fetchall()))
    every, ballots = Count("*"), Ballot.objects.filter(vote=vote).counted().order_by()
    if vote.is_election:
        rows = ballots.values_list("choice").annotate(every=every)
        return Counter({read(value): number for value, number in rows})
    pairs = ballots.values_list("position", "choice").annotate(every=every)
    return Counter({marked(position, marks): number for position, marks, number in pairs})


def opened(vote: Vote) -> list[Opened]:
    """The opened ballots of a secret vote."""
    row = OpenedBallots.objects.filter(vote=vote).first()
    return [of_row(each) for each in row.ballots] if row else []


def are_ballots_of(vote: Vote) -> bool:
    """Whether all opened ballots are ballots of this vote, each with a show of its own where there are codes.

    The page takes no others. Who puts others into boxes past the page must not stop the count of everybody else.
    """
    ballots, candidates = opened(vote), get_candidates(vote)
    shows = {ballot.show for ballot in ballots}
    named = None not in shows and len(shows) == len(ballots) if vote.codes else shows <= {None}
    return named and all(fits(ballot.choice, Rule(vote.rule), candidates) for ballot in ballots)


def count(vote: Vote) -> dict[Position, int]:
    """The ballots by position; none of these is said in elections."""
    return {Position(str(choice)): number for choice, number in gather(vote).items()}


def write_count(vote: Vote, proposal: Proposal, *, at: datetime) -> Outcome:
    """Count a locked vote that is due, and store tally, outcome and what the record tells of its ballots."""
    if vote.is_election:
        elected = elections.decide(gather(vote), vote.terms, get_race(vote))
        tally = elected.tally | {"elected": list(elected.numbers)}
        store(vote, proposal, tally, elected.outcome, elected.reason, at=at)
        return elected.outcome
    if vote.has_alternatives:
        return write_first(vote, proposal, at=at)
    counts = count(vote)
    result = decide(counts, vote.terms)
    store(vote, proposal, counts, result.outcome, result.reason, at=at)
    return result.outcome


def write_first(vote: Vote, proposal: Proposal, *, at: datetime) -> Outcome:
    """The same where there are several texts: the first of them, and what the rule says of it alone."""
    cast = {ballot: number for ballot, number in gather(vote).items() if isinstance(ballot, Marked)}
    decided = alternatives.decide_first(cast, get_candidates(vote), bytes.fromhex(vote.seed), vote.terms)
    vote.first = decided.first.number
    vote.marks = {str(number): papers for number, papers in decided.first.marks.items()}
    store(vote, proposal, decided.tally, decided.result.outcome, decided.result.reason, at=at)
    return decided.result.outcome


def store_undecided(vote: Vote, proposal: Proposal, outcome: Outcome, reason: Reason, *, at: datetime) -> None:
    """Write the end of a vote that decides nothing: what was cast is kept; of an election only how many chose.

    Open ballots are counted all the same, boxes are never opened. Of several texts none is first, so that there is
    nothing to count positions on.
    """
    ballots: Counter[Choice] = Counter() if vote.secret or vote.has_alternatives else gather(vote)
    counts = {"ballots": ballots.total()} if vote.is_election else {str(said): n for said, n in ballots.items()}
    store(vote, proposal, counts, outcome, reason, at=at)


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
    vote.counted_at = at
    vote.outcome = outcome.value
    vote.reason = reason.value
    vote.tally = {str(name): number for name, number in tally.items()}
    told = tell_secret(vote, outcome) if vote.secret else tell_open(vote)
    keep_count(vote)
    if vote.secret:
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
        **tell_elected(vote),
        **tell_first(vote),
    )


def keep_count(vote: Vote) -> None:
    """Write all that a count says."""
    tally, marks, shown = (None if value is None else Jsonb(value) for value in (vote.tally, vote.marks, vote.listed))
    said: list[Any] = [vote.counted_at, vote.outcome, vote.reason, tally, vote.first, marks, vote.ballots_root, shown]
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, [*said, vote.pk])


def tell_open(vote: Vote) -> dict[str, Datum]:
    """What the record says of an open vote: the tally, and the root over its ballots."""
    with connection.cursor() as cursor:
        cursor.execute(LEAVES, [vote.pk])
        joined = bytes(cursor.fetchone()[0] or b"")
    vote.ballots_root = merkle.root([joined[at : at + 32] for at in range(0, len(joined), 32)]).hex()
    return {"tally": dict(vote.tally or {}), "ballots": vote.ballots_root}


def tell_secret(vote: Vote, outcome: Outcome) -> dict[str, Datum]:
    """What page and record say of a secret vote: who voted, and the ballots as far as they may be read.

    With fewer than five ballots it is the outcome alone, and why is not told either: "a tie" would tell of each. Of an
    election the outcome is who is elected, in the order of their numbers: the order of election would tell more.
    """
    if outcome in UNCOUNTED:
        vote.tally = {}
        return {"voted": None, "list": None, "tally": None}
    ballots = opened(vote)
    shown = cast("Datum", listed(ballots, possible(Rule(vote.rule), get_candidates(vote))))
    vote.listed = shown
    few = len(ballots) < COUNTED_AT_LEAST
    if few:
        vote.tally = {"elected": sorted((vote.tally or {})["elected"])} if vote.is_election else {}
        vote.reason = vote.reason if outcome in TELLS_NOBODY else Reason.FEW.value
    voters = RollEntry.objects.filter(vote=vote, used=True).select_related("membership")
    labels = [label(entry.membership) for entry in voters]
    told: dict[str, Datum] = {
        "voted": [*sorted(labels)],
        "list": shown,
        "tally": None if few else dict(vote.tally or {}),
    }
    return told | tell_helped(vote)


def tell_helped(vote: Vote) -> dict[str, Datum]:
    """Who sat at the helper desk with whom, of those who voted: told with the count; nothing where nobody did."""
    aids = Aid.objects.filter(vote=vote, roll__used=True).select_related("roll__membership", "helper", "vote")
    body = vote.proposal.body
    pairs = sorted([label(each.roll.membership), label_of(each.helper, body)] for each in aids)
    return {"helped": [[*pair] for pair in pairs]} if pairs else {}


def tell_elected(vote: Vote) -> dict[str, Datum]:
    """What the record says of an election besides: who is elected, and the seed that was sealed before."""
    if not vote.is_election:
        return {}
    return {"elected": [*(vote.tally or {}).get("elected", [])], "seed": vote.seed}


def tell_first(vote: Vote) -> dict[str, Datum]:
    """What the record says besides of a vote between several texts: the first, who marked which, and the seed."""
    if vote.first is None:
        return {}
    return {"first": vote.first, "marks": dict(vote.marks or {}), "seed": vote.seed}
