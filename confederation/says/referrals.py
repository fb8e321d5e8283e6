"""What falls due with referrals, found within ten seconds whether or not a worker was told; words of its lines."""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice

from confederation.actions import asking, levels, own_words, positions, referring, results
from confederation.words.records_referrals import GROUP, LABEL, SAYS
from core.registry import Duty, register_duty
from core.words.records import register_lines

AT_ONCE = 200
"""So many of one kind in one round: what is due beside them is not to wait. Workers take all (`clock`)."""


def some(due: Callable[[datetime], Iterable[int]]) -> Callable[[datetime], Iterable[int]]:
    """The first of them."""
    return lambda at: list(islice(due(at), AT_ONCE))


def register() -> None:
    """Called once at start-up. In the order in which one follows from the other."""
    register_duty(Duty("referral", referring.begin, referring.to_begin))
    register_duty(Duty("referral over", levels.drop, levels.fallen))
    register_duty(Duty("seat over", positions.hush, positions.ended))
    register_duty(Duty("question", asking.ask, some(asking.to_ask)))
    register_duty(Duty("position", positions.missed, some(positions.unsaid)))
    register_duty(Duty("question over", positions.let_go, some(positions.pointless)))
    register_duty(Duty("own word over", own_words.let_go, some(own_words.to_let_go)))
    register_duty(Duty("level", levels.count, some(levels.to_count)))
    register_duty(Duty("result", results.spread, results.to_spread))
    register_lines(GROUP, LABEL, SAYS)
