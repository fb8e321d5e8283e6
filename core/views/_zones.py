"""Times on a body's pages are those of the body."""

from contextlib import AbstractContextManager
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone


def in_zone(name: str) -> AbstractContextManager[None]:
    """Show and read times in a charter's time zone; in UTC where the machine does not know it."""
    try:
        return timezone.override(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError):
        return timezone.override(ZoneInfo("UTC"))
