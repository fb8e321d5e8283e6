"""The daily digest: one mail at eight in the morning if there is news, with what needs the person on top."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.models import Charter, Membership, Notice, Person, RollEntry
from core.queries.notices import with_cause
from core.queries.signing import get_newest_checkpoints
from core.rules.positions import Position
from core.timekeeping import folkmoot_now

from .addresses import CONFIRMED
from .ballot_links import url_for
from .mails import DIGEST_LOCKS, Letter, absolute, alone, send
from .words import What, Words, words_of

HOUR = time(8)
LATE_AT_MOST = timedelta(days=7)
SHOWN = 40

NEEDS_YOU = frozenset({What.OFFER_MADE, What.REPORT_DUE, What.TASK_GIVEN, What.SECOND_WANTED, What.REMOVAL_PROPOSED})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a digest."""

    words: Words
    body: str
    link: str
    closes_at: datetime | None = None
    ballot_link: str = ""


def due(at: datetime, *, person_id: int | None = None) -> list[int]:
    """Those (or whether this one) whose eight o'clock has passed since their last digest, with news from before it."""
    people = Person.objects.all() if person_id is None else Person.objects.filter(pk=person_id)
    pending = Notice.objects.filter(person=OuterRef("pk"), mail=Notice.Mail.DIGEST).filter(
        at__gte=Coalesce(OuterRef("digested_at"), at - LATE_AT_MOST, output_field=models.DateTimeField())
        - timedelta(days=1)
    )
    readers = (
        people.filter(CONFIRMED, is_active=True, mail=Person.Mail.DIGEST)
        .filter(Q(digested_at__isnull=True) | Q(digested_at__lt=at - timedelta(hours=1)))
        .filter(Exists(pending))
        .annotate(zone=zone_of(OuterRef("pk")), news_at=Subquery(pending.order_by("at").values("at")[:1]))
        .order_by("pk")
        .values_list("pk", "digested_at", "zone", "news_at")
    )
    return [pk for pk, last, zone, news_at in readers if is_due(last, news_at, last_eight(at, zone))]


def zone_of(person: OuterRef) -> Subquery:
    """The time zone of the body a person has been in longest."""
    charter = Charter.objects.filter(body=OuterRef("body"), in_force_at__isnull=False).order_by("-in_force_at")
    homes = Membership.objects.open().filter(person=person).order_by("joined_at", "pk")
    return Subquery(homes.annotate(zone=Subquery(charter.values("time_zone")[:1])).values("zone")[:1])


def last_eight(at: datetime, zone: str | None) -> datetime:
    """The latest eight o'clock there."""
    local = at.astimezone(known(zone))
    eight = datetime.combine(local.date(), HOUR, tzinfo=local.tzinfo)
    return eight if eight <= local else datetime.combine(local.date() - timedelta(days=1), HOUR, tzinfo=local.tzinfo)


def known(zone: str | None) -> ZoneInfo:
    """A time zone; UTC where there is none or the machine does not know it."""
    try:
        return ZoneInfo(zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def is_due(last: datetime | None, news_at: datetime, eight: datetime) -> bool:
    """Not sent since the latest eight o'clock, and there was news by then."""
    return (last is None or last < eight) and news_at <= eight


def deliver(person_id: int) -> bool:
    """Send one person's digest; False if another process does it or there is nothing to tell."""
    with alone(DIGEST_LOCKS, person_id) as mine:
        at = folkmoot_now()
        if not mine or not due(at, person_id=person_id):  # asked again, under the lock
            return False
        person = Person.objects.get(pk=person_id)
        notices = list(pending_of(person))
        send(person, letter(person, notices, at))
        with transaction.atomic():
            Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mail=Notice.Mail.SENT, mailed_at=at)
            person.digested_at = at
            person.save(update_fields=["digested_at"])
        return True


def pending_of(person: Person) -> models.QuerySet[Notice]:
    """What waits for this person's digest, oldest first."""
    waiting = Notice.objects.filter(person=person, mail=Notice.Mail.DIGEST)
    return with_cause(waiting).order_by("at", "pk")


def letter(person: Person, notices: list[Notice], at: datetime) -> Letter:
    """A digest in its reader's language."""
    with translation.override(person.language):
        wanted = [notice for notice in notices if notice.cause.what in NEEDS_YOU]
        votes = list(votes_waiting(person, at))
        on_top = {entry.vote.proposal_id for entry in votes}
        rest = [n for n in notices if n.cause.what not in NEEDS_YOU and not is_told_otherwise(n, on_top)]
        needs = [vote_entry(entry) for entry in votes] + [entry_of(notice) for notice in wanted]
        count = len(needs)
        memberships = Membership.objects.open().filter(person=person)
        subject = (
            ngettext("%(n)d thing needs you", "%(n)d things need you", count) % {"n": count}
            if count
            else _("What happened in your bodies")
        )
        return Letter(
            template="digest",
            subject=subject,
            message_id=f"digest-{person.pk}-{at:%Y%m%d}",
            content={
                "needs": needs,
                "news": [entry_of(notice) for notice in reversed(rest)][:SHOWN],
                "more": max(len(rest) - SHOWN, 0),
                "at": at,
                "list": absolute(reverse("core:notice-list")),
                "checkpoints": get_newest_checkpoints(memberships.values_list("body", flat=True)),
            },
            zone=known(Person.objects.filter(pk=person.pk).values_list(zone_of(OuterRef("pk")), flat=True).first()),
        )


BEGINNINGS = frozenset(
    {
        What.PROPOSAL_OPEN,
        What.VOTE_OPENED,
        What.VOTE_REMINDER,
        What.SECRET_REMINDER,
        What.RECALL_OPENED,
        What.ROUND_STARTED,
    }
)


def is_told_otherwise(notice: Notice, on_top: set[int]) -> bool:
    """Whether it only says that something began which is over meanwhile, or whose open vote stands on top already."""
    proposal = notice.cause.proposal
    if proposal is None or notice.cause.what not in BEGINNINGS:
        return False
    return proposal.closed_at is not None or proposal.pk in on_top


def votes_waiting(person: Person, at: datetime) -> models.QuerySet[RollEntry]:
    """Open votes in which this person has not voted, those that close first on top; secret ones in any case."""
    entries = RollEntry.objects.filter(
        Q(membership__ended_at__isnull=True) | Q(membership__ending=Membership.Ending.REMOVED),
        Q(ballot__isnull=True) | Q(ballot__position=Position.STRUCK),
        person=person,
        vote__counted_at__isnull=True,
        vote__closes_at__gt=at,
    )
    related = ("vote__proposal__body", "vote__charter", "ballot", "person")
    return entries.select_related(*related).order_by(F("vote__closes_at"))


def vote_entry(entry: RollEntry) -> Entry:
    """An open vote as a line of the digest, with its closing time."""
    proposal = entry.vote.proposal
    if entry.vote.secret:
        said = _("A secret vote is open. If you have voted, there is nothing to do.")
    else:
        said = _("The vote is open, and you have not voted yet.")
    words = Words(proposal.title, said, proposal.get_absolute_url())
    return Entry(words, proposal.body.name, absolute(words.link), entry.vote.closes_at, url_for(entry))


def entry_of(notice: Notice) -> Entry:
    """A notice as a line of the digest."""
    words = words_of(notice)
    return Entry(words, notice.cause.body.name, absolute(words.link))
