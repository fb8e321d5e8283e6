"""A council in which something is sealed to ana and bruno; eva has a key and no right, farid a right and no key."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings

from core.actions import reading_keys, sealed_files
from core.models import Body, Person, SealedFile
from core.sealing.pairs import Pair
from core.timekeeping import folkmoot_now
from tests import village

CANARY = "What was said behind the bakery: 7f3a-canary-91."
WORDS = "kettle harbour sixteen moss"
OTHER = "lantern gravel otter plum"
STORES = TemporaryDirectory(prefix="folkmoot-seals-")


@dataclass(frozen=True)
class Archive:
    """The council and its people."""

    body: Body
    file: SealedFile
    seals: Path
    ana: Person
    bruno: Person
    eva: Person
    farid: Person
    carla: Person

    def pair(self, person: Person, words: str = WORDS) -> Pair:
        """Somebody's key, opened."""
        return reading_keys.open_with(person, words)

    def read(self, person: Person, words: str = WORDS) -> dict[str, str]:
        """What somebody reads."""
        return sealed_files.read([self.file], self.pair(person, words), by=person)


def make_archive() -> Archive:
    """In a store of its own, of which each test has a copy; carla is in no body and has no key."""
    people = village.make_people("ana", "bruno", "eva", "farid", "carla")
    ana, bruno, eva, farid, carla = people
    body = village.make_council("Alder Street", people[:4])
    for person in (ana, bruno, eva):
        reading_keys.make(person, WORDS, at=folkmoot_now())
    place = Path(mkdtemp(dir=STORES.name))
    with override_settings(SEALS_FOLDER=place):
        return Archive(body, seal(body, ana, bruno, farid), place, ana, bruno, eva, farid, carla)


def seal(body: Body, by: Person, *others: Person, words: str = CANARY) -> SealedFile:
    """Words sealed to these people, for ninety days."""
    at = folkmoot_now()
    with transaction.atomic():
        return sealed_files.write(body, words, [by, *others], by=by, at=at, until=at + sealed_files.RETENTION)


@contextmanager
def as_the_web() -> Iterator[None]:
    """What happens inside, the database sees the web role do."""
    with connection.cursor() as cursor:
        cursor.execute(f'SET ROLE "{settings.DATABASE_WEB_ROLE}"')
        yield  # after an error the rollback to the savepoint brings the role back
        cursor.execute("RESET ROLE")


def rows(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """What a statement finds."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return list(cursor.fetchall())


LATER = timedelta(days=91)
