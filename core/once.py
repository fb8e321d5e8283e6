"""The same form or call sent twice has one effect (invariant 16)."""

from django.db import connection
from django.utils import timezone

from core.locks import require_transaction
from core.models import DoneOnce, Person

TAKE = """
    INSERT INTO core_doneonce (person_id, key, result, at) VALUES (%s, %s, %s, %s)
    ON CONFLICT (person_id, key) DO NOTHING RETURNING id
"""
TAKE_AND_COUNT = """
    INSERT INTO core_doneonce (person_id, key, result, at) VALUES (%s, %s, %s, %s)
    ON CONFLICT (person_id, key) DO NOTHING RETURNING id, (
        SELECT count(*) FROM core_doneonce AS former
        WHERE former.person_id = core_doneonce.person_id AND former.at > core_doneonce.at - interval '1 minute'
        AND former.key LIKE %s
    )
"""


def claim(person: Person, key: str, result: str = "") -> tuple[DoneOnce, bool]:
    """Take the key in the transaction of the act; False means it was done before, with `result` as its answer.

    A second sender waits here until the first has committed or failed. One statement for the first; `result` is for
    answers known beforehand.
    """
    require_transaction()
    key = key.replace("\x00", "")[:64]  # which PostgreSQL keeps in no text
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [person.pk, key, result, timezone.now()])
        taken = cursor.fetchone()
    if taken is None:
        return DoneOnce.objects.get(person=person, key=key), False
    return DoneOnce(pk=taken[0], person=person, key=key, result=result), True


def claim_counted(person: Person, kind: str, key: str, result: str = "") -> tuple[DoneOnce, bool, int]:
    """The same, and how many of this kind the person has done in the last minute, in the same one statement.

    Those that are being done at this very moment are not seen: a few more than counted may get through at once.
    """
    require_transaction()
    key = f"{kind}:{key}".replace("\x00", "")[:64]
    with connection.cursor() as cursor:
        cursor.execute(TAKE_AND_COUNT, [person.pk, key, result, timezone.now(), f"{kind}:%"])
        taken = cursor.fetchone()
    if taken is None:
        return DoneOnce.objects.get(person=person, key=key), False, 0
    return DoneOnce(pk=taken[0], person=person, key=key, result=result), True, taken[1]


def remember(done: DoneOnce, result: str) -> None:
    """Keep the answer for whoever sends it again."""
    done.result = result
    done.save(update_fields=["result"])
