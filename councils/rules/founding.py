"""The clocks and numbers of a founding (DESIGN section 6, Councils)."""

from datetime import datetime, timedelta
from typing import Final

FOUNDERS_NEEDED: Final = 5
"""Founding members who adopt the charter, at least."""
DECIDED_BEFORE: Final = 3
"""Proposals that a catalyst group decides itself before it opens a board."""
BOARD_LASTS: Final = timedelta(days=180)
BOARD_LONGER: Final = timedelta(days=90)
"""Added once, by the founding members."""
NO_MANDATE_FOR: Final = timedelta(days=90)
"""After the end of a founding, who was a catalyst of it holds no mandate in the council."""
WAY: Final = ("listening", "inviting", "assembly", "charter", "mandates", "handed_over")
"""The steps of a founding, as people walk through them."""
ASKERS_AT_LEAST: Final = 3


def ends_at(opened_at: datetime, *, longer: bool = False) -> datetime:
    """When a board ends, whatever stands on it."""
    return opened_at + BOARD_LASTS + (BOARD_LONGER if longer else timedelta())


def lasts_longer(asking: int, members: int) -> bool:
    """Whether enough founding members ask for more time: more than half, three at least (DESIGN 3.10)."""
    return asking >= ASKERS_AT_LEAST and 2 * asking > members


def may_hold_from(closed_at: datetime) -> datetime:
    """From when on a former catalyst may hold a mandate in the council."""
    return closed_at + NO_MANDATE_FOR
