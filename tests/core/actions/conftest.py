"""After every scenario all invariants hold, on the tables and on the record; and the verifier finds nothing wrong."""

from collections.abc import Iterator

import pytest

from core.models import Body, Vote
from faults.invariants import broken
from tests import village
from tests.core.actions.scene import Street, make_street, query
from tests.scenes import scene
from tests.verify.honest import found, members_file
from verify.findings import Finding

street = scene(make_street)


@pytest.fixture
def vote(street: Street) -> Vote:
    """An open consensus on the corner lot."""
    return village.make_vote(street.body, street.ana)


def verified(body: Body) -> list[Finding]:
    """What the verifier finds in a record of this test: an honest history gives no alarm."""
    return found(members_file(body)).broken


@pytest.fixture
def rows_by_hand() -> None:
    """For tests that put a proposal at a stage by writing rows: no record line tells of those."""


@pytest.fixture
def no_decision() -> None:
    """For tests that take somebody in or out without the decision that leads there: the verifier would object."""


@pytest.fixture(autouse=True)
def invariants(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each of these tests."""
    yield from checked(request)


def checked(request: pytest.FixtureRequest) -> Iterator[None]:
    """Checked where the database is used, in the test's own transaction."""
    used = "db" in request.fixturenames
    if used:
        request.getfixturevalue("db")  # so that this ends before the test's transaction does
    yield
    if used:
        assert broken(query, effects="rows_by_hand" not in request.fixturenames) == []
        by_hand = {"rows_by_hand", "no_decision"} & {*request.fixturenames}
        assert by_hand or [verified(body) for body in Body.objects.all()] == [[]] * Body.objects.count()
