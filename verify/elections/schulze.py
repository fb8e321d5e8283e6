"""Schulze's method for one seat, with winning votes; "none of these" is a candidate like the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .lots import in_order


def count(ballots: Mapping[tuple[int, ...], int], candidates: int, seed: bytes) -> tuple[list[int], dict[str, Any]]:
    """Who wins, and the table of pairs."""
    everybody = range(candidates + 1)
    last = candidates + 1
    pairs = [[0 for _other in everybody] for _one in everybody]
    for choice, papers in ballots.items():
        place = {number: choice.index(number) if number in choice else last for number in everybody}
        for one in everybody:
            for other in everybody:
                if place[one] < place[other]:
                    pairs[one][other] += papers
    return winner(pairs, seed), {"pairs": pairs}


def winner(pairs: list[list[int]], seed: bytes) -> list[int]:
    """Who wins, given how many ballots prefer one to the other: whoever no other beats, or one of them by lot."""
    everybody = range(len(pairs))
    unbeaten = [one for one in everybody if all(_holds(pairs, one, other) for other in everybody)]
    return in_order(seed, "schulze", unbeaten)[:1]


def _holds(pairs: list[list[int]], one: int, other: int) -> bool:
    return one == other or _strongest(pairs, one, other) >= _strongest(pairs, other, one)


def _strongest(pairs: list[list[int]], start: int, goal: int) -> int:
    """The widest way from one candidate to another: the most ballots that each step of it has at least."""
    width = dict.fromkeys(range(len(pairs)), 0)
    width[start] = sum(map(sum, pairs)) + 1
    left = set(width)
    while left:
        here = max(left, key=lambda number: width[number])
        left.discard(here)
        if here == goal:
            break
        for onward in left:
            if pairs[here][onward] > pairs[onward][here]:
                width[onward] = max(width[onward], min(width[here], pairs[here][onward]))
    return width[goal]
