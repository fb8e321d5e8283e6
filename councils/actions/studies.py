"""Reading groups and teach-ins: announced, come to, called off."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from core.actions.telling import tell
from core.locks import lock
from core.models import Body, Cause, Person
from core.refusals import Invalid
from core.rules.lines import one_line
from core.timekeeping import folkmoot_now
from councils.models import Study, StudySeat
from councils.permissions import studies as may

LASTS_AT_MOST = timedelta(days=2)
AHEAD_AT_MOST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is announced. Without `places` as many come as like to."""

    kind: str
    title: str
    about: str
    place: str
    starts_at: datetime
    ends_at: datetime
    places: int | None = None


@transaction.atomic
def announce(body: Body, plan: Plan, *, by: Person, at: datetime) -> Study:
    """Announce it to all members; who does leads it, and has a place."""
    may.can_announce(by, body).or_deny()
    title, place = one_line(plan.title), one_line(plan.place)
    if not title or not place:
        raise Invalid(_("Say what it is and where."))
    if not at < plan.starts_at <= at + AHEAD_AT_MOST:
        raise Invalid(_("It begins later than now, and within a year."))
    if not plan.starts_at < plan.ends_at <= plan.starts_at + LASTS_AT_MOST:
        raise Invalid(_("It ends after it begins, within two days."))
    study = Study.objects.create(
        body=body,
        leader=by,
        kind=plan.kind,
        title=title,
        about=plan.about.strip(),
        place=place,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        places=plan.places,
        announced_at=at,
    )
    StudySeat.objects.create(study=study, person=by, at=at)
    tell(Cause.What.STUDY_ANNOUNCED, body, key=str(study.pk), at=at, by=by)
    return study


@transaction.atomic
def come(study: Study, *, by: Person) -> Study:
    """Take a place. Doing it again changes nothing. Reads the clock after its lock."""
    study = lock(study)
    if StudySeat.objects.filter(study=study, person=by).exists():
        return study
    at = folkmoot_now()
    may.can_come(by, study, StudySeat.objects.filter(study=study).count(), at=at).or_deny()
    StudySeat.objects.create(study=study, person=by, at=at)
    return study


@transaction.atomic
def stay_away(study: Study, *, by: Person) -> Study:
    """Give one's place back. Doing it again changes nothing."""
    study = lock(study)
    may.is_ahead(by, study, at=folkmoot_now()).or_deny()
    StudySeat.objects.filter(study=study, person=by).delete()
    return study


@transaction.atomic
def call_off(study: Study, *, by: Person) -> Study:
    """It does not take place; all members are told."""
    study = lock(study)
    at = folkmoot_now()
    may.can_call_off(by, study, at=at).or_deny()
    study.called_off_at = at
    study.save(update_fields=["called_off_at"])
    tell(Cause.What.STUDY_CALLED_OFF, study.body, key=str(study.pk), at=at, by=by)
    return study
