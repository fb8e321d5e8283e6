"""The hall of these tests; after each of them all invariants hold, and the verifier finds nothing wrong."""

from tests.core.actions.conftest import invariants, no_decision, rows_by_hand
from tests.core.audits.scene import make_hall
from tests.scenes import scene

__all__ = ["hall", "invariants", "no_decision", "rows_by_hand"]

hall = scene(make_hall)
