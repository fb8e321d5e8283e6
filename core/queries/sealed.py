"""What is sealed to whom, and who has read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.models import Person, Reading, SealedFile
from core.sealing import store


@dataclass(frozen=True, slots=True)
class SealedTo:
    """How many files a person may read, and how many of them are sealed to their key."""

    entitled: int
    sealed: int

    @property
    def waiting(self) -> int:
        """Files that another reader has to open once."""
        return self.entitled - self.sealed


@dataclass(frozen=True, slots=True)
class Look:
    """A line of the reading log: who read it, when."""

    person: Person
    at: datetime


def get_sealed_to(person: Person) -> SealedTo:
    """Of all files that a person may read now."""
    names = list(SealedFile.objects.for_reader(person).values_list("pk", flat=True))
    key = person.reading_keys.standing().first()
    return SealedTo(len(names), sum(key.pk in store.readers(name) for name in names) if key else 0)


def get_readings(files: Iterable[SealedFile]) -> list[Look]:
    """The reading log of these files, newest first; files read at one moment are one line."""
    rows = Reading.objects.filter(file__in=list(files)).select_related("person").order_by("-at", "person_id")
    return list({(row.person_id, row.at): Look(row.person, row.at) for row in rows}.values())
