"""Honest lives give no alarm: histories of any sort, made through real actions and checked from both files."""

from collections import Counter
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.models import Person
from tests.core.actions.scene import Street, make_street
from tests.scenes import scene
from tests.verify.honest import assert_whole, found, members_file
from tests.verify.life import Life

pytestmark = pytest.mark.django_db

street = scene(make_street)

LIVES = settings(
    deadline=None,
    database=None,
    phases=[Phase.generate],  # a life is a long random walk: its seed is the whole example
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
TOLD: Counter[str] = Counter()
EVERY_SORT = {
    *("member.joined", "member.left", "member.removed", "application.vouched", "application.objected"),
    *("application.admitted", "application.refused", "proposal.put_up", "proposal.revised", "proposal.seconded"),
    *("proposal.withdrawn", "vote.opened", "vote.counted", "round.started", "proposal.decided", "proposal.carried_out"),
    *("mandate.granted", "mandate.ended", "recall.opened", "report.given", "comment.written", "comment.taken_back"),
    *("charter.adopted", "decision.ended", "record.restored"),
}
STEPS, EVERY = 45, 5
"""A life is checked at nine moments; each time it is a history of its own, longer than the one before."""


def live(street: Street, seed: int) -> None:
    """One life, from the founding on."""
    with transaction.atomic():
        life = Life(street.body, list(Person.objects.order_by("pk")), Random(seed))
        for number in range(1, STEPS + 1):
            life.step()
            if number % EVERY == 0:
                assert found(members_file(street.body, street.ana)).broken == []
        assert_whole(street.body, street.ana)
        TOLD.update(street.body.record_lines.values_list("what", flat=True))
        transaction.set_rollback(True)


@settings(LIVES, max_examples=3)
@given(seed=st.integers(0, 2**32))
def test_some_lives(street: Street, seed: int) -> None:
    live(street, seed)


@pytest.mark.slow
@settings(LIVES, max_examples=112)
@given(seed=st.integers(0, 2**32))
def test_a_thousand_histories(street: Street, seed: int) -> None:
    live(street, seed)


@pytest.mark.slow
def test_lives_are_not_dull(street: Street) -> None:
    """Nearly all sorts of lines are in them."""
    TOLD.clear()
    for seed in range(25):
        live(street, seed)
    assert set(TOLD) >= EVERY_SORT
