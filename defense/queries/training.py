"""Who is trained in what, until when; what each post requires, and who lacks it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from core.models import Body, Cause, Mandate, Membership
from defense.models import Post, Requirement, Trained, Training, TrainingDay
from defense.rules.training import expires_on, holds


@dataclass(frozen=True, slots=True)
class Trainee:
    """Until when somebody is trained in something, by the last day on which they came; without an end for good."""

    sort: str
    until: date | None


def trained_in(body: Body, today: date) -> dict[int, dict[str, Trainee]]:
    """Who is trained today, by person and sort. One statement."""
    rows = Trained.objects.filter(day__training__body=body, membership__ended_at__isnull=True)
    found: dict[int, dict[str, Trainee]] = {}
    for row in rows.select_related("day__training", "membership").order_by("day__on"):
        training = row.day.training
        if holds(row.day.on, training.valid_days, today):
            mine = found.setdefault(row.membership.person_id, {})
            mine[training.sort] = Trainee(training.sort, expires_on(row.day.on, training.valid_days))
    return found


@dataclass(frozen=True, slots=True)
class TrainingShown:
    """One training with its days."""

    training: Training
    ahead: list[TrainingDay]
    over: list[TrainingDay]
    trained: list[tuple[Membership, date | None]]


@dataclass(frozen=True, slots=True)
class TrainingPage:
    """All trainings of a body, and who lacks what a post requires."""

    shown: list[TrainingShown]
    lacking: list[tuple[Post, Mandate, list[str]]] = field(default_factory=list)


def get_training_page(body: Body, today: date, at: datetime) -> TrainingPage:
    """A fixed number of statements."""
    trained = trained_in(body, today)
    members = list(body.memberships.filter(ended_at__isnull=True).select_related("person").order_by("joined_at", "pk"))
    trainings = Training.objects.filter(body=body).prefetch_related("days__announced_by__person", "days__trained")
    shown = []
    for training in trainings.order_by("sort"):
        days = sorted((day for day in training.days.all() if day.called_off_at is None), key=lambda day: day.on)
        holders = [
            (member, trained[member.person_id][training.sort].until)
            for member in members
            if training.sort in trained.get(member.person_id, {})
        ]
        ahead = [day for day in days if day.on > today]
        shown.append(TrainingShown(training, ahead, [day for day in reversed(days) if day.on <= today][:10], holders))
    return TrainingPage(shown, get_lacking(body, trained, at))


def get_lacking(
    body: Body, trained: dict[int, dict[str, Trainee]], at: datetime
) -> list[tuple[Post, Mandate, list[str]]]:
    """Who holds a post without a training that it requires."""
    wanted = Requirement.objects.filter(post__body=body, post__ended_at__isnull=True).select_related("post")
    required: dict[int, list[Requirement]] = {}
    for requirement in wanted.order_by("sort"):
        required.setdefault(requirement.post_id, []).append(requirement)
    held = Mandate.objects.in_force(at).filter(granted_by__fills_post__post__in=required)
    found = []
    for mandate in held.select_related("person", "granted_by__fills_post__post").order_by("starts_at"):
        post = mandate.granted_by.fills_post.post
        lacks = [
            str(each.get_sort_display())
            for each in required[post.pk]
            if each.sort not in trained.get(mandate.person_id, {})
        ]
        if lacks:
            found.append((post, mandate, lacks))
    return found


def ending(today: date, until: date, at: datetime) -> list[Trained]:
    """The newest attendance of who holds a post that requires it, where it expires by a day and nobody was told."""
    rows = Trained.objects.filter(
        membership__ended_at__isnull=True, day__training__valid_days__isnull=False, day__called_off_at__isnull=True
    ).select_related("day__training", "membership")
    newest: dict[tuple[int, int], Trained] = {}
    for row in rows.order_by("day__on"):
        newest[row.membership_id, row.day.training_id] = row
    soon = [row for row in newest.values() if is_ending(row, today, until)]
    told = set(
        Cause.objects.filter(key__in=[f"training.expiring:{told_key(row)}" for row in soon]).values_list(
            "key", flat=True
        )
    )
    return [row for row in soon if f"training.expiring:{told_key(row)}" not in told and is_required(row, at)]


def is_ending(row: Trained, today: date, until: date) -> bool:
    """Whether it expires between these days."""
    ends = expires_on(row.day.on, row.day.training.valid_days)
    return ends is not None and today <= ends <= until


def is_required(row: Trained, at: datetime) -> bool:
    """Whether the person holds a post that requires it."""
    training = row.day.training
    required = Mandate.objects.in_force(at).filter(person=row.membership.person_id)
    posts = required.filter(granted_by__fills_post__post__body=training.body_id)
    return posts.filter(granted_by__fills_post__post__requires__sort=training.sort).exists()


def told_key(row: Trained) -> str:
    """The key of the reminder: once for an attendance and the day on which it expires."""
    return f"{row.pk}.{expires_on(row.day.on, row.day.training.valid_days)}"


def names_of(sorts: Sequence[str]) -> list[str]:
    """Sorts of training in words."""
    return [str(Training.Sort(sort).label) for sort in sorts]
