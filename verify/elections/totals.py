"""Judging an election by its totals alone, where its ballots are not shown: who is elected follows from them too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from verify.canonical import Unreadable
from verify.counting import has_quorum, least

from . import approval, schulze, stv

if TYPE_CHECKING:
    from verify.history.state import House, Line, Vote

NOBODY = 0


def judge(house: House, vote: Vote, line: Line) -> bool:
    """The totals can be, and those elected are the ones to whom they lead. Whether they can be."""
    try:
        quorum, elected = _result(vote, line.data.get("tally"), bytes.fromhex(line.text("seed")))
    except Unreadable:
        house.findings.add("totals_impossible", line.seq)
        return False
    reason = ("adopted" if elected else "nobody_elected") if quorum else "no_quorum"
    house.unless(line.data.get("elected") == elected, "election", line, found=", ".join(map(str, elected)) or "-")
    said = "not_adopted" if reason == "nobody_elected" else reason
    fits = (vote.outcome, line.text("reason")) == (said, reason)
    house.unless(fits, "outcome", line, said=vote.outcome, found=said, reason=reason)
    return True


def _result(vote: Vote, told: Any, seed: bytes) -> tuple[bool, list[int]]:
    """Whether enough took part, and who is elected. Raises `Unreadable` for totals that cannot be."""
    if not isinstance(told, dict):
        raise Unreadable("tally")
    ballots, floor = _number(told.get("ballots")), least(vote.terms.roll)
    favour = by_number(told.get("favour"), range(1, len(vote.candidates) + 1))
    if ballots > vote.terms.roll or max(favour.values(), default=0) > ballots:
        raise Unreadable("ballots")
    seated = _seated(vote, told, favour, seed, floor)
    if not has_quorum(ballots, vote.terms):
        return False, []
    return True, [each for each in seated if each != NOBODY and favour[each] >= floor]


def _seated(vote: Vote, told: dict[str, Any], favour: dict[int, int], seed: bytes, floor: int) -> list[int]:
    """Who has the seats by the method. Raises `Unreadable` for totals that cannot be."""
    ballots, numbers = told["ballots"], len(vote.candidates)
    if vote.terms.rule == "approval":
        approvals = by_number(told.get("approvals"), range(1, numbers + 1))
        if approvals != favour or told.get("needed") != max(ballots // 2 + 1, floor):
            raise Unreadable("approvals")
        return approval.seats_of(approvals, ballots, vote.seats, seed, floor)
    if vote.terms.rule == "schulze":
        return schulze.winner(_pairs(told.get("pairs"), numbers + 1, ballots), seed)
    return stv.retold(told, numbers, vote.seats, seed)


def _pairs(told: Any, width: int, ballots: int) -> list[list[int]]:
    """The table of pairs: of each two candidates no more ballots prefer one to the other than there are."""
    square = isinstance(told, list) and len(told) == width
    if not square or any(not isinstance(row, list) or len(row) != width for row in told):
        raise Unreadable("pairs")
    pairs = [[_number(each) for each in row] for row in told]
    both = [pairs[one][other] + pairs[other][one] for one in range(width) for other in range(one)]
    if any(pairs[one][one] for one in range(width)) or max(both, default=0) > ballots:
        raise Unreadable("pairs")
    return pairs


def by_number(told: Any, numbers: range) -> dict[int, int]:
    """A figure for each candidate of these numbers, and for nobody else. Raises `Unreadable`."""
    if not isinstance(told, dict) or told.keys() != {str(number) for number in numbers}:
        raise Unreadable("figures")
    return {number: _number(told[str(number)]) for number in numbers}


def _number(told: Any) -> int:
    if type(told) is not int or told < 0:
        raise Unreadable("figure")
    return told
