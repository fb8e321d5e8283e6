"""Who may do what about a mandate."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.models import Mandate, Person
from core.refusals import ALLOWED, Verdict, denied

from .members import is_member, membership_of

NOT_IN_FORCE = _("This mandate has ended.")


def can_act(person: Person, mandate: Mandate, *, at: datetime) -> Verdict:
    """The delegate, while the mandate is in force and no recall of it is being counted."""
    if mandate.person_id != person.pk:
        return denied(_("Only the delegate can do this."))
    if not mandate.is_in_force(at):
        return denied(NOT_IN_FORCE)
    if mandate.recalls.filter(votes__counted_at__isnull=True, votes__closes_at__lte=at).exists():
        return denied(_("The recall of this mandate is being counted. Try again in a moment."))
    return ALLOWED


def can_withdraw_confidence(person: Person, mandate: Mandate, *, at: datetime) -> Verdict:
    """Members of the granting body past their waiting time, at any time."""
    if not mandate.is_in_force(at):
        return denied(NOT_IN_FORCE)
    membership = membership_of(person, mandate.body)
    if membership is None:
        return denied(_("Only members of the body that granted it can do this."))
    if not membership.has_voice(at):
        return denied(_("You count in confidence when your waiting time is over."))
    return ALLOWED


def can_recall(person: Person, mandate: Mandate, *, at: datetime) -> Verdict:
    """Any one member of the granting body, at any time, unless a recall is open already (DESIGN 3.2)."""
    if not mandate.is_in_force(at):
        return denied(NOT_IN_FORCE)
    if mandate.recalls.filter(closed_at__isnull=True).exists():
        return denied(_("A recall of this mandate is open already. Vote in that one."))
    return is_member(person, mandate.body)
