"""After every scenario all invariants hold, on the tables and on the record."""

from collections.abc import Iterator

import pytest

from faults.invariants import broken
from tests.core.actions.scene import make_street, query
from tests.scenes import scene

street = scene(make_street)


@pytest.fixture
def rows_by_hand() -> None:
    """For tests that put a proposal at a stage by writing rows: no record line tells of those."""


@pytest.fixture(autouse=True)
def invariants(request: pytest.FixtureRequest) -> Iterator[None]:
    """Checked where the database is used, in the test's own transaction."""
    used = "db" in request.fixturenames
    if used:
        request.getfixturevalue("db")  # so that this ends before the test's transaction does
    yield
    if used:
        assert broken(query, effects="rows_by_hand" not in request.fixturenames) == []
