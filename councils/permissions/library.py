"""Who may do what in the free library."""

from django.utils.translation import gettext_lazy as _

from core.models import Body, Person
from core.permissions.members import is_member, membership_of
from core.refusals import ALLOWED, Verdict, denied
from councils.models import Item, Loan

GONE = _("This is no longer in the library.")


def can_add(person: Person, body: Body) -> Verdict:
    """Any member."""
    return is_member(person, body)


def can_keep(person: Person, item: Item) -> Verdict:
    """Any member, once its keeper has left: a thing without a keeper is lost."""
    verdict = is_member(person, item.body)
    if not verdict:
        return verdict
    if item.gone_at is not None:
        return denied(GONE)
    if membership_of(item.keeper, item.body) is not None:
        return denied(_("It has a keeper. Ask them."))
    return ALLOWED


def is_keeper(person: Person, item: Item) -> Verdict:
    """Its keeper, while it is in the library."""
    verdict = is_member(person, item.body)
    if not verdict:
        return verdict
    if item.gone_at is not None:
        return denied(GONE)
    if item.keeper_id != person.pk:
        return denied(_("Only its keeper can do this."))
    return ALLOWED


def can_lend(person: Person, item: Item, loan: Loan | None) -> Verdict:
    """Its keeper, while nobody has it."""
    verdict = is_keeper(person, item)
    if verdict and loan is not None:
        return denied(_("It is lent already."))
    return verdict


def can_take_back(person: Person, item: Item, loan: Loan | None) -> Verdict:
    """Its keeper, while somebody has it."""
    verdict = is_keeper(person, item)
    if verdict and loan is None:
        return denied(_("Nobody has it."))
    return verdict
