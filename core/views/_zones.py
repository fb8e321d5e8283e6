"""Times on a body's pages are those of the body."""

from contextlib import AbstractContextManager

from django.utils import timezone

from core.queries.zones import zone_named


def in_zone(name: str) -> AbstractContextManager[None]:
    """Show and read times in a charter's time zone."""
    return timezone.override(zone_named(name))
