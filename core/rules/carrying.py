"""How what a body carries is spread over its members: numbers without names, so that nobody is ranked."""

from collections.abc import Iterable
from dataclasses import dataclass

MANY = 3


@dataclass(frozen=True, slots=True)
class Spread:
    """How many members carry nothing, one thing, two, or more; and with how few the half of it lies."""

    members: int
    nothing: int
    one: int
    two: int
    more: int
    things: int
    half_lies_with: int

    @property
    def carriers(self) -> int:
        """Members who carry something."""
        return self.one + self.two + self.more

    @property
    def pools(self) -> bool:
        """Whether few carry much: half of it lies with a quarter of those who carry, or with one of many members.

        Where little is carried, or few are there, that says nothing.
        """
        if self.things < 2 * MANY or self.members < 2 * MANY:
            return False
        return 4 * self.half_lies_with <= self.carriers or 10 * self.half_lies_with <= self.members


def spread(loads: Iterable[int], members: int) -> Spread:
    """The spread of the loads of those who carry something over so many members."""
    carried = sorted((load for load in loads if load > 0), reverse=True)
    things, so_far, few = sum(carried), 0, 0
    while 2 * so_far < things:
        so_far += carried[few]
        few += 1
    return Spread(
        members=max(members, len(carried)),
        nothing=max(members - len(carried), 0),
        one=sum(load == 1 for load in carried),
        two=sum(load == 2 for load in carried),
        more=sum(load >= MANY for load in carried),
        things=things,
        half_lies_with=few,
    )
