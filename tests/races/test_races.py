"""Sixty rounds of each contest; ten thousand by the command (README.md beside this)."""

import os
from collections.abc import Iterator

import pytest
from django.db import connection

from core import tasks
from core.signer.folder import SignerFolder
from faults.invariants import broken
from tests.core.actions.scene import query
from tests.races.contests import CONTESTS
from tests.races.playing import asleep, play

ROUNDS = 60


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is woken."""
    monkeypatch.setattr(tasks, "wake", asleep)


@pytest.fixture
def arena(transactional_db: None, signer_folder: SignerFolder) -> Iterator[None]:
    """Rows that all connections see; the clock as it is."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO core_clockoffset (id, \"offset\") VALUES (1, interval '0') ON CONFLICT DO NOTHING")
    yield
    assert broken(query, effects=False) == []


@pytest.mark.slow
@pytest.mark.parametrize("contest", CONTESTS)
def test_each_contest_many_times(arena: None, contest: str) -> None:
    assert play(contest, seed=os.getpid(), rounds=ROUNDS) == []
