"""The speakers' list: who is next (DESIGN 6, "speakers' list with first-time speakers first").

1. A point of process goes before all others: something is wrong with how we talk.
2. A direct response comes next, one for each speech: the second one waits like everybody else.
3. Who has not spoken yet, in the order of raised hands.
4. Then who has spoken for the shortest time; of equals, whose hand was up first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Hand(StrEnum):
    """What a raised hand means."""

    SPEAK = "speak"
    RESPONSE = "response"
    PROCESS = "process"


@dataclass(frozen=True, slots=True)
class Raised:
    """A hand that is up: whose, what for, and which place it has in the order of raising."""

    who: int
    hand: Hand
    raised: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """How often somebody has spoken at this assembly, and for how many seconds; points of process do not count."""

    times: int = 0
    seconds: int = 0


NOTHING = Spoken()


def in_order(hands: Iterable[Raised], spoken: Mapping[int, Spoken], *, answered: bool) -> list[Raised]:
    """All raised hands, the next speaker first. `answered`: the last speech has had its direct response."""

    def place(each: Raised) -> tuple[int, int, int]:
        said = spoken.get(each.who, NOTHING)
        if each.hand == Hand.PROCESS:
            return 0, 0, each.raised
        if each.hand == Hand.RESPONSE and not answered:
            return 1, 0, each.raised
        if said.times == 0:
            return 2, 0, each.raised
        return 3, said.seconds, each.raised

    return sorted(hands, key=place)
