"""The check for news that somebody was not told: it finds one missing notice, and none where all are told."""

from django.db import connection

from core.models import Cause
from core.notices.fanning import fan_out
from faults.checks import UNTOLD
from tests.core.invariants.test_invariants import history, plant

__all__ = ["history"]


def untold(what: str) -> list[tuple[int, int]]:
    """By news of this kind, who was not told."""
    with connection.cursor() as cursor:
        cursor.execute(UNTOLD, [what])
        return list(cursor.fetchall())


def test_a_missing_notice_is_found(history: None) -> None:
    for cause in Cause.objects.order_by("pk"):
        fan_out(cause.pk)
    assert untold("mandate.ended") == []

    plant("DELETE FROM core_notice WHERE id = (SELECT min(n.id) FROM core_notice n JOIN core_cause c "
          "ON c.id = n.cause_id WHERE c.what = 'mandate.ended')")  # fmt: skip

    assert len(untold("mandate.ended")) == 1
