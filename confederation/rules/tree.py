"""The tree of a referral: which body answers under which, and when each level closes (DESIGN 6, Confederation)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """One body on the way of a referral, under the one confederation that counts it. The top is above nobody."""

    body: int
    above: int | None = None
    seat: int | None = None
    confederation: bool = False
    counts: bool = True


def by_above(places: Iterable[Place]) -> dict[int, list[Place]]:
    """The bodies under each confederation."""
    found: dict[int, list[Place]] = defaultdict(list)
    for place in places:
        if place.above is not None:
            found[place.above].append(place)
    return found


def tiers(top: Place, below: Mapping[int, list[Place]]) -> list[list[Place]]:
    """All bodies from the top down: first the top, then those right under it, and so on."""
    found = [[top]]
    while tier := [each for above in found[-1] for each in below.get(above.body, [])]:
        found.append(tier)
    return found


def levels(found: Iterable[list[Place]]) -> dict[int, int]:
    """The level of each body: a base body is 0, a confederation one more than the highest below it, and 1 if there is
    none.
    """
    level: dict[int, int] = {}
    for tier in reversed(list(found)):
        for place in tier:
            own = level[place.body] = max(level.get(place.body, 0), int(place.confederation))
            if place.above is not None:
                level[place.above] = max(level.get(place.above, 0), own + 1)
    return level
