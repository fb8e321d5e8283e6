"""The street of these tests, what a refusal must leave untouched, and the SQL an action speaks."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core.models import Body, Cause, Person, RecordLine, Vote
from core.refusals import Refusal
from core.rules.positions import Position
from tests import village

OURS = ("core", "councils", "defense", "confederation")
NOT_STATE = {"doneonce"}


@dataclass(frozen=True)
class Street:
    """A council of five with its charter; carla belongs to another, dario to none."""

    body: Body
    ana: Person
    bruno: Person
    eva: Person
    farid: Person
    gina: Person
    carla: Person
    dario: Person

    @property
    def members(self) -> list[Person]:
        """The five."""
        return [self.ana, self.bruno, self.eva, self.farid, self.gina]


def make_street(**numbers: Any) -> Street:
    """The council and its people."""
    people = village.make_people("ana", "bruno", "eva", "farid", "gina", "carla", "dario", "hugo", "ines")
    body = village.make_council("Alder Street", people[:5], **numbers)
    village.make_council("Birch Street", [people[5], *people[7:]])
    return Street(body, *people[:7])


def all_say(vote: Vote, position: Position) -> Vote:
    """Everybody on the roll takes this position, and the vote is closed."""
    for entry in vote.roll.select_related("person"):
        village.cast(vote, entry.person, position)
    return village.close(vote)


def query(statement: str) -> list[tuple[Any, ...]]:
    """The rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def state() -> dict[str, str]:
    """A fingerprint of every table of core and of the pillars."""
    models = [model for app in OURS for model in apps.get_app_config(app).get_models()]
    tables = sorted({model._meta.db_table for model in models if model._meta.model_name not in NOT_STATE})
    parts = (f"SELECT '{t}', md5(coalesce(string_agg(x::text, '|' ORDER BY x::text), '')) FROM {t} x" for t in tables)
    return dict(query(" UNION ALL ".join(parts)))


@contextmanager
def refused_by_the_database(words: str) -> Iterator[None]:
    """What happens inside is refused with these words, and changes no row."""
    before = state()
    with pytest.raises(DatabaseError, match=words), transaction.atomic():
        yield
    assert state() == before


def run(statement: str, *values: int | None) -> None:
    """A statement past all actions."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@contextmanager
def refused(kind: type[Refusal] = Refusal, words: str = "") -> Iterator[None]:
    """What happens inside is refused, with those words, and changes no row."""
    before = state()
    with pytest.raises(kind, match=re.escape(words) or None) as caught, transaction.atomic():
        yield
    assert type(caught.value) is kind or kind is Refusal
    assert str(caught.value)
    assert state() == before


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is tried and taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass
class News:
    """Record lines and causes that were written since."""

    lines: int
    causes: int

    def recorded(self) -> list[str]:
        """What the record says happened since."""
        return list(RecordLine.objects.filter(pk__gt=self.lines).order_by("pk").values_list("what", flat=True))

    def told(self) -> list[str]:
        """The news queued since."""
        return list(Cause.objects.filter(pk__gt=self.causes).order_by("pk").values_list("what", flat=True))


def from_now() -> News:
    """Watch the record and the outbox from here on."""
    last_line, last_cause = RecordLine.objects.order_by("-pk").first(), Cause.objects.order_by("-pk").first()
    return News(last_line.pk if last_line else 0, last_cause.pk if last_cause else 0)


@contextmanager
def spoken() -> Iterator[list[str]]:
    """The statements of what happens inside."""
    heard: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield heard
    heard += [each["sql"] for each in captured.captured_queries]
