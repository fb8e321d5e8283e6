"""Who may say that two accounts are one person's."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.models import Membership, Merging, Person
from core.permissions.members import NOT_A_MEMBER, membership_of
from core.refusals import ALLOWED, Verdict, denied
from core.rules.admission import may_vouch_since

OVER = _("This is over already.")


def can_ask(person: Person, other: Membership) -> Verdict:
    """A member, of another membership of the same body; one at a time."""
    mine = membership_of(person, other.body)
    if mine is None:
        return denied(NOT_A_MEMBER)
    if not other.body.lives:
        return denied(_("This body decides once three members have adopted its charter."))
    if mine.pk == other.pk or other.ended_at is not None:
        return denied(_("Choose another account that is a member here."))
    both = [mine.pk, other.pk]
    under_way = Merging.objects.filter(ended_at__isnull=True)
    if under_way.filter(ends__in=both).exists() or under_way.filter(stays__in=both).exists():
        return denied(_("One of these two accounts is being merged already."))
    return ALLOWED


def can_vouch(person: Person, merging: Merging, *, at: datetime) -> Verdict:
    """Members for 30 days, or since the charter was adopted, who are neither of the two."""
    membership = membership_of(person, merging.body)
    if membership is None:
        return denied(NOT_A_MEMBER)
    if not merging.is_open:
        return denied(OVER)
    if membership.pk in (merging.stays_id, merging.ends_id):
        return denied(_("Two others have to vouch for this."))
    if not may_vouch_since(membership.joined_at, merging.body.adopted_at, at):
        return denied(_("You can vouch for somebody when you have been a member for 30 days."))
    return ALLOWED


def can_agree(person: Person, merging: Merging) -> Verdict:
    """The account that ends, signed in: then nobody has to wait."""
    if not merging.is_open:
        return denied(OVER)
    if merging.ends.person_id != person.pk:
        return denied(_("Only the account that would end can say this."))
    if merging.agreed_at is not None:
        return denied(_("You have said so already."))
    return ALLOWED


def can_stop(person: Person, merging: Merging) -> Verdict:
    """Any member: whoever knows that these are two people, and both accounts themselves."""
    if membership_of(person, merging.body) is None:
        return denied(NOT_A_MEMBER)
    if not merging.is_open:
        return denied(OVER)
    return ALLOWED
