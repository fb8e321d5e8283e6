"""What stands in a person's calendar: votes that close, talks that end, tasks and reports due, ends of mandates."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from core.models import Body, Mandate, Person, Proposal, RollEntry, Stage, Task
from core.permissions.proposals import opens_from
from core.queries.charters import get_charter
from core.registry import CALENDARS, Occasion
from core.rules import reports

REPORTS_AHEAD = timedelta(days=60)


def get_occasions(person: Person, at: datetime, body: Body | None = None) -> list[Occasion]:
    """All that is ahead in the bodies a person is a member of, or in one of them, soonest first."""
    bodies = list(Body.objects.of(person) if body is None else Body.objects.of(person).filter(pk=body.pk))
    keys = [each.pk for each in bodies]
    found = [
        *votes(person, keys, at),
        *talks(bodies, at),
        *tasks(person, keys),
        *owed_reports(person, keys, at),
        *terms(keys, at),
    ]
    for source in CALENDARS:
        found += source(person, keys, at)
    return sorted(found, key=lambda occasion: (occasion.day, occasion.key))


def votes(person: Person, bodies: list[int], at: datetime) -> Iterator[Occasion]:
    """Votes in which the person is on the roll."""
    rows = RollEntry.objects.filter(
        person=person,
        membership__ended_at__isnull=True,
        vote__proposal__body__in=bodies,
        vote__counted_at__isnull=True,
        vote__closes_at__gt=at,
    )
    for row in rows.select_related("vote__proposal"):
        proposal = row.vote.proposal
        words = _("Vote closes: %(title)s") % {"title": proposal.title}
        yield Occasion(f"vote-{row.vote_id}", words, row.vote.closes_at, proposal.get_absolute_url())


def talks(bodies: Iterable[Body], at: datetime) -> Iterator[Occasion]:
    """Discussions and rounds of talks, until the day on which the vote can open."""
    for body in bodies:
        rows = Proposal.objects.filter(body=body, stage__in=[Stage.DISCUSSION, Stage.ROUND])
        for proposal in rows:
            until = proposal.round_ends_at if proposal.stage == Stage.ROUND else opens_from(proposal, get_charter(body))
            if until is not None and until > at:
                words = _("Talk until: %(title)s") % {"title": proposal.title}
                yield Occasion(f"talk-{proposal.pk}", words, until, proposal.get_absolute_url())


def tasks(person: Person, bodies: list[int]) -> Iterator[Occasion]:
    """What the person has to do by a day."""
    rows = Task.objects.filter(person=person, done_at__isnull=True, due_on__isnull=False, proposal__body__in=bodies)
    for task in rows.filter(proposal__stage=Stage.ADOPTED).select_related("proposal"):
        if task.due_on is not None:
            words = _("Task due: %(what)s") % {"what": task.what}
            yield Occasion(f"task-{task.pk}", words, task.due_on, task.proposal.get_absolute_url())


def owed_reports(person: Person, bodies: list[int], at: datetime) -> Iterator[Occasion]:
    """Reports that are due in the coming weeks."""
    for mandate in Mandate.objects.in_force(at).filter(person=person, body__in=bodies, report_days__isnull=False):
        due = reports.dates(mandate.starts_at, mandate.ends_at, mandate.report_days, at + REPORTS_AHEAD)
        for moment in due:
            if moment > at:
                words = _("Report due: %(title)s") % {"title": mandate.title}
                key = f"report-{mandate.pk}-{moment:%Y%m%d}"
                yield Occasion(key, words, moment, mandate.get_absolute_url())


def terms(bodies: list[int], at: datetime) -> Iterator[Occasion]:
    """The end of each mandate in force, for all members."""
    for mandate in Mandate.objects.in_force(at).filter(body__in=bodies):
        words = _("Mandate ends: %(title)s") % {"title": mandate.title}
        yield Occasion(f"term-{mandate.pk}", words, mandate.ends_at, mandate.get_absolute_url())
