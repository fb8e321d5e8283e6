"""Whether those present waive what is left of a discussion (DESIGN 6): the exact rule, which verify/ repeats.

Only members with a voice count, on both sides. It is waived when
1. those present are a quorum: the charter's share of all members with a voice,
2. nobody present is against it,
3. more than half of those present say yes; who says nothing is neither for nor against,
4. and at least 3 do (2 where 2 or 3 have a voice: nothing is decided by fewer).
"""

from dataclasses import dataclass
from enum import StrEnum

from core.rules.counting import floor
from core.rules.shares import Share


class Answer(StrEnum):
    """What came of the question."""

    WAIVED = "waived"
    NO_QUORUM = "no_quorum"
    AGAINST = "against"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Present:
    """Numbers of members with a voice: all of the body, those in the room, and those of them who say yes or no."""

    voices: int
    present: int
    agree: int
    against: int


def answer(asked: Present, quorum: Share) -> Answer:
    """What those present have answered."""
    if not quorum.at_least(asked.present, asked.voices) or asked.voices == 0:
        return Answer.NO_QUORUM
    if asked.against:
        return Answer.AGAINST
    if 2 * asked.agree <= asked.present or asked.agree < floor(asked.voices):
        return Answer.TOO_FEW
    return Answer.WAIVED
