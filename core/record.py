"""Writing the record: one hash chain per body, in the transaction of each change (DESIGN section 8)."""

import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from core.locks import require_transaction
from core.models import Body, Membership, Person, RecordHead, RecordLine, RecordText
from core.rules import chain

# Written out, because nearly every act pays for it. The database puts the line together: so whoever waits for the head
# waits for one statement, and never for Python. The moment comes after the lock.
APPEND = """
    WITH head AS MATERIALIZED (
        SELECT seq, hash, at FROM "core_recordhead" WHERE body_id = %(body)s FOR NO KEY UPDATE OF "core_recordhead"
    ), place AS MATERIALIZED (
        SELECT seq + 1 AS seq, hash AS prev, greatest(folkmoot_now(), at, %(at)s::timestamptz) AS at FROM head
    ), whole AS MATERIALIZED (
        SELECT seq, prev, at, %(first)s::text || '"prev":"' || prev || '","seq":' || seq || ',"time":"'
            || to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '"' || %(last)s::text AS line
        FROM place
    ), line AS (
        INSERT INTO core_recordline (body_id, seq, at, what, who, line, prev, hash)
        SELECT %(body)s, seq, at, %(what)s::text, %(who)s::text, line, prev,
            encode(sha256(convert_to(line, 'UTF8')), 'hex')
        FROM whole RETURNING *
    )
    UPDATE core_recordhead AS head SET seq = line.seq, hash = line.hash, at = line.at
    FROM line WHERE head.body_id = line.body_id RETURNING line.id
"""
FORGOTTEN = "forgotten"
LABEL_KEYS: list[Callable[[Person, Body], bytes | None]] = []
"""The pillars' keys for the labels of people who act for a body without being its members; registered at start-up."""
Datum = str | int | bool | None | list["Datum"] | dict[str, "Datum"]


def begin(body: Body) -> None:
    """Give a new body its empty chain."""
    require_transaction()
    RecordHead.objects.create(body=body, seq=0, hash=chain.GENESIS)


def record(
    what: str,
    body: Body,
    /,
    *,
    by: Person | Membership | None,
    at: datetime,
    texts: Mapping[str, str] | None = None,
    **data: Datum,
) -> None:
    """Append one line, past tense, in the transaction of the change it tells of.

    `by` appears as a label, never as a name. `texts` enter as commitments, their words are kept beside the
    line. The line's own time is read after the head is locked; `at` is the act's own time. No line is older than the
    one before it or than its act, even when the clock of the database was set back.
    """
    require_transaction()
    who = label_of(by, body) if by is not None else None
    kept = {name: (secrets.token_bytes(32), text) for name, text in (texts or {}).items() if text}
    content: dict[str, Datum] = {**data, "at": in_utc(at)}
    if kept:
        content["texts"] = {name: chain.commitment(nonce, text) for name, (nonce, text) in kept.items()}

    row = append(body, what, who, content, not_before=at)
    if kept:
        RecordText.objects.bulk_create(
            RecordText(line_id=row, name=name, nonce=nonce, text=text) for name, (nonce, text) in kept.items()
        )


def append(body: Body, what: str, who: str | None, content: dict[str, Datum], *, not_before: datetime) -> int:
    """Write a line and move the head to it, in one statement: others wait for the head meanwhile. The line's key."""
    first, last = chain.around(what, who, content)
    words: dict[str, Any] = {"body": body.pk, "what": what, "who": who or "", "at": not_before}
    with connection.cursor() as cursor:
        cursor.execute(APPEND, {**words, "first": first, "last": last})
        return int(cursor.fetchone()[0])


def destroy_texts(body: Body, what: str, key: str, value: int) -> None:
    """Destroy what was kept beside the lines of one thing: they still commit to it, nobody can show it any more."""
    named = RecordLine.objects.filter(body=body, what=what, line__contains=f'"{key}":{value},')
    RecordText.objects.filter(line__in=named).delete()


def label_of(who: Person | Membership, body: Body) -> str:
    """The pseudonym of a member in this body's record: the same for the whole membership, nowhere else."""
    if isinstance(who, Membership):
        return label(who)
    latest = Membership.objects.filter(body=body, person=who).order_by("-joined_at", "-pk").first()
    if latest is not None:
        return label(latest)
    keys = (key_of(who, body) for key_of in LABEL_KEYS)
    return next((label_from(key) for key in keys if key is not None), "applicant")


def label(membership: Membership) -> str:
    """The pseudonym that goes with one membership; none any more once its key is destroyed."""
    return label_from(membership.label_key)


def label_from(key: bytes | memoryview | None) -> str:
    """The pseudonym that a membership's key makes; once the key is destroyed, the same word for all."""
    return FORGOTTEN if key is None else chain.label(bytes(key))


def record_id(body: Body) -> str:
    """The name of a body's record, that checkpoints and files bear: the start of the hash of its first line."""
    return RecordLine.objects.values_list("hash", flat=True).get(body=body, seq=1)[:32]


def in_utc(moment: datetime) -> str:
    """A moment as the record writes it: UTC, microseconds, Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment(time: str) -> datetime:
    """The moment that the record wrote so."""
    return datetime.strptime(time, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
