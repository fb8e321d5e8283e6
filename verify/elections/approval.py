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
    seated = seats_of(approvals, sum(ballots.values()), seats, seed, floor)
    return seated, {"approvals": {str(number): papers for number, papers in approvals.items()}}


def seats_of(approvals: Mapping[int, int], ballots: int, seats: int, seed: bytes, floor: int) -> list[int]:
    """Who has a seat, given the approvals of each and how many ballots there are."""
    enough = [number for number in approvals if approvals[number] > ballots // 2 and approvals[number] >= floor]
    drawn = in_order(seed, "approval", _at_the_edge(approvals, enough, seats))
    first = sorted(enough, key=lambda number: (-approvals[number], drawn.index(number) if number in drawn else 0))
    return first[:seats]


def _at_the_edge(approvals: Mapping[int, int], enough: list[int], seats: int) -> list[int]:
    """Those with as many approvals as the last seat takes, if they are more than the seats left for them."""
    counts = sorted((approvals[number] for number in enough), reverse=True)
    too_many = len(counts) > seats and counts[seats - 1] == counts[seats]
    return [number for number in enough if too_many and approvals[number] == counts[seats - 1]]
