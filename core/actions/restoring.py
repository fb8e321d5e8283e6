"""After a backup was restored: what came later is lost, so every open vote begins anew and all members are told."""

from datetime import datetime

from django.db import connection, transaction

from core.actions.counting import store_undecided
from core.actions.opening import begin_vote
from core.actions.telling import tell
from core.locks import Touched, take
from core.models import Body, Cause, Stage, Vote
from core.record import in_utc, record
from core.rules.counting import Outcome, Reason
from core.timekeeping import folkmoot_now

LEAP = 1_000_000
"""How far the numbers of rows leap: what was made after the backup had numbers that must not come again, because old
links, mails and receipts still carry them."""


@transaction.atomic
def restored(body: Body, *, backup_at: datetime) -> int:
    """Write `record.restored`, void and reopen the open votes of one body; the number of votes opened anew."""
    found = Vote.objects.open().filter(proposal__body=body, proposal__stage=Stage.VOTING)
    open_votes = dict(found.values_list("proposal_id", "pk"))
    taken = take(body.pk, Touched(proposals=frozenset(open_votes)), votes=list(open_votes.values()))
    at = folkmoot_now()
    record("record.restored", taken.body, by=None, at=at, backup=in_utc(backup_at))
    for proposal_id, vote_id in sorted(open_votes.items()):
        proposal, vote = taken.proposals[proposal_id], Vote.objects.get(pk=vote_id)
        store_undecided(vote, proposal, Outcome.VOID, Reason.VOID, at=at)
        begin_vote(proposal, taken.body, by=None, at=at, second_call=vote.second_call)
    tell(Cause.What.HOUSE_RESTORED, taken.body, key=f"{body.pk}:{in_utc(at)}", at=at)
    return len(open_votes)


def leap() -> None:
    """Let the numbers of all rows go on far behind those that may have been given out. As the owner."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT schemaname, sequencename FROM pg_sequences WHERE schemaname = 'public'")
        for schema, name in cursor.fetchall():
            sequence = f"{connection.ops.quote_name(schema)}.{connection.ops.quote_name(name)}"
            cursor.execute("SELECT setval(%s, nextval(%s) + %s)", [sequence, sequence, LEAP])
