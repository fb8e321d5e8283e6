"""What the clock reminds people of: a vote that closes soon, once, and a report that is due."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction

from core.actions.telling import tell
from core.locks import lock
from core.models import Cause, Mandate, Vote
from core.rules import reports
from core.timekeeping import folkmoot_now

LAST_DAY = timedelta(hours=24)

# In force, past a date on which a report is due, and nobody asked since that date.
UNASKED = """
    SELECT m.id FROM core_mandate m
    WHERE m.ended_at IS NULL AND m.ends_at > %(at)s AND m.starts_at + m.report_days * interval '1 day' <= %(at)s
    AND NOT EXISTS (
        SELECT 1 FROM core_cause c
        WHERE c.mandate_id = m.id AND c.what = 'report.due' AND c.at >= m.starts_at + interval '1 day' * m.report_days
            * floor(extract(epoch FROM %(at)s - m.starts_at) / (86400 * m.report_days))
    )
"""


def votes_to_remind(at: datetime) -> Iterable[int]:
    """Open votes that close soon and that nobody was reminded of."""
    closing = Vote.objects.open().filter(reminded_at__isnull=True, closes_at__gt=at, closes_at__lte=at + LAST_DAY)
    return [vote.pk for vote in closing.only("opened_at", "closes_at") if remind_from(vote) <= at]


def remind_from(vote: Vote) -> datetime:
    """When the reminder goes out: a day before the close; of a window under two days, in its last quarter."""
    window = vote.closes_at - vote.opened_at
    return vote.closes_at - (LAST_DAY if window >= 2 * LAST_DAY else window / 4)


@transaction.atomic
def remind(vote_id: int) -> bool:
    """Remind those on the roll who have not voted; once for a vote, whoever calls it and however often.

    Of a secret vote all on the roll are reminded: who hears of it must not tell who has not voted.
    """
    vote = lock(Vote(pk=vote_id))
    at = folkmoot_now()
    if vote.reminded_at is not None or not vote.is_open(at) or remind_from(vote) > at:
        return False
    vote.reminded_at = at
    vote.save(update_fields=["reminded_at"])
    proposal = vote.proposal
    what = Cause.What.SECRET_REMINDER if vote.secret else Cause.What.VOTE_REMINDER
    tell(what, proposal.body, key=str(vote.pk), at=at, proposal=proposal, mandate=proposal.mandate)
    return True


def reports_due(at: datetime) -> Iterable[int]:
    """Mandates in force with a report that is due, not given, and not asked for yet."""
    with connection.cursor() as cursor:
        cursor.execute(UNASKED, {"at": at})
        unasked = [row[0] for row in cursor.fetchall()]
    mandates = Mandate.objects.filter(pk__in=unasked).prefetch_related("reports")
    return [mandate.pk for mandate in mandates if owed(mandate, at) is not None]


def owed(mandate: Mandate, at: datetime) -> datetime | None:
    """The latest date on which a report was due, unless it was given."""
    due = reports.dates(mandate.starts_at, mandate.ends_at, mandate.report_days, at)
    given = [report.at for report in mandate.reports.all()]
    last = reports.match(due, given)[-1:]
    return last[0].at if last and last[0].given_at is None else None


@transaction.atomic
def ask_for_report(mandate_id: int) -> bool:
    """Ask the delegate for the report that is due; once for a mandate and date, whoever calls it and however often."""
    mandate = lock(Mandate(pk=mandate_id))
    at = folkmoot_now()
    due = owed(mandate, at)
    if due is None or not mandate.is_in_force(at):
        return False
    key = f"{mandate.pk}.{due.date().isoformat()}"
    if Cause.objects.filter(key=f"{Cause.What.REPORT_DUE.value}:{key}").exists():
        return False
    tell(Cause.What.REPORT_DUE, mandate.body, key=key, at=at, mandate=mandate, person=mandate.person)
    return True
