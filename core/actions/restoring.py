"""After a backup was restored: what came later is lost, so every open vote begins anew and all members are told.

What the signer remembers is not lost: mandates that ended after the backup stay ended, and the record names the last
checkpoint, without which the signer would sign it no more (DESIGN section 7).
"""

import json
from datetime import datetime

from django.db import connection, transaction

from core.actions import mandates, overtaking
from core.actions.closing import begin_anew
from core.actions.telling import tell
from core.locks import Touched, take
from core.models import Body, Cause, Mandate, RecordLine, Stage, Vote
from core.record import Datum, in_utc, moment, record
from core.rules.counting import Reason
from core.signer.memory import Memory
from core.timekeeping import folkmoot_now

LEAP = 1_000_000
"""How far the numbers of rows leap: what was made after the backup had numbers that must not come again, because old
links, mails and receipts still carry them."""


@transaction.atomic
def restored(body: Body, *, backup_at: datetime, remembered: Memory) -> int:
    """Write `record.restored`, end what had ended, void and reopen the open votes of one body; the number of these."""
    lost = standing_again(body, remembered)
    voting = open_votes_of(body)
    touched = Touched(mandates=frozenset(lost), proposals=frozenset(voting))
    taken = take(body.pk, touched, votes=list(voting.values()))
    at = folkmoot_now()
    checkpoints = named(body, remembered)
    record("record.restored", taken.body, by=None, at=at, texts=None, backup=in_utc(backup_at), **checkpoints)
    for mandate_id in lost:
        ended_again(taken.mandates[mandate_id], remembered)
    open_votes = open_votes_of(body)  # without the recalls of mandates that have just ended
    for _proposal_id, vote_id in sorted(open_votes.items()):
        begin_anew(Vote.objects.get(pk=vote_id), taken, Reason.VOID, at=at)
    tell(Cause.What.HOUSE_RESTORED, taken.body, key=f"{body.pk}:{in_utc(at)}", at=at)
    return len(open_votes)


def named(body: Body, remembered: Memory) -> dict[str, Datum]:
    """The last checkpoint, and those of earlier losses whose lines are lost as well: members may keep any of them."""
    told = RecordLine.objects.filter(body=body, what="record.restored").values_list("line", flat=True)
    known = {json.loads(line)["data"].get("checkpoint") for line in told} | {remembered.note}
    lost: list[Datum] = [note for note in remembered.lost if note not in known]
    return {"checkpoint": remembered.note or None, **({"lost": lost} if lost else {})}


def open_votes_of(body: Body) -> dict[int, int]:
    """Proposals being voted on, each with its open vote."""
    found = Vote.objects.open().filter(proposal__body=body, proposal__stage=Stage.VOTING)
    return dict(found.values_list("proposal_id", "pk"))


def standing_again(body: Body, remembered: Memory) -> list[int]:
    """Mandates that had ended and that the backup holds as standing, in the order in which they ended."""
    standing = Mandate.objects.filter(body=body, pk__in=remembered.endings, ended_at__isnull=True)
    return sorted(standing.values_list("pk", flat=True), key=lambda pk: (remembered.endings[pk].at, pk))


def ended_again(mandate: Mandate, remembered: Memory) -> None:
    """End a locked mandate as and when it had ended; the line names the one that is lost."""
    ending = remembered.endings[mandate.pk]
    at = moment(ending.at)
    overtaking.overtake_recalls(mandate, at=at)
    mandates.end(mandate, Mandate.Ending(ending.how), at=at, lost_line=ending.line)


def leap() -> None:
    """Let the numbers of all rows go on far behind those that may have been given out. As the owner."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT schemaname, sequencename FROM pg_sequences WHERE schemaname = 'public'")
        for schema, name in cursor.fetchall():
            sequence = f"{connection.ops.quote_name(schema)}.{connection.ops.quote_name(name)}"
            cursor.execute("SELECT setval(%s, nextval(%s) + %s)", [sequence, sequence, LEAP])
