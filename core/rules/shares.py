"""Shares: fractions as pairs of integers, compared in integers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, like 4/5. `part` and `whole` below are counts of people or ballots."""

    num: int
    den: int

    def __post_init__(self) -> None:
        if self.den <= 0 or self.num < 0:
            raise ValueError(f"not a share: {self.num}/{self.den}")

    def __str__(self) -> str:
        return f"{self.num}/{self.den}"

    def at_least(self, part: int, whole: int) -> bool:
        """Whether `part` is this share of `whole`, or more."""
        return part * self.den >= self.num * whole

    def more_than(self, part: int, whole: int) -> bool:
        """Whether `part` is more than this share of `whole`."""
        return part * self.den > self.num * whole

    def at_most(self, part: int, whole: int) -> bool:
        """Whether `part` is this share of `whole`, or less."""
        return part * self.den <= self.num * whole

    def needed_of(self, whole: int) -> int:
        """The smallest count that is at least this share of `whole`."""
        return -(-self.num * whole // self.den)


def smaller(first: Share, second: Share) -> Share:
    """The smaller of two shares; the first if they are equal."""
    return second if second.num * first.den < first.num * second.den else first


def greater(first: Share, second: Share) -> Share:
    """The greater of two shares; the first if they are equal."""
    return second if second.num * first.den > first.num * second.den else first
