"""Approval: each ballot approves any of the candidates; a seat needs more than half of the ballots (DESIGN section 3).

"None of these" is a ballot that approves nobody: it counts among the ballots.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from core.rules.lots import Lot, draw

LABEL = "approval"


@dataclass(frozen=True, slots=True)
class ApprovalCount:
    """The approvals of each candidate, how many a seat needs, and who has one, the most approved first."""

    ballots: int
    approvals: dict[int, int]
    needed: int
    elected: tuple[int, ...]
    lot: Lot | None


def count(
    ballots: Mapping[tuple[int, ...], int], candidates: int, seats: int, seed: bytes, *, least: int = 0
) -> ApprovalCount:
    """Count approvals. `least` is the fewest with which anybody has a seat, whatever half of the ballots is.

    If equals are more than the seats left for them, the lot decides between these.
    """
    cast = sum(ballots.values())
    approvals = {
        number: sum(papers for choice, papers in ballots.items() if number in choice)
        for number in range(1, candidates + 1)
    }
    needed = max(cast // 2 + 1, least)
    enough = [number for number, approved in approvals.items() if approved >= needed]
    ranked = sorted(enough, key=lambda number: -approvals[number])
    lot = None
    if len(ranked) > seats:
        last = approvals[ranked[seats - 1]]
        surely = [number for number in ranked if approvals[number] > last]
        equals = [number for number in ranked if approvals[number] == last]
        if len(surely) + len(equals) > seats:
            lot = draw(seed, LABEL, equals)
            equals = list(lot.order)
        ranked = [*surely, *equals][:seats]
    return ApprovalCount(cast, approvals, needed, tuple(ranked), lot)
