"""Alternatives in one vote (DESIGN section 3): first approval among the texts, then the body's rule on the first alone.

Text 1 is the proposal as it stands, 2, 3 ... are its alternatives. A ballot marks all texts that its elector could live
with, and says a position for the case that another text comes first. So each ballot has one position on the first text:
in favour where it marked it, else the one it gave. The texts marked on most ballots are first; of equals the lot takes
one.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.rules.choices import Marked
from core.rules.counting import Result, decide
from core.rules.lots import Lot, draw
from core.rules.positions import POSITIONS, Position, Rule
from core.rules.terms import VoteTerms

LABEL: Final = "alternatives"
OTHER_TEXTS_AT_MOST: Final = 6
"""More texts than these and the proposal's own nobody compares on a phone."""


@dataclass(frozen=True, slots=True)
class First:
    """How many ballots marked each text, which is first, and the lot if one was drawn."""

    marks: dict[int, int]
    number: int
    lot: Lot | None


@dataclass(frozen=True, slots=True)
class Decided:
    """A vote with alternatives, decided: the first text, the positions on it alone, and what the rule says of them."""

    first: First
    tally: Counter[Position]
    result: Result


def count_marks(ballots: Mapping[Marked, int], texts: int) -> dict[int, int]:
    """How many ballots marked each text."""
    return {
        number: sum(papers for ballot, papers in ballots.items() if number in ballot.marks)
        for number in range(1, texts + 1)
    }


def leaders(marks: Mapping[int, int]) -> tuple[int, ...]:
    """The texts that most ballots marked."""
    most = max(marks.values())
    return tuple(number for number, papers in sorted(marks.items()) if papers == most)


def first(ballots: Mapping[Marked, int], texts: int, seed: bytes) -> First:
    """Which text is decided on. Raises `ValueError` for ballots of another vote."""
    if texts < 2 or any(number > texts for ballot in ballots for number in ballot.marks):
        raise ValueError("ballots of another vote")
    marks = count_marks(ballots, texts)
    most = leaders(marks)
    lot = draw(seed, LABEL, most) if len(most) > 1 else None
    return First(marks, lot.order[0] if lot else most[0], lot)


def on(ballots: Mapping[Marked, int], number: int, rule: Rule) -> Counter[Position]:
    """The positions of all ballots on one text alone."""
    found: Counter[Position] = Counter()
    for ballot, papers in ballots.items():
        found[position_on(ballot, number, rule)] += papers
    return found


def position_on(ballot: Marked, number: int, rule: Rule) -> Position:
    """One ballot's position on one text: in favour if it marked it, else the one it gave for that case."""
    return POSITIONS[rule][0] if number in ballot.marks else Position(ballot.position)


def decide_first(ballots: Mapping[Marked, int], texts: int, seed: bytes, terms: VoteTerms) -> Decided:
    """Decide a vote by the terms it opened with. Raises `ValueError` for a count that cannot be."""
    found = first(ballots, texts, seed)
    tally = on(ballots, found.number, terms.rule)
    return Decided(found, tally, decide(tally, terms))
