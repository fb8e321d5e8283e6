"""The second wall: the database shows the words of a sealed file to the one who reads it, and asks for the log line.

The web role owns nothing, and the tables have FORCE: without a person, or without a reading that was written down, they
show no row. This stops a forgotten filter, not somebody who can make the web say any SQL (docs/sealed.md).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from core.models import Person, Reading

SAY = "SELECT set_config('folkmoot.person', %s, true), set_config('folkmoot.reading', %s, true)"


@contextmanager
def acting_as(person: Person, reading: Reading | None = None) -> Iterator[None]:
    """One transaction in which the database knows who reads, and by which line of the reading log.

    Said for this transaction alone (SET LOCAL), so that no other request on the same connection inherits it. Durable:
    the log line was committed before, and what is said here ends here.
    """
    with transaction.atomic(durable=True):
        _say(str(person.pk), str(reading.pk) if reading is not None else "")
        yield
        _say("", "")  # where a test's own transaction goes on


def _say(person: str, reading: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SAY, [person, reading])
