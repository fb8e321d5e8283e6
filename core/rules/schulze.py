"""Schulze's method for one seat, with winning votes (M. Schulze, "A new monotonic ... election method", 2011).

A ballot ranks any of the candidates; those it does not rank stand behind all ranked ones, level with each other. "None
of these" is a candidate like any other. Whoever no other candidate beats along the strongest path can have the seat;
the lot decides between several.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.rules.lots import Lot, draw

LABEL = "schulze"
Table = dict[tuple[int, int], int]
"""A number for each ordered pair of candidates: of ballots that prefer the first, or of the strength of a path."""


@dataclass(frozen=True, slots=True)
class SchulzeCount:
    """How many ballots prefer one candidate to another, the strongest paths, who can win, and who does."""

    ballots: int
    pairs: Table
    paths: Table
    unbeaten: tuple[int, ...]
    winner: int
    lot: Lot | None


def count(ballots: Mapping[tuple[int, ...], int], candidates: Sequence[int], seed: bytes) -> SchulzeCount:
    """Count rankings of these candidates, of whom there is at least one."""
    pairs = preferred(ballots, candidates)
    paths = strongest(pairs, candidates)
    unbeaten = sorted(one for one in candidates if not beaten(one, candidates, paths))
    lot = draw(seed, LABEL, unbeaten) if len(unbeaten) > 1 else None
    winner = lot.order[0] if lot else unbeaten[0]
    return SchulzeCount(sum(ballots.values()), pairs, paths, tuple(unbeaten), winner, lot)


def rivals(one: int, candidates: Sequence[int]) -> list[int]:
    """All others."""
    return [other for other in candidates if other != one]


def beaten(one: int, candidates: Sequence[int], paths: Table) -> bool:
    """Whether another candidate's strongest path to this one is stronger than the way back."""
    return any(paths[other, one] > paths[one, other] for other in rivals(one, candidates))


def preferred(ballots: Mapping[tuple[int, ...], int], candidates: Sequence[int]) -> Table:
    """How many ballots rank the first of a pair before the second."""
    pairs = {(one, other): 0 for one in candidates for other in rivals(one, candidates)}
    for ranking, papers in ballots.items():
        behind = set(candidates)
        for one in ranking:
            behind.discard(one)
            for other in behind:
                pairs[one, other] += papers
    return pairs


def strongest(pairs: Table, candidates: Sequence[int]) -> Table:
    """The strength of the strongest path for each pair: its weakest win, in ballots (Floyd and Warshall's way)."""
    paths = {pair: won if won > pairs[pair[1], pair[0]] else 0 for pair, won in pairs.items()}
    for middle in candidates:
        for one in rivals(middle, candidates):
            for other in rivals(middle, candidates):
                if one != other:
                    around = min(paths[one, middle], paths[middle, other])
                    paths[one, other] = max(paths[one, other], around)
    return paths
