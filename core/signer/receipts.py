"""Receipts: what the signer saw of each open ballot, signed. It never sees the position, only the commitment to it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from core.models import Ballot, Receipt, RecordLine
from core.record import in_utc, label_from
from core.rules import notes
from core.signer.keys import Signing
from core.timekeeping import folkmoot_now

BATCH = 500


def sign_all(signing: Signing, *, since: datetime | None, stopped: Collection[int] = ()) -> int:
    """Sign a receipt for each ballot changed after `since` that has none as it stands; how many.

    None of a body whose record is not signed. A ballot that changed twice meanwhile gets one for its last state.
    """
    records: dict[int, str] = {}
    done = 0
    while rows := list(waiting(since, stopped)[:BATCH]):
        at = folkmoot_now()
        Receipt.objects.bulk_create(receipt(row, signing, records, at=at) for row in rows)
        done += len(rows)
    return done


def waiting(since: datetime | None, stopped: Collection[int]) -> Any:
    """Ballots without a receipt for their present state, oldest first: only the columns that the signer may read.

    A label that was forgotten gets no receipt any more.
    """
    same = Receipt.objects.filter(ballot=OuterRef("pk"), change_no=OuterRef("change_no"))
    ballots = Ballot.objects.filter(~Exists(same), roll__membership__label_key__isnull=False)
    ballots = ballots.exclude(roll__membership__body__in=stopped)
    if since is not None:
        ballots = ballots.filter(changed_at__gt=since)
    columns = ("pk", "vote", "change_no", "leaf", "roll__membership__label_key", "roll__membership__body")
    return ballots.order_by("changed_at", "pk").values(*columns)


def receipt(row: dict[str, Any], signing: Signing, records: dict[int, str], *, at: datetime) -> Receipt:
    """One receipt, signed."""
    body_id = row["roll__membership__body"]
    if body_id not in records:
        records[body_id] = record_id(body_id)
    text = notes.Receipt(
        record=records[body_id],
        vote=row["vote"],
        who=label_from(row["roll__membership__label_key"]),
        change=row["change_no"],
        leaf=row["leaf"],
        time=in_utc(at),
    ).text()
    return Receipt(ballot_id=row["pk"], key=signing.row, change_no=row["change_no"], at=at, note=signing.sign(text))


def record_id(body_id: int) -> str:
    """The number under which notes name a body's record: the beginning of the hash of its first line."""
    return RecordLine.objects.get(body=body_id, seq=1).hash[:32]
