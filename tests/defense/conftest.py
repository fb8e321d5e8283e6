"""The watch of these tests; after each of them all invariants hold, and the verifier finds nothing wrong."""

from tests.core.actions.conftest import invariants, no_decision, rows_by_hand
from tests.defense.scene import make_watch
from tests.scenes import scene

__all__ = ["invariants", "no_decision", "rows_by_hand", "watch"]

watch = scene(make_watch)
