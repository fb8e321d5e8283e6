"""How long an urgent vote has to stay open: 12 hours, 8 of them by day where the body lives (DESIGN section 3)."""

from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

LEAST: Final = timedelta(hours=12)
LEAST_BY_DAY: Final = timedelta(hours=8)
DAY_BEGINS: Final = time(8)
DAY_ENDS: Final = time(22)
QUARTER: Final = timedelta(minutes=15)


def daytime(opens: datetime, closes: datetime, zone: ZoneInfo) -> timedelta:
    """How much of a window lies between 08:00 and 22:00 by the zone's own clock."""
    total = timedelta(0)
    day = opens.astimezone(zone).date()
    last = closes.astimezone(zone).date()
    while day <= last:
        begins = datetime.combine(day, DAY_BEGINS, zone).astimezone(UTC)
        ends = datetime.combine(day, DAY_ENDS, zone).astimezone(UTC)
        total += max(min(ends, closes) - max(begins, opens), timedelta(0))
        day += timedelta(days=1)
    return total


def urgent_window_ok(opens: datetime, closes: datetime, zone: ZoneInfo) -> bool:
    """Whether an urgent vote is open long enough for people to hear of it."""
    return closes - opens >= LEAST and daytime(opens, closes, zone) >= LEAST_BY_DAY


def earliest_urgent_close(opens: datetime, zone: ZoneInfo) -> datetime:
    """The first full quarter of an hour at which an urgent vote may close."""
    closes = opens.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + LEAST
    while not urgent_window_ok(opens, closes, zone):
        closes += QUARTER
    return closes
