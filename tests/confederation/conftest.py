"""The quarter and the valley of these tests. After each of them all invariants hold, and the verifier finds nothing
wrong; but for those whose bodies are written as rows: no record tells how they came.
"""

from collections.abc import Iterator

import pytest

from tests.confederation.scene import make_quarter
from tests.confederation.valley import make_valley
from tests.core.actions.conftest import checked, no_decision, rows_by_hand
from tests.scenes import scene

__all__ = ["no_decision", "rows_by_hand"]

quarter = scene(make_quarter)
valley = scene(make_valley)


@pytest.fixture(autouse=True)
def invariants(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each of these tests."""
    if hasattr(request.module, "rows"):
        yield
    else:
        yield from checked(request)
