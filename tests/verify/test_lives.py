"""Honest lives give no alarm: histories of any sort, made through real actions and checked from both files."""

from collections import Counter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from django.db import transaction
from django.test import override_settings
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.models import Body, Person, Vote
from core.signer.folder import the_folder
from tests.core.actions.scene import Street, make_street
from tests.core.secret.scene import Court, make_court
from tests.scenes import scene
from tests.verify.honest import assert_whole, found, members_file
from tests.verify.life import Life

pytestmark = pytest.mark.django_db

street = scene(make_street)
court = scene(make_court)

LIVES = settings(
    deadline=None,
    database=None,
    phases=[Phase.generate],  # a life is a long random walk: its seed is the whole example
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
TOLD: Counter[str] = Counter()
SECRET: Counter[tuple[str, str]] = Counter()
EVERY_SORT = {
    *("member.joined", "member.left", "member.removed", "application.vouched", "application.objected"),
    *("application.admitted", "application.refused", "proposal.put_up", "proposal.revised", "proposal.seconded"),
    *("proposal.withdrawn", "vote.opened", "vote.counted", "round.started", "proposal.decided", "proposal.carried_out"),
    *("mandate.granted", "mandate.ended", "recall.opened", "report.given", "comment.written", "comment.taken_back"),
    *("charter.adopted", "decision.ended", "record.restored"),
    *("amendment.proposed", "amendment.accepted", "amendment.declined", "amendment.withdrawn", "amendment.stands"),
    *("alternative.adopted", "summary.written"),
    *("merging.asked", "merging.vouched", "merging.agreed", "member.merged"),
}
EVERY_OUTCOME = {"adopted", "not_adopted", "void", "overtaken"}
STEPS, EVERY = 45, 5
"""A life is checked at nine moments; each time it is a history of its own, longer than the one before."""
LIVES_ENOUGH, KNOWN, KNOWN_SECRET = 56, 40, 25
"""56 lives are more than 500 histories. So many of them have known seeds, and are looked at for what is in them."""


def live(body: Body, seed: int) -> None:
    """One life, from the founding on, with a signer whose folder nobody else has."""
    with TemporaryDirectory() as name, override_settings(SIGNER_FOLDER=Path(name) / "signer"), transaction.atomic():
        the_folder().make()
        life = Life(body, list(Person.objects.order_by("pk")), Random(seed))
        for number in range(1, STEPS + 1):
            life.step()
            if number % EVERY == 0:
                assert found(members_file(body, life.people[0]), life.kept).broken == []
        assert_whole(body, life.people[0])
        TOLD.update(body.record_lines.values_list("what", flat=True))
        SECRET.update(Vote.objects.filter(secret=True).values_list("matter", "outcome"))
        transaction.set_rollback(True)


@settings(LIVES, max_examples=1)
@given(seed=st.integers(0, 2**32))
def test_some_lives(street: Street, seed: int) -> None:
    live(street.body, seed)


@settings(LIVES, max_examples=1)
@given(seed=st.integers(0, 2**32))
def test_some_lives_with_secret_votes(court: Court, seed: int) -> None:
    live(court.body, seed)


@pytest.mark.slow
def test_lives_hold_every_sort_of_line(street: Street) -> None:
    """360 histories and, for a life follows its seed only so far, more of them until they hold nearly all sorts."""
    TOLD.clear()
    for seed in range(KNOWN):
        live(street.body, seed)
    for seed in range(KNOWN, 3 * KNOWN):
        if not set(TOLD) >= EVERY_SORT:
            live(street.body, seed)
    assert set(TOLD) >= EVERY_SORT


@pytest.mark.slow
@settings(LIVES, max_examples=LIVES_ENOUGH - KNOWN)
@given(seed=st.integers(KNOWN, 2**32))
def test_five_hundred_histories_with_these(street: Street, seed: int) -> None:
    live(street.body, seed)


@pytest.mark.slow
def test_lives_hold_every_sort_of_secret_vote(court: Court) -> None:
    """225 histories, or more until secret votes of each sort are carried, fail and begin anew in them."""
    SECRET.clear()
    for seed in range(KNOWN_SECRET):
        live(court.body, seed)
    for seed in range(KNOWN_SECRET, 3 * KNOWN_SECRET):
        if not {outcome for _matter, outcome in SECRET} >= EVERY_OUTCOME:
            live(court.body, seed)
    assert {matter for matter, _outcome in SECRET} == {"recall", "removal", "election"}
    assert {outcome for _matter, outcome in SECRET} >= EVERY_OUTCOME


@pytest.mark.slow
@settings(LIVES, max_examples=LIVES_ENOUGH - KNOWN_SECRET)
@given(seed=st.integers(KNOWN_SECRET, 2**32))
def test_five_hundred_histories_with_those_of_secret_votes(court: Court, seed: int) -> None:
    live(court.body, seed)
