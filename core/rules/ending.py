"""When a body that has decided to end does so (DESIGN section 3)."""

from datetime import datetime, timedelta
from typing import Final

NOTICE: Final = timedelta(days=30)

WHILE_SUSPENDED: Final = ("host", "recall", "dissolution", "union")
"""Kinds that a suspended body decides on: another host, who answers for what, and its own end."""


def ends_on(decided_at: datetime) -> datetime:
    """The day on which it ends, if nothing else is decided before."""
    return decided_at + NOTICE
