"""Which bodies are above and below which, and how many distinct people stand at the base. Counted, never listed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from core.models import Body, Person

ABOVE = """
    WITH RECURSIVE above(id) AS (
        SELECT s.confederation_id FROM confederation_seat s WHERE s.body_id = ANY (%s) AND s.left_at IS NULL
        UNION SELECT s.confederation_id FROM confederation_seat s JOIN above ON above.id = s.body_id
        WHERE s.left_at IS NULL
    ) SELECT id FROM above ORDER BY id
"""
BELOW = """
    WITH RECURSIVE below(id) AS (
        SELECT s.body_id FROM confederation_seat s WHERE s.confederation_id = %s AND s.left_at IS NULL {voice}
        UNION SELECT s.body_id FROM confederation_seat s JOIN below ON below.id = s.confederation_id
        WHERE s.left_at IS NULL {voice}
    ) SELECT id FROM below {base} ORDER BY id
"""
# Looked up one by one: a small confederation must not cost what all bodies there are cost.
IS_BASE = "WHERE (SELECT b.kind FROM core_body b WHERE b.id = below.id) <> 'confederation'"
BASE = BELOW.format(voice="AND s.voice", base=IS_BASE).strip()
# Body by body, by the index, for the same reason: OFFSET 0 keeps the planner from reading all memberships there are.
VOICES = f"""
    FROM ({BASE}) AS base CROSS JOIN LATERAL (
        SELECT m.person_id FROM core_membership m
        WHERE m.body_id = base.id AND m.ended_at IS NULL AND m.voice_from <= (SELECT folkmoot_now()) OFFSET 0
    ) AS member
"""  # noqa: S608  # nosec B608  (constants of this house)
PEOPLE = f"SELECT count(DISTINCT member.person_id) {VOICES}"  # nosec B608  (the same)
SOME_PEOPLE = f"""
    SELECT count(DISTINCT seen.person_id) FROM (SELECT member.person_id {VOICES} LIMIT %s) AS seen
"""  # noqa: S608  # nosec B608  (the same)
# From the people who did something, not from all: these are few.
AMONG = f"""
    SELECT count(DISTINCT m.person_id) FROM core_membership m
    WHERE m.ended_at IS NULL AND m.voice_from <= (SELECT folkmoot_now())
    AND m.person_id IN ({{persons}}) AND m.body_id IN ({BASE})
"""  # noqa: S608  # nosec B608  (the same)
CALLING = """
    SELECT c.person_id FROM confederation_call c
    WHERE c.referral_id = %s AND c.person_id IS NOT NULL AND c.taken_back_at IS NULL
"""
WITHDRAWING = "SELECT w.person_id FROM confederation_personwithdrawal w WHERE w.mandate_id = %s"
ABOVE_PERSON = """
    WITH RECURSIVE above(id) AS (
        SELECT s.confederation_id FROM confederation_seat s JOIN core_membership m ON m.body_id = s.body_id
        WHERE m.person_id = %s AND m.ended_at IS NULL AND s.left_at IS NULL
        UNION SELECT s.confederation_id FROM confederation_seat s JOIN above ON above.id = s.body_id
        WHERE s.left_at IS NULL
    ) SELECT id FROM above
"""
VOICE_ABOVE = """
    WITH RECURSIVE above(id) AS (
        SELECT s.confederation_id FROM confederation_seat s JOIN core_membership m ON m.body_id = s.body_id
        WHERE m.person_id = %s AND m.ended_at IS NULL AND m.voice_from <= %s AND s.voice AND s.left_at IS NULL
        UNION SELECT s.confederation_id FROM confederation_seat s JOIN above ON above.id = s.body_id
        WHERE s.voice AND s.left_at IS NULL
    ) SELECT id FROM above WHERE id = %s
"""


def above(bodies: Iterable[int]) -> list[int]:
    """The keys of all confederations that these bodies are in, directly or not."""
    return keys(ABOVE, [list(bodies)])


def above_body(body: Body) -> RawSQL:
    """The keys of all confederations above a body, as part of a statement."""
    return RawSQL(ABOVE.replace(" ORDER BY id", ""), [[body.pk]])  # noqa: S611  # nosec B611  (of this house)


def counted_below(confederation: int) -> RawSQL:
    """The keys of the base bodies in a confederation that have a voice in it, as part of a statement."""
    return RawSQL(BASE.replace(" ORDER BY id", ""), [confederation])  # noqa: S611  # nosec B611  (of this house)


def below(confederation: int) -> list[int]:
    """The keys of all bodies in a confederation, directly or not, with those that are not counted."""
    return keys(BELOW.format(voice="", base=""), [confederation])


def base_below(confederation: int) -> list[int]:
    """The keys of the base bodies in a confederation that have a voice in it."""
    return keys(BASE, [confederation])


def people_below(confederation: int) -> int:
    """How many distinct people have a voice in the base bodies below."""
    return keys(PEOPLE, [confederation])[0]


def people_at_least(confederation: int, number: int) -> int:
    """How many distinct people have a voice below; at least `number` of them, where there are so many.

    Where that is enough to know, no more rows are looked at than it takes: a clock asks again and again.
    """
    some = keys(SOME_PEOPLE, [confederation, 2 * number])[0]
    return some if some >= number else people_below(confederation)


def people_calling(referral: int, confederation: int) -> int:
    """How many people who call a decision down have a voice in the base bodies below."""
    return keys(AMONG.format(persons=CALLING), [referral, confederation])[0]


def people_withdrawing(mandate: int, confederation: int) -> int:
    """How many people who have withdrawn their confidence have a voice in the base bodies below."""
    return keys(AMONG.format(persons=WITHDRAWING), [mandate, confederation])[0]


def has_voice_below(person: Person, confederation: Body, *, at: datetime) -> bool:
    """Whether somebody has a voice in a base body that is counted in a confederation."""
    return bool(keys(VOICE_ABOVE, [person.pk, at, confederation.pk]))


def keys(statement: str, words: list[Any]) -> list[int]:
    """The first column."""
    with connection.cursor() as cursor:
        cursor.execute(statement, words)
        return [row[0] for row in cursor.fetchall()]


def above_person(person: Person) -> list[int]:
    """The keys of all confederations above the bodies that a person is a member of."""
    return keys(ABOVE_PERSON, [person.pk])


def read_from_below(person: Person) -> RawSQL:
    """The same, as part of a statement."""
    return RawSQL(ABOVE_PERSON, [person.pk])  # noqa: S611  # nosec B611  (a constant of this house)


def may_read(person: Person | None, confederation: Body) -> bool:
    """Whether somebody reads what a confederation decides on: the members of all bodies below it."""
    return person is not None and person.is_authenticated and confederation.pk in above_person(person)
