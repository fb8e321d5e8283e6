"""After every scenario all invariants hold, for secret votes as well."""

from collections.abc import Iterator

import pytest

from core.signer.folder import SignerFolder
from faults.invariants import broken
from tests.core.actions.scene import query
from tests.core.secret.scene import at_commit, make_court
from tests.scenes import scene

court = scene(make_court)


@pytest.fixture(autouse=True)
def invariants(request: pytest.FixtureRequest, signer_folder: SignerFolder) -> Iterator[None]:
    """Checked where the database is used, in the test's own transaction."""
    used = "db" in request.fixturenames
    if used:
        request.getfixturevalue("db")  # so that this ends before the test's transaction does
    yield
    if used:
        at_commit()
        assert broken(query) == []
