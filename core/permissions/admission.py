"""Who may let whom in."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.models import Application, Body, Charter, Membership, Person, Vouch
from core.permissions.members import NOT_A_MEMBER, membership_of
from core.queries.charters import get_charter
from core.refusals import ALLOWED, Verdict, denied
from core.registry import Asked, pillars_allow
from core.rules.admission import OPEN_VOUCHES_MAX, may_vouch_since


def can_apply(person: Person, body: Body, *, at: datetime) -> Verdict:
    """Whoever is not a member and has not asked already, unless a pillar refuses."""
    if body.ended_at is not None:
        return denied(_("This body has ended."))
    if membership_of(person, body) is not None:
        return denied(_("You are a member already."))
    if Application.objects.filter(body=body, person=person, stage__in=Application.OPEN_STAGES).exists():
        return denied(_("You have asked already. You will hear from them."))
    return pillars_allow(Asked.JOIN, person, body, at=at)


def can_vouch_at_all(membership: Membership | None, *, at: datetime) -> Verdict:
    """Members for 30 days, or since the charter was adopted, with fewer than three open vouches."""
    if membership is None:
        return denied(NOT_A_MEMBER)
    if not may_vouch_since(membership.joined_at, membership.body.adopted_at, at):
        return denied(_("You can vouch for somebody when you have been a member for 30 days."))
    still_open = Vouch.objects.filter(membership=membership, application__stage__in=Application.OPEN_STAGES)
    if still_open.count() >= OPEN_VOUCHES_MAX:
        return denied(_("You vouch for three people already. Wait until one of them is admitted."))
    return ALLOWED


def can_vouch(person: Person, application: Application, *, at: datetime) -> Verdict:
    """Members who have been here for a while, while the application waits for vouches."""
    if application.stage != Application.Stage.OPEN:
        return denied(_("This application does not wait for vouches."))
    if get_charter(application.body).admission == Charter.Admission.PROPOSAL:
        return denied(_("Here the body decides on each who asks."))
    return can_vouch_at_all(membership_of(person, application.body), at=at)


def can_object(person: Person, application: Application, *, at: datetime) -> Verdict:
    """Any member, within the time for objections."""
    if membership_of(person, application.body) is None:
        return denied(NOT_A_MEMBER)
    if application.stage != Application.Stage.OBJECTIONS or application.objections_until is None:
        return denied(_("This application is not open to objections."))
    if application.objections_until <= at:
        return denied(_("The time for objections is over."))
    return ALLOWED


def can_propose_admission(person: Person, application: Application, charter: Charter) -> Verdict:
    """Any member, where the charter admits by proposal."""
    if membership_of(person, application.body) is None:
        return denied(NOT_A_MEMBER)
    if charter.admission != Charter.Admission.PROPOSAL:
        return denied(_("Here members vouch for those who want to join."))
    if application.stage != Application.Stage.OPEN:
        return denied(_("This application is under way already."))
    return ALLOWED
