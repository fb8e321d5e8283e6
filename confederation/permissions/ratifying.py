"""Who calls a decision down, and until when; who withdraws confidence in a mandate of a confederation."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from confederation.models import BodyWithdrawal, Call, Referral, Station
from confederation.queries.reach import base_below, has_voice_below
from confederation.rules.ratifying import CALLS_UNTIL
from core.models import Body, Mandate, Person, Stage
from core.permissions.mandates import NOT_IN_FORCE
from core.permissions.members import is_deciding_member
from core.refusals import ALLOWED, Verdict, denied

NOT_OF_THE_PEOPLE = _("Only members of the bodies below it, past their waiting time, can do this.")
UNDER_WAY = (Stage.DISCUSSION, Stage.VOTING)


def is_waiting(referral: Referral) -> Verdict:
    """An adopted decision that waits to be in force, and has not been called down."""
    if referral.in_force_from is None or referral.proposal.stage != Stage.VOTING:
        return denied(_("Only a decision that was adopted and is not yet in force can be called down."))
    if referral.called_down_at is not None:
        return denied(_("It has been called down: the people decide."))
    return ALLOWED


def can_be_called(referral: Referral, *, at: datetime) -> Verdict:
    """While it waits, until the moment it comes into force."""
    verdict = is_waiting(referral)
    if verdict and referral.in_force_from is not None and referral.in_force_from <= at:
        return denied(_("The time to call it down is over."))
    return verdict


def can_call(person: Person, referral: Referral, *, at: datetime) -> Verdict:
    """Base members with a voice, each for themselves."""
    verdict = can_be_called(referral, at=at)
    if verdict and not has_voice_below(person, referral.proposal.body, at=at):
        return denied(NOT_OF_THE_PEOPLE)
    return verdict


def can_propose_call(person: Person, referral: Referral, body: Body, *, at: datetime) -> Verdict:
    """Members of a body at the base that was asked and counted, while there is time to decide on it; once."""
    verdict = is_deciding_member(person, body, "call_down") and can_be_called(referral, at=at)
    if not verdict:
        return verdict
    if not Station.objects.base().filter(referral=referral, body=body, counts=True, seat__left_at=None).exists():
        return denied(_("Your body was not counted in this decision."))
    if referral.in_force_from is not None and at > referral.in_force_from - CALLS_UNTIL:
        return denied(_("There is no time left to decide on this before it is in force."))
    calls = Call.objects.filter(referral=referral, body=body)
    if calls.filter(at__isnull=False).exists() or calls.filter(proposal__stage__in=UNDER_WAY).exists():
        return denied(_("This body has called it down already, or is deciding on that. See there."))
    return ALLOWED


def can_withdraw_confidence(person: Person, mandate: Mandate, *, at: datetime) -> Verdict:
    """Base members with a voice, in a mandate of a confederation, at any time."""
    if not mandate.is_in_force(at):
        return denied(NOT_IN_FORCE)
    if not has_voice_below(person, mandate.body, at=at):
        return denied(NOT_OF_THE_PEOPLE)
    return ALLOWED


def can_propose_confidence(person: Person, mandate: Mandate, body: Body, *, gives_back: bool, at: datetime) -> Verdict:
    """Members of a body at the base; to withdraw it where it stands, to give it back where it was withdrawn."""
    verdict = is_deciding_member(person, body, "withdraw_confidence")
    if not verdict:
        return verdict
    if not mandate.is_in_force(at):
        return denied(NOT_IN_FORCE)
    if body.pk not in base_below(mandate.body_id):
        return denied(_("Your body is not counted in this confederation."))
    rows = BodyWithdrawal.objects.filter(mandate=mandate, body=body)
    if rows.filter(proposal__stage__in=UNDER_WAY).exists():
        return denied(_("Your body is deciding already on its confidence in this mandate."))
    if rows.standing().exists() != gives_back:
        return denied(
            _("Your body has not withdrawn its confidence.")
            if gives_back
            else _("Your body has withdrawn its confidence already.")
        )
    return ALLOWED
