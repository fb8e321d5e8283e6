"""Calling an assembly: on a date, or on dates of which members say which ones suit them; and calling it off."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actions.telling import tell
from core.locks import lock
from core.models import Body, Membership, Person
from core.record import in_utc, record
from core.refusals import Invalid
from core.rules.lines import one_line
from councils.actions.stages import require_stage, require_step
from councils.models import Assembly, DateMark, DateOption
from councils.models.assemblies import Stage
from councils.news import CALLED, CANCELLED, DATES_WANTED
from councils.permissions import assemblies as may
from councils.rules.calling import (
    LONGEST,
    NOTICE_AT_LEAST,
    NOTICE_AT_MOST,
    Plan,
    When,
    lasts_sensibly,
    notice_kept,
)

DATES_AT_MOST = 10


@transaction.atomic
def call(body: Body, plan: Plan, when: When, *, by: Person, at: datetime) -> Assembly:
    """Call an assembly on a date. From now on its plan stands, and all members know of it."""
    assembly = begin(body, plan, by=by, at=at)
    return set_date(assembly, when, by=by, at=at)


@transaction.atomic
def ask_for_dates(body: Body, plan: Plan, dates: Sequence[When], *, by: Person, at: datetime) -> Assembly:
    """Ask which of these dates suit. Nothing is called yet."""
    if not 2 <= len({each.starts_at for each in dates}) == len(dates) <= DATES_AT_MOST:
        raise Invalid(_("Name two to ten dates, each of them once."))
    assembly = begin(body, plan, by=by, at=at)
    for each in dates:
        require_good_date(each, at=at, notice_days=plan.notice_days)
    DateOption.objects.bulk_create(
        [DateOption(assembly=assembly, starts_at=each.starts_at, ends_at=each.ends_at) for each in dates],
        batch_size=DATES_AT_MOST,
    )
    tell(DATES_WANTED, body, key=str(assembly.pk), at=at, by=by, title=assembly.title, path=path_of(assembly))
    return assembly


def begin(body: Body, plan: Plan, *, by: Person, at: datetime) -> Assembly:
    """An assembly without a date."""
    body = lock(body)
    may.can_call(by, body).or_deny()
    if not one_line(plan.title) or not one_line(plan.place):
        raise Invalid(_("Say what the assembly is called and where it is."))
    if not NOTICE_AT_LEAST <= plan.notice_days <= NOTICE_AT_MOST:
        raise Invalid(_("An assembly is called 3 to 30 days before it begins."))
    return Assembly.objects.create(
        body=body,
        title=plan.title,
        place=plan.place,
        about=plan.about.strip(),
        notice_days=plan.notice_days,
        called_by=by,
        made_at=at,
    )


def require_good_date(when: When, *, at: datetime, notice_days: int) -> None:
    """Raise `Invalid` for a date that nobody could keep."""
    if not lasts_sensibly(when.starts_at, when.ends_at):
        raise Invalid(_("It has to end after it begins, %(n)d hours later at most.") % {"n": LONGEST.seconds // 3600})
    if not notice_kept(at, when.starts_at, notice_days):
        raise Invalid(_("This is too soon: people need %(n)d days of notice.") % {"n": notice_days})


def set_date(assembly: Assembly, when: When, *, by: Person, at: datetime) -> Assembly:
    """Call a locked (or new) assembly on a date: recorded, and told to all."""
    require_step(assembly, Stage.CALLED)
    require_good_date(when, at=at, notice_days=assembly.notice_days)
    assembly.stage = Stage.CALLED
    assembly.called_at, assembly.starts_at, assembly.ends_at = at, when.starts_at, when.ends_at
    assembly.save(update_fields=["stage", "called_at", "starts_at", "ends_at"])
    record(
        "assembly.called",
        assembly.body,
        by=by,
        at=at,
        texts={"title": assembly.title, "place": assembly.place},
        assembly=assembly.pk,
        starts=in_utc(when.starts_at),
        ends=in_utc(when.ends_at),
    )
    tell(CALLED, assembly.body, key=str(assembly.pk), at=at, by=by, title=assembly.title, path=path_of(assembly))
    return assembly


@transaction.atomic
def mark(assembly: Assembly, marks: Mapping[int, str], *, by: Person, at: datetime) -> None:
    """Say which dates suit: for each date one answer, which may be changed until the date is set."""
    assembly = lock(assembly)
    may.can_take_part(by, assembly).or_deny()
    require_stage(assembly, Stage.POLL)
    known = set(assembly.options.values_list("pk", flat=True))
    if not marks.keys() <= known or not set(marks.values()) <= set(DateMark.Suits.values):
        raise Invalid(_("Choose an answer for each date."))
    membership = Membership.objects.open().get(person=by, body=assembly.body_id)
    for option, suits in marks.items():
        DateMark.objects.update_or_create(option_id=option, membership=membership, defaults={"suits": suits})


@transaction.atomic
def settle_date(option: DateOption, *, by: Person, at: datetime) -> Assembly:
    """Call the assembly on one of the dates that were asked for."""
    assembly = lock(option.assembly)
    may.can_settle_date(by, assembly).or_deny()
    return set_date(assembly, When(option.starts_at, option.ends_at), by=by, at=at)


@transaction.atomic
def cancel(assembly: Assembly, *, by: Person, at: datetime) -> Assembly:
    """Call an assembly off before it begins. All who were called hear of it."""
    assembly = lock(assembly)
    may.can_cancel(by, assembly).or_deny()
    require_step(assembly, Stage.CANCELLED)
    assembly.stage, assembly.cancelled_at = Stage.CANCELLED, at
    assembly.save(update_fields=["stage", "cancelled_at"])
    if assembly.called_at is not None:
        record("assembly.cancelled", assembly.body, by=by, at=at, assembly=assembly.pk)
        key = str(assembly.pk)
        tell(CANCELLED, assembly.body, key=key, at=at, by=by, title=assembly.title, path=path_of(assembly))
    return assembly


def path_of(assembly: Assembly) -> str:
    """Where news of it leads."""
    return assembly.get_absolute_url()
