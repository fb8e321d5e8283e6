"""The locks of what changes the words of a proposal (tests/races/without.py takes each out)."""

from collections.abc import Callable

import pytest

from core.actions import temperatures
from core.timekeeping import folkmoot_now
from tests.core.actions.locking import locks_of
from tests.core.actions.scene import Street
from tests.core.actions.talking import ON_AMENDMENTS, ON_PROPOSALS, amended, talked_over

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", sorted(ON_AMENDMENTS))
def test_what_changes_words_locks_their_proposal_first(street: Street, name: str) -> None:
    amendment = amended(street)
    person = street.ana if name in ("accept", "decline") else street.bruno

    taken = locks_of(lambda: ON_AMENDMENTS[name](amendment, person))

    assert taken == ["proposal", "amendment", "recordhead"]


@pytest.mark.parametrize("name", ["amend", "sum_up", "speak_of"])
def test_what_is_added_to_the_talk_locks_the_proposal(street: Street, name: str) -> None:
    proposal = talked_over(street)
    act: Callable[..., object] = ON_PROPOSALS[name]

    assert locks_of(lambda: act(proposal, street.ana)) == ["proposal", "recordhead"]


def test_saying_how_it_feels_locks_the_proposal(street: Street) -> None:
    proposal = talked_over(street)
    temperatures.feel(proposal, "warm", by=street.bruno, at=folkmoot_now())

    assert locks_of(lambda: temperatures.feel(proposal, "cold", by=street.bruno, at=folkmoot_now())) == ["proposal"]
