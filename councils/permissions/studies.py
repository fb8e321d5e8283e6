"""Who may announce learning, come to it, call it off."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.models import Body, Person
from core.permissions.members import is_member
from core.refusals import ALLOWED, Verdict, denied
from councils.models import Study


def can_announce(person: Person, body: Body) -> Verdict:
    """Any member."""
    return is_member(person, body)


def is_ahead(person: Person, study: Study, *, at: datetime) -> Verdict:
    """A member, as long as it has not begun and was not called off."""
    verdict = is_member(person, study.body)
    if not verdict:
        return verdict
    if study.called_off_at is not None:
        return denied(_("It was called off."))
    if study.starts_at <= at:
        return denied(_("It has begun."))
    return ALLOWED


def can_come(person: Person, study: Study, taken: int, *, at: datetime) -> Verdict:
    """Any member, while there is a place."""
    verdict = is_ahead(person, study, at=at)
    if verdict and study.places is not None and taken >= study.places:
        return denied(_("All places are taken."))
    return verdict


def can_call_off(person: Person, study: Study, *, at: datetime) -> Verdict:
    """Who leads it."""
    verdict = is_ahead(person, study, at=at)
    if verdict and study.leader_id != person.pk:
        return denied(_("Only who leads it can call it off."))
    return verdict
