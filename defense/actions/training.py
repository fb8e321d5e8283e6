"""Training: what is taught and for how long it holds, on which days, and who came. By members among themselves."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actions.telling import tell
from core.locks import lock, lock_all
from core.models import Body, Cause, Membership, Person
from core.permissions.members import membership_of
from core.queries.charters import today_in
from core.record import label, record
from core.refusals import Invalid
from core.timekeeping import folkmoot_now
from defense.models import Trained, Training, TrainingDay
from defense.permissions import bodies as may
from defense.queries.training import ending, told_key
from defense.rules.training import REMINDED_BEFORE

ANNOUNCED, EXPIRING = "training.announced", "training.expiring"
CAME = "training.attended"
AHEAD_AT_MOST = timedelta(days=366)
VALID_DAYS = (1, 3650)


@transaction.atomic
def set_up(body: Body, sort: str, valid_days: int | None, *, by: Person, at: datetime) -> Training:
    """Say that something is taught, and for how many days it holds; again changes the days for all who came."""
    body = lock(body)
    may.can_train(by, body).or_deny()
    if sort not in Training.Sort.values:
        raise Invalid(_("Choose trainings from the list."))
    if valid_days is not None and not VALID_DAYS[0] <= valid_days <= VALID_DAYS[1]:
        raise Invalid(_("A training holds between a day and ten years, or for good."))
    row, _fresh = Training.objects.update_or_create(
        body=body,
        sort=sort,
        defaults={"valid_days": valid_days},
        create_defaults={"valid_days": valid_days, "set_at": at},
    )
    return row


@transaction.atomic
def announce(training: Training, on: date, *, by: Person, at: datetime) -> TrainingDay:
    """Announce a day on which it is taught; all members of the body are told. Where is said elsewhere."""
    membership = membership_of(by, training.body)
    may.can_train(by, training.body).or_deny()
    today = today_in(training.body, at)
    if membership is None or not today <= on <= today + AHEAD_AT_MOST:
        raise Invalid(_("Choose a day from today on, within a year."))
    if training.days.filter(on=on).exists():
        raise Invalid(_("This day is announced already."))
    day = TrainingDay.objects.create(training=training, on=on, announced_by=membership, announced_at=at)
    tell_of(ANNOUNCED, training, key=str(day.pk), at=at, by=by)
    return day


@transaction.atomic
def call_off(day: TrainingDay, *, by: Person, at: datetime) -> TrainingDay:
    """It does not take place. Who announced it says so, or anybody once that one has left; nobody has come yet."""
    day = lock(day)
    may.can_train(by, day.training.body).or_deny()
    if day.announced_by.person_id != by.pk and day.announced_by.ended_at is None:
        raise Invalid(_("Who announced a day calls it off."))
    if day.called_off_at is not None or day.trained.exists():
        raise Invalid(_("This day is over, or was called off already."))
    day.called_off_at = at
    day.save(update_fields=["called_off_at"])
    return day


@transaction.atomic
def enter(day: TrainingDay, came: Iterable[Membership], *, by: Person) -> list[Trained]:
    """Write down who came. Nobody does it for themself; once written it stays. Reads the clock after its locks."""
    body = day.training.body
    entering = membership_of(by, body)
    wanted = sorted({row.pk for row in came})
    locked = {row.pk: row for row in lock_all(Membership, [*wanted, *([entering.pk] if entering else [])])}
    day = lock(day)
    may.can_train(by, body).or_deny()
    at = folkmoot_now()
    if entering is None or entering.pk in wanted:
        raise Invalid(_("Another member writes down that you came."))
    if day.called_off_at is not None or day.on > today_in(body, at):
        raise Invalid(_("This day is still to come, or was called off."))
    rows = [locked[key] for key in wanted]
    if not rows or any(row.body_id != body.pk or row.ended_at is not None for row in rows):
        raise Invalid(_("Choose members of this body who came."))
    known = set(day.trained.values_list("membership", flat=True))
    fresh = [row for row in rows if row.pk not in known]
    made = [Trained.objects.create(day=day, membership=row, entered_by=entering, at=at) for row in fresh]
    if fresh:
        labels = sorted(label(row) for row in fresh)
        record(CAME, body, by=by, at=at, sort=day.training.sort, on=day.on.isoformat(), came=[*labels])
    return made


def to_remind(at: datetime) -> Iterable[int]:
    """Attendances that a post rests on and that expire within thirty days, of which nobody was told."""
    return [row.pk for row in ending(at.date(), at.date() + REMINDED_BEFORE, at)]


@transaction.atomic
def remind(trained_id: int) -> bool:
    """Remind who holds a post that a training it requires expires soon; once, whoever calls it."""
    row = Trained.objects.select_related("day__training__body", "membership__person").get(pk=trained_id)
    lock(row.day)
    if Cause.objects.filter(key=f"{EXPIRING}:{told_key(row)}").exists():
        return False
    tell_of(EXPIRING, row.day.training, key=told_key(row), at=folkmoot_now(), person=row.membership.person)
    return True


def tell_of(
    what: str, training: Training, *, key: str, at: datetime, by: Person | None = None, person: Person | None = None
) -> None:
    """News about a training; it leads to the page of them."""
    body, title = training.body, str(training.get_sort_display())
    tell(what, body, key=key, at=at, by=by, person=person, title=title, path=f"{body.get_absolute_url()}training/")
