"""News of the pillars: each registers its kinds at start-up (apps.py), with their words and who hears them.

A cause of such a kind carries its own title and path, because core has no key to what it is about.
"""

from collections.abc import Callable
from dataclasses import dataclass

from core.models import Cause, Person


@dataclass(frozen=True, slots=True)
class News:
    """One kind of news. `sentence` says it to its reader; `audience` are SELECTs as in `audiences`."""

    what: str
    sentence: Callable[[Cause, Person], str]
    audience: tuple[str, ...]


NEWS: dict[str, News] = {}


def register(news: News) -> None:
    """Add a kind; twice the same name is a mistake."""
    if news.what in NEWS or news.what in Cause.What:
        raise ValueError(news.what)
    NEWS[news.what] = news


ALSO: dict[str, list[str]] = {}
"""Who hears of core's own kinds of news beside core's audiences, as SELECTs; by the kind of news."""


def also_hear(what: str, select: str) -> None:
    """Add an audience; twice the same is a mistake. It costs every cause of that kind, so it has to be empty soon."""
    if select in ALSO.setdefault(what, []):
        raise ValueError(what)
    ALSO[what].append(select)
