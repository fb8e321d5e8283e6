"""What waits for one person, as the first page and the digest show it; and what others ask of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Subquery
from django.utils.translation import gettext as _

from core.models import Body, Stage
from core.words.rules import Words


@dataclass(frozen=True, slots=True)
class Call:
    """One thing that waits for a person: a row of components/calls.html."""

    title: str
    url: str
    where: str
    action: Words
    minutes: int = 1
    closes_at: datetime | None = None
    closes: Words = ""
    closed: Words = ""
    quiet: bool = False
    body_id: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What waits for a member at a pillar. `rows` is an expression on a membership that gathers it as JSON, so that the
    first page asks no further statement; `calls` says it.
    """

    name: str
    rows: Callable[[], Subquery]
    calls: Callable[[list[dict[str, Any]], Body], list[Call]]


SOURCES: list[Source] = []


def register(source: Source) -> None:
    """Let a pillar say what waits for a person there (apps.py)."""
    SOURCES.append(source)


def source_rows() -> dict[str, Subquery]:
    """The expressions of all pillars, by the name under which a membership then has their rows."""
    return {f"rows_{source.name}": source.rows() for source in SOURCES}


def source_calls(memberships: Iterable[Any]) -> list[Call]:
    """What all pillars have to say about memberships that carry their rows."""
    return [
        call
        for each in memberships
        for source in SOURCES
        for call in source.calls(getattr(each, f"rows_{source.name}"), each.body)
    ]


def offer_calls(live: Iterable[Any]) -> list[Call]:
    """Mandates that one is asked to take (`offered`). Without an answer no vote opens: all are being talked over."""
    return [
        Call(
            title=each.title,
            url=each.get_absolute_url(),
            where=_("%(body)s asks you to take this mandate") % {"body": each.body.name},
            action=_("Read and answer"),
            minutes=3,
        )
        for each in live
        if each.offered
    ]


def stand_call(election: Any) -> Call | None:
    """An election in which the person is asked to stand (`asked`), or nothing."""
    if not election.asked or election.stage != Stage.DISCUSSION:
        return None
    return Call(
        title=election.title,
        url=f"{election.get_absolute_url()}#candidates",
        where=_("%(body)s elects, and somebody asks you to stand") % {"body": election.body.name},
        action=_("Read and answer"),
        minutes=3,
    )
