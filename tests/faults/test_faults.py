"""A real house whose parts are killed amid votes; the numbers of the issue by `python -m faults --votes 2000`."""

import pytest

from faults.__main__ import run

pytestmark = pytest.mark.slow


def test_no_acknowledged_vote_is_lost_whatever_is_killed() -> None:
    assert run(300, seed=11, people=15, broker=True, at_once=6) == 0


def test_votes_recalls_closings_and_notices_happen_without_a_broker() -> None:
    assert run(100, seed=12, people=10, broker=False, at_once=4) == 0
