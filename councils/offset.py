"""The clock of decisions, set back for as long as a story of the past is told. Only the owner role can write it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from core.models import ClockOffset


def get_offset() -> timedelta:
    """What is added to the database's clock now."""
    return ClockOffset.objects.filter(pk=1).values_list("offset", flat=True).first() or timedelta()


def set_offset(offset: timedelta) -> None:
    """Write the offset."""
    if not ClockOffset.objects.filter(pk=1).update(offset=offset):
        ClockOffset.objects.create(pk=1, offset=offset)


def move(by: timedelta) -> None:
    """Move the clock on."""
    set_offset(get_offset() + by)


@contextmanager
def set_back(by: timedelta) -> Iterator[None]:
    """Inside, the clock is so much earlier (and may be moved); afterwards it is exactly as it was before."""
    before = get_offset()
    set_offset(before - by)
    try:
        yield
    finally:
        set_offset(before)
