"""What the runs compare in the end: each kind of loss and doubling is found, and a true history passes."""

import pytest

from faults.checks import lost_or_doubled
from faults.history import ACKNOWLEDGED, UNKNOWN, History, Seat, Sent


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
