"""When an assembly may be held: with notice, neither endless nor in the past; and its steps, which doors open when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

NOTICE_AT_LEAST: Final = 3
NOTICE_AT_MOST: Final = 30
LONGEST: Final = timedelta(hours=12)
DOORS: Final = timedelta(hours=1)
"""So long before the planned start somebody may open the doors: nobody finds a meeting half over."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an assembly is, apart from its date."""

    title: str
    place: str
    about: str = ""
    notice_days: int = 7


@dataclass(frozen=True, slots=True)
class When:
    """A planned beginning and end."""

    starts_at: datetime
    ends_at: datetime


def notice_kept(called: datetime, starts: datetime, days: int) -> bool:
    """Whether there is enough time between the call and the meeting."""
    return starts - called >= timedelta(days=days)


def lasts_sensibly(starts: datetime, ends: datetime) -> bool:
    """Whether it ends after it begins, and on the same day or night."""
    return timedelta(0) < ends - starts <= LONGEST


def doors_open_at(starts: datetime) -> datetime:
    """From when on the assembly may be opened."""
    return starts - DOORS
