"""What is measured, as ratios: pure arithmetic."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of several measurements, and how far they lie apart."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, numbers: Sequence[float]) -> "Spread":
        """Of one measurement or more; raises `ValueError` of none."""
        if not numbers:
            raise ValueError("nothing was measured")
        return cls(statistics.median(numbers), min(numbers), max(numbers))


@dataclass(frozen=True, slots=True)
class Goal:
    """A budget: the number is this at most, or at least. Without either there is none."""

    at_most: float | None = None
    at_least: float | None = None

    def is_met(self, number: float) -> bool | None:
        """Whether a number keeps to it; None without a budget."""
        if self.at_most is not None:
            return number <= self.at_most
        return None if self.at_least is None else number >= self.at_least

    def __str__(self) -> str:
        if self.at_most is not None:
            return f"at most {plain(self.at_most)}"
        return "" if self.at_least is None else f"at least {plain(self.at_least)}"


NO_GOAL = Goal()


@dataclass(frozen=True, slots=True)
class Figure:
    """One row: what we took, round by round, and what its reference took in the same rounds.

    With a reference the ratio of each round is judged, else our own numbers. `size` is how many members, ballots or
    lines there were; figures of one `what` with several sizes show how it grows.
    """

    row: str
    what: str
    unit: str
    ours: tuple[float, ...]
    goal: Goal = NO_GOAL
    against: str = ""
    reference: tuple[float, ...] = ()
    size: int = 0

    @property
    def numbers(self) -> tuple[float, ...]:
        """What is judged: the ratios, or our own numbers where there is no reference."""
        if not self.reference:
            return self.ours
        return tuple(mine / other for mine, other in zip(self.ours, self.reference, strict=True))

    @property
    def spread(self) -> Spread:
        """Of what is judged."""
        return Spread.of(self.numbers)

    @property
    def verdict(self) -> str:
        """By the median; a word for people."""
        met = self.goal.is_met(self.spread.median)
        return {True: "met", False: "missed", None: ""}[met]

    def as_dict(self) -> dict[str, Any]:
        """For the file of a commit."""
        numbers = asdict(self)
        numbers["ours"] = [rounded(number) for number in self.ours]
        numbers["reference"] = [rounded(number) for number in self.reference]
        return {name: value for name, value in numbers.items() if value not in ("", [], 0)}

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> "Figure":
        """From the file of a commit."""
        lists = {name: tuple(kept.get(name, ())) for name in ("ours", "reference")}
        return cls(**{**kept, **lists, "goal": Goal(**kept.get("goal", {}))})


@dataclass(slots=True)
class Pair:
    """Two columns that are measured in turn."""

    ours: list[float] = field(default_factory=list)
    reference: list[float] = field(default_factory=list)


def in_turn(rounds: int, ours: Callable[[], float], reference: Callable[[], float]) -> Pair:
    """Measure both, round after round, and let each begin every second time: what disturbs one disturbs the other.

    One round beforehand warms both up and is not kept.
    """
    ours(), reference()
    pair = Pair()
    for number in range(rounds):
        if number % 2:
            other, mine = reference(), ours()
        else:
            mine, other = ours(), reference()
        pair.ours.append(mine)
        pair.reference.append(other)
    return pair


def rounded(number: float) -> float:
    """Five digits are more than a measurement is worth."""
    return float(f"{number:.5g}")


def plain(number: float) -> str:
    """A number as people write it: three digits, no more."""
    if number and abs(number) < 0.01:
        return f"{number:.1g}"
    if abs(number) >= 100 or number == int(number):
        return f"{number:,.0f}"
    return f"{number:.3g}"


def growth(figures: Sequence[Figure]) -> list[tuple[int, float, float]]:
    """By size: our median and, where there is one, the reference's (else 0)."""
    return [
        (each.size, Spread.of(each.ours).median, Spread.of(each.reference).median if each.reference else 0.0)
        for each in sorted(figures, key=lambda each: each.size)
    ]
