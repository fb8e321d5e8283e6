"""What the runs compare in the end: each kind of loss and doubling is found, and a true history passes."""

from collections.abc import Iterable
from typing import Any, cast

import pytest

from faults.checks import dwindles, lost_or_doubled
from faults.history import ACKNOWLEDGED, UNKNOWN, History, Seat, Sent
from faults.houses import House


@pytest.fixture
def history() -> History:
    """Three neighbours in one vote: acknowledged, never answered, refused."""
    told = History()
    told.add(Sent(1, 1, "agree", "a", ACKNOWLEDGED))
    told.add(Sent(1, 2, "agree", "b", UNKNOWN))
    told.add(Sent(1, 3, "agree", "c", "refused 409"))
    return told


@pytest.mark.parametrize(
    ("kept", "found"),
    [
        ({(1, 2): ["agree"]}, "lost: [(1, 1)]"),
        ({(1, 1): ["agree", "agree"]}, "doubled: [(1, 1)]"),
        ({(1, 1): ["abstain"]}, "refused and yet counted, or another position: [((1, 1), ['abstain'])]"),
        ({(1, 1): ["agree"], (1, 3): ["agree"]}, "refused and yet counted, or another position: [((1, 3), ['agree'])]"),
        ({(1, 1): ["agree"], (1, 9): ["agree"]}, "never sent: [(1, 9)]"),
    ],
)
def test_what_is_lost_doubled_or_invented_is_found(history: History, kept: dict[Seat, list[str]], found: str) -> None:
    assert lost_or_doubled(kept, history) == [f"{found} (1 in all)"]


@pytest.mark.parametrize("kept", [{(1, 1): ["agree"]}, {(1, 1): ["agree"], (1, 2): ["agree"]}])
def test_what_was_never_answered_may_be_there_or_not(history: History, kept: dict[Seat, list[str]]) -> None:
    assert lost_or_doubled(kept, history) == []


def counting(*numbers: int) -> House:
    """A house in which so many are left, asked again and again; then always the last number."""
    asked: Iterable[int] = iter(numbers)

    class Asked:
        def query(self, _statement: str) -> list[tuple[Any, ...]]:
            return [(next(cast("Any", asked), numbers[-1]),)]

    return cast("House", Asked())


def test_much_may_take_long_as_long_as_it_becomes_less() -> None:
    left, took = dwindles(counting(5, 5, 4, 4, 3, 2, 2, 1, 0), "", seconds=0.35)

    assert left == 0
    assert took > 0.7


def test_what_stands_still_is_reported() -> None:
    left, took = dwindles(counting(5, 3, 4, 3), "", seconds=0.3)

    assert left == 3
    assert took < 2
