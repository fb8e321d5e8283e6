"""What several bodies decide alike, each for itself: when it holds, and when it comes to nothing (DESIGN section 3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

LASTS: Final = timedelta(days=180)
"""So long the others have to answer; then it comes to nothing."""
OTHERS_AT_MOST: Final = 4


class Step(StrEnum):
    """What an accord waits for, or what has to be done with it now."""

    WAITS = "waits"
    ASK = "ask"
    DO = "do"
    FALLS = "falls"


class Why(StrEnum):
    """Why an accord comes to nothing."""

    NOT_ADOPTED = "not_adopted"
    REPLACED = "replaced"
    ENDED = "one_ended"
    TIME = "time"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class Side:
    """One body of an accord: whether the body has ended, and what became of its own proposal, if it has one."""

    ended: bool = False
    closed: bool = False
    adopted_at: datetime | None = None
    in_force: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """The step, and why it falls."""

    step: Step
    why: Why | None = None


def judge(sides: Sequence[Side], *, begun: datetime, asked: bool, notice: timedelta, at: datetime) -> Finding:
    """What is due: the others are asked once the first has adopted it; it is done when all have, after the notice.

    If one does not adopt it, decides otherwise before the day, or ends, it comes to nothing.
    """
    if any(side.ended for side in sides):
        return Finding(Step.FALLS, Why.ENDED)
    if any(side.closed and side.adopted_at is None for side in sides):
        return Finding(Step.FALLS, Why.NOT_ADOPTED)
    adopted = [side.adopted_at for side in sides if side.adopted_at is not None]
    if any(side.adopted_at is not None and not side.in_force for side in sides):
        return Finding(Step.FALLS, Why.REPLACED)
    if len(adopted) == len(sides):
        return Finding(Step.DO if at >= max(adopted) + notice else Step.WAITS)
    if at >= begun + LASTS:
        return Finding(Step.FALLS, Why.TIME)
    return Finding(Step.ASK if adopted and not asked else Step.WAITS)
