"""Writing the record: one hash chain per body, in the transaction of each change (DESIGN section 8)."""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime

from core.locks import require_transaction
from core.models import Body, Membership, Person, RecordHead, RecordLine, RecordText
from core.rules import chain
from core.timekeeping import folkmoot_now

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
) -> RecordLine:
    """Append one line, past tense, in the transaction of the change it tells of.

    `by` appears as a label, never as a name. `texts` enter as commitments, their words are kept beside the
    line. The line's own time is read after the head is locked; `at` is the act's own time.
    """
    require_transaction()
    who = label_of(by, body) if by is not None else None
    kept = {name: (secrets.token_bytes(32), text) for name, text in (texts or {}).items() if text}
    content: dict[str, Datum] = {**data, "at": in_utc(at)}
    if kept:
        content["texts"] = {name: chain.commitment(nonce, text) for name, (nonce, text) in kept.items()}

    head = RecordHead.objects.select_for_update(no_key=True).get(pk=body.pk)
    written_at = folkmoot_now()
    line = chain.Line(seq=head.seq + 1, time=in_utc(written_at), what=what, who=who, data=content, prev=head.hash)
    row = RecordLine.objects.create(
        body=body,
        seq=line.seq,
        at=written_at,
        what=what,
        who=who or "",
        line=chain.canonical(line.body()).decode(),
        prev=head.hash,
        hash=line.hash(),
    )
    RecordText.objects.bulk_create(
        RecordText(line=row, name=name, nonce=nonce, text=text) for name, (nonce, text) in kept.items()
    )
    RecordHead.objects.filter(pk=body.pk).update(seq=row.seq, hash=row.hash)
    return row


def label_of(who: Person | Membership, body: Body) -> str:
    """The pseudonym of a member in this body's record: the same for the whole membership, nowhere else."""
    if isinstance(who, Membership):
        return label(who)
    latest = Membership.objects.filter(body=body, person=who).order_by("-joined_at", "-pk").first()
    return label(latest) if latest else "applicant"


def label(membership: Membership) -> str:
    """The pseudonym that goes with one membership."""
    return chain.label(bytes(membership.label_key))


def in_utc(moment: datetime) -> str:
    """A moment as the record writes it: UTC, microseconds, Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment(time: str) -> datetime:
    """The moment that the record wrote so."""
    return datetime.strptime(time, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
