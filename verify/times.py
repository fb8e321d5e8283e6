"""Moments as microseconds since 1970, and how much of a window lies by day (DESIGN section 3, "Urgent")."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from .canonical import TIME, Unreadable

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def moment(text: Any) -> int:
    """A time as a record writes it. Raises `Unreadable`, also for the 31st of February."""
    if not isinstance(text, str) or TIME.fullmatch(text) is None:
        raise Unreadable("no time")
    try:
        found = datetime.fromisoformat(text[:-1]).replace(tzinfo=timezone.utc)
    except ValueError as problem:
        raise Unreadable("no time") from problem
    return (found - EPOCH) // timedelta(microseconds=1)


def local_hour(at: int, zone: Any) -> int:
    """The hour on the clocks of a place."""
    return (EPOCH + timedelta(microseconds=at)).astimezone(zone).hour


def has_hours_by_day(opens: int, closes: int, zone: Any, hours: int) -> bool:
    """Whether so many hours of a window lie between 8 in the morning and 10 at night where the body lives.

    Counted minute by minute: clocks are set back and forth on full minutes everywhere.
    """
    missing, at = hours * HOUR, opens
    while at < closes and missing > 0:
        step = min(MINUTE - at % MINUTE, closes - at)
        if 8 <= local_hour(at, zone) < 22:
            missing -= step
        at += step
    return missing <= 0


def zone_of(name: str) -> Any:
    """The clock of a place, or None on a machine that does not know it."""
    try:
        from zoneinfo import ZoneInfo  # noqa: PLC0415  some machines have no zones at all

        return ZoneInfo(name)
    except (ImportError, ValueError, OSError, LookupError):
        return None
