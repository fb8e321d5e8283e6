"""Vouching (DESIGN section 3)."""

from datetime import datetime, timedelta
from typing import Final

VOUCHES_NEEDED: Final = 2
VOUCHER_DAYS: Final = 30
OPEN_VOUCHES_MAX: Final = 3
OBJECTION_HOURS: Final = 72


def may_vouch_since(joined_at: datetime, charter_in_force_at: datetime | None, at: datetime) -> bool:
    """Whether a member has been one for 30 days, or since the charter was adopted."""
    if charter_in_force_at is not None and joined_at <= charter_in_force_at:
        return True
    return at - joined_at >= timedelta(days=VOUCHER_DAYS)
