"""The two files of a record: the members' with texts and ballots, the public one without (DESIGN section 8).

One JSON object a line. Lines of the record stand as the bytes that were hashed; whatever stands beside them has the
name "with". Both are written while they are read: no more of them is in memory than what was signed. That is read
before the head of the record, so that nothing signed speaks of lines that the file has not.
"""

import json
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import TruncDate

from core.models import (
    Ballot,
    Body,
    Checkpoint,
    Mandate,
    Person,
    Receipt,
    RecordHead,
    RecordLine,
    RecordText,
    SigningKey,
    Vote,
    Withdrawal,
)
from core.record import in_utc, label, record_id
from core.rules import chain
from core.timekeeping import folkmoot_now

FORMAT = 1
AT_ONCE = 1000
Beside = dict[str, Any]


def get_public_file(body: Body) -> Iterator[str]:
    """Lines, roots and totals: what anybody may have of a listed body."""
    signed = signed_for_all(body)
    head = RecordHead.objects.get(pk=body.pk)
    yield written(about(body, head, "public"))
    yield from map(written, signed)
    for rows in chunks(body, head):
        for row in rows:
            yield f"{row.line}\n"


def get_members_file(body: Body, person: Person | None) -> Iterator[str]:
    """Lines with their texts, the ballots of each counted vote behind its line, and what is this person's own."""
    signed = signed_for_all(body) + (own_receipts(body, person) if person is not None else [])
    head = RecordHead.objects.get(pk=body.pk)
    yield written(about(body, head, "members"))
    yield from map(written, signed)
    for rows in chunks(body, head):
        texts = texts_of(rows)
        votes = counted_in(rows)
        for row in rows:
            yield f"{row.line}\n"
            for text in texts.get(row.pk, []):
                yield written(text)
            if row.pk in votes:
                yield from map(written, ballots_of(votes[row.pk]))
    if person is not None:
        yield from map(written, own_withdrawals(body, person))


def about(body: Body, head: RecordHead, kind: str) -> Beside:
    """The first line of a file: what it is."""
    return {
        "with": "about",
        "format": FORMAT,
        "kind": kind,
        "record": record_id(body),
        "body": body.name,
        "lines": head.seq,
        "written": in_utc(folkmoot_now()),
    }


def signed_for_all(body: Body) -> list[Beside]:
    """The keys of the house with what names each, oldest first; the newest checkpoint of each day, and the newest."""
    signed: list[Beside] = []
    for key in SigningKey.objects.order_by("pk"):
        signed.append({"with": "key", "key": key.text})
        if key.rotation:
            signed.append({"with": "rotation", "note": key.rotation})
    days = Checkpoint.objects.of(body).annotate(day=TruncDate("at", tzinfo=UTC))
    found = [*days.order_by("day", "-size").distinct("day"), *days[:1]]  # a clock set back may have hidden the newest
    daily = {each.size: each.note for each in found}
    return signed + [{"with": "checkpoint", "note": daily[size]} for size in sorted(daily)]


def own_receipts(body: Body, person: Person) -> list[Beside]:
    """The receipts of this person's open ballots here, in the order in which they were signed."""
    mine = Receipt.objects.filter(ballot__roll__membership__person=person, ballot__roll__membership__body=body)
    return [{"with": "receipt", "note": note} for note in mine.order_by("pk").values_list("note", flat=True)]


def written(beside: Beside) -> str:
    """One line of the file."""
    return chain.canonical(beside).decode() + "\n"


def chunks(body: Body, head: RecordHead) -> Iterator[list[RecordLine]]:
    """The lines up to the head as it was read, some at a time: what is appended meanwhile is for the next file."""
    for start in range(0, head.seq, AT_ONCE):
        upto = min(start + AT_ONCE, head.seq)
        yield list(RecordLine.objects.filter(body=body, seq__gt=start, seq__lte=upto).order_by("seq"))


def texts_of(rows: list[RecordLine]) -> dict[int, list[Beside]]:
    """The texts that these lines commit to, by the key of the line; those taken back are no longer there."""
    seqs = {row.pk: row.seq for row in rows}
    found: dict[int, list[Beside]] = {}
    for text in RecordText.objects.filter(line__in=seqs).order_by("line", "name"):
        beside = {"with": "text", "line": seqs[text.line_id], "name": text.name, "text": text.text}
        found.setdefault(text.line_id, []).append({**beside, "nonce": bytes(text.nonce).hex()})
    return found


def counted_in(rows: list[RecordLine]) -> dict[int, Vote]:
    """The votes that these lines count, by the key of the line."""
    told = {row.pk: json.loads(row.line)["data"] for row in rows if row.what == "vote.counted"}
    named = {(data["proposal"], data["vote"]): key for key, data in told.items()}
    votes = Vote.objects.filter(proposal__in={proposal for proposal, _number in named})
    return {named[vote.proposal_id, vote.number]: vote for vote in votes if (vote.proposal_id, vote.number) in named}


def ballots_of(vote: Vote) -> Iterator[Beside]:
    """The open ballots of a counted vote, in the order of their leaves. Of who is forgotten the leaf only."""
    rows: Any = Ballot.objects.filter(vote=vote).order_by("leaf").annotate(key=F("roll__membership__label_key"))
    for row in rows.iterator(chunk_size=AT_ONCE):
        if row.key is None or not row.nonce:
            yield {"with": "ballot", "vote": vote.pk, "leaf": row.leaf}
        else:
            yield {"with": "ballot", **row.as_leaf(chain.label(bytes(row.key))), "nonce": bytes(row.nonce).hex()}


def own_withdrawals(body: Body, person: Person) -> Iterator[Beside]:
    """This person's withdrawals of confidence that were counted when they ended a mandate, each with its nonce.

    None for a mandate that was ended again after a restore: that line has no commitments that a nonce could open.
    """
    again = RecordLine.objects.filter(body=body, what="mandate.ended", line__contains='"lost_line":')
    ended_again = [json.loads(line)["data"]["mandate"] for line in again.values_list("line", flat=True)]
    mine = Withdrawal.objects.filter(
        Q(membership__ended_at__isnull=True) | Q(membership__ended_at__gt=F("mandate__ended_at")),
        membership__person=person,
        mandate__body=body,
        mandate__ending=Mandate.Ending.CONFIDENCE,
    ).exclude(mandate__in=ended_again)
    for row in mine.select_related("membership").order_by("mandate"):
        nonce = bytes(row.nonce).hex()
        yield {"with": "confidence", "mandate": row.mandate_id, "who": label(row.membership), "nonce": nonce}
