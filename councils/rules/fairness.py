"""How the time to speak was shared, as numbers of people and never as names: a mirror, not a verdict."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """How many of those who were there spoke not at all, once, two or three times, more often; and how many people
    it took to fill half of all the time that was spoken.
    """

    silent: int
    once: int
    some: int
    often: int
    half: int

    @property
    def everybody(self) -> int:
        """All who were there."""
        return self.silent + self.once + self.some + self.often


SOME = 3


def spread(times: Sequence[int], seconds: Sequence[int]) -> Spread:
    """The spread over everybody who was there: how often each spoke, and how long, in the same order."""
    if len(times) != len(seconds):
        raise ValueError("one number of times and of seconds for each person")
    return Spread(
        silent=sum(each == 0 for each in times),
        once=sum(each == 1 for each in times),
        some=sum(1 < each <= SOME for each in times),
        often=sum(each > SOME for each in times),
        half=people_for_half(seconds),
    )


def people_for_half(seconds: Sequence[int]) -> int:
    """The fewest people who together spoke for at least half of the time; nobody where nobody spoke."""
    whole, reached = sum(seconds), 0
    for number, each in enumerate(sorted(seconds, reverse=True), start=1):
        reached += each
        if whole and 2 * reached >= whole:
            return number
    return 0
