"""Deciding an election: quorum, the count of its method, the floor, and the seats that stay vacant (DESIGN section 3).

In favour of a candidate are, with approval, the ballots that approve them; with rankings, the ballots that name them,
unless they name "none of these" before. Nobody is elected with fewer in favour than the floor (DESIGN 3.10), and a seat
that "none of these" wins stays vacant.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.rules import approval, schulze, stv
from core.rules.choices import NONE_OF_THESE, Choice, fits
from core.rules.counting import Outcome, Reason, floor, quorum_needed
from core.rules.lots import Lot
from core.rules.positions import Rule
from core.rules.terms import VoteTerms

Rankings = Mapping[tuple[int, ...], int]


@dataclass(frozen=True, slots=True)
class Race:
    """What an election fills, and with what lots: candidates 1 to `candidates`, seats, the seed of 32 bytes."""

    candidates: int
    seats: int
    seed: bytes


@dataclass(frozen=True, slots=True)
class Elected:
    """A decided election. `numbers` of those elected, in the order of election; `tally` as it is stored."""

    outcome: Outcome
    reason: Reason
    took_part: int
    numbers: tuple[int, ...]
    tally: dict[str, Any]


def decide(ballots: Mapping[Choice, int], terms: VoteTerms, race: Race) -> Elected:
    """Decide an election by the terms its vote opened with. Raises `ValueError` for a count that cannot be."""
    chosen = check(ballots, terms, race)
    took_part = sum(chosen.values())
    least = floor(terms.roll_size)
    seated, tally = count(chosen, terms.rule, race, least)
    favour = {number: in_favour(chosen, terms.rule, number) for number in range(1, race.candidates + 1)}
    tally |= {"ballots": took_part, "favour": {str(number): papers for number, papers in favour.items()}}
    numbers = tuple(number for number in seated if number != NONE_OF_THESE and favour[number] >= least)
    if took_part < quorum_needed(terms):
        return Elected(Outcome.NO_QUORUM, Reason.NO_QUORUM, took_part, (), tally)
    if not numbers:
        return Elected(Outcome.NOT_ADOPTED, Reason.NOBODY_ELECTED, took_part, (), tally)
    return Elected(Outcome.ADOPTED, Reason.ADOPTED, took_part, numbers, tally)


def check(ballots: Mapping[Choice, int], terms: VoteTerms, race: Race) -> dict[tuple[int, ...], int]:
    """The ballots, all of them choices of this election. Raises `ValueError` otherwise."""
    if race.candidates < 1 or race.seats < 1 or (terms.rule == Rule.SCHULZE and race.seats != 1):
        raise ValueError("an election that cannot be")
    if any(papers < 0 for papers in ballots.values()) or sum(ballots.values()) > terms.roll_size:
        raise ValueError("more ballots than electors, or fewer than none")
    chosen = {}
    for choice, papers in ballots.items():
        if not isinstance(choice, tuple) or not fits(choice, terms.rule, race.candidates):
            raise ValueError("a ballot of another election")
        chosen[choice] = papers
    return chosen


def in_favour(ballots: Rankings, rule: Rule, number: int) -> int:
    """How many ballots are for a candidate rather than for nobody."""
    return sum(papers for choice, papers in ballots.items() if number in before_none(choice, rule))


def before_none(choice: tuple[int, ...], rule: Rule) -> tuple[int, ...]:
    """The candidates a ballot wants: all it approves, or ranks before "none of these"."""
    if rule == Rule.APPROVAL or NONE_OF_THESE not in choice:
        return choice
    return choice[: choice.index(NONE_OF_THESE)]


def count(ballots: Rankings, rule: Rule, race: Race, least: int) -> tuple[tuple[int, ...], dict[str, Any]]:
    """Who has the seats by the method alone ("none of these" may be among them), and the count as it is stored."""
    numbers = range(race.candidates + 1)
    if rule == Rule.APPROVAL:
        approved = approval.count(ballots, race.candidates, race.seats, race.seed, least=least)
        return approved.elected, of_approval(approved)
    if rule == Rule.SCHULZE:
        ranked = schulze.count(ballots, numbers, race.seed)
        return (ranked.winner,), of_schulze(ranked, race.candidates)
    counted = stv.count(ballots, numbers, race.seats, race.seed)
    return counted.elected, of_stv(counted)


def of_approval(counted: approval.ApprovalCount) -> dict[str, Any]:
    """An approval count in JSON: whole numbers by candidate."""
    return {
        "approvals": {str(number): papers for number, papers in counted.approvals.items()},
        "needed": counted.needed,
        "lot": of_lot(counted.lot),
    }


def of_schulze(counted: schulze.SchulzeCount, candidates: int) -> dict[str, Any]:
    """A Schulze count in JSON: two square tables from "none of these" on, zeros where a candidate meets itself."""
    numbers = range(candidates + 1)
    return {
        "pairs": [[counted.pairs.get((one, other), 0) for other in numbers] for one in numbers],
        "paths": [[counted.paths.get((one, other), 0) for other in numbers] for one in numbers],
        "unbeaten": list(counted.unbeaten),
        "winner": counted.winner,
        "lot": of_lot(counted.lot),
    }


def of_stv(counted: stv.StvCount) -> dict[str, Any]:
    """A count by stages in JSON: votes and values in 1/100,000, the quota in whole votes."""
    return {
        "quota": counted.quota,
        "seated": list(counted.elected),
        "stages": [
            {
                "step": stage.step.value,
                "who": stage.turn.who,
                "tie_stage": stage.turn.tie_stage,
                "lot": of_lot(stage.turn.lot),
                "moves": [[move.to, move.value, move.papers] for move in stage.moves],
                "votes": {str(number): votes for number, votes in stage.votes.items()},
                "not_transferable": stage.not_transferable,
                "elected": list(stage.elected),
            }
            for stage in counted.stages
        ],
    }


def of_lot(lot: Lot | None) -> dict[str, Any] | None:
    """A draw in JSON."""
    return None if lot is None else {"label": lot.label, "among": list(lot.among), "order": list(lot.order)}
