"""Approval: a seat needs more than half of the ballots, and the most approved come first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .lots import in_order


def count(
    ballots: Mapping[tuple[int, ...], int], candidates: int, seats: int, seed: bytes, floor: int
) -> tuple[list[int], dict[str, Any]]:
    """Who has a seat, and the approvals by candidate."""
    approvals = dict.fromkeys(range(1, candidates + 1), 0)
    for choice, papers in ballots.items():
        for number in choice:
            if number:
                approvals[number] += papers
    half = sum(ballots.values()) // 2
    enough = [number for number in approvals if approvals[number] > half and approvals[number] >= floor]
    drawn = in_order(seed, "approval", _at_the_edge(approvals, enough, seats))
    first = sorted(enough, key=lambda number: (-approvals[number], drawn.index(number) if number in drawn else 0))
    return first[:seats], {"approvals": {str(number): papers for number, papers in approvals.items()}}


def _at_the_edge(approvals: Mapping[int, int], enough: list[int], seats: int) -> list[int]:
    """Those with as many approvals as the last seat takes."""
    counts = sorted((approvals[number] for number in enough), reverse=True)
    return [number for number in enough if len(counts) > seats and approvals[number] == counts[seats - 1]]
