"""The quarter and the valley of these tests. After each of them all invariants hold, and the verifier finds nothing
wrong.
"""

from tests.confederation.scene import make_quarter
from tests.confederation.valley import make_valley
from tests.core.actions.conftest import invariants, no_decision, rows_by_hand
from tests.scenes import scene

__all__ = ["invariants", "no_decision", "quarter", "rows_by_hand", "valley"]

quarter = scene(make_quarter)
valley = scene(make_valley)
