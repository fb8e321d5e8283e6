"""Who may list groups already at work, and invite them to form a body."""

from django.utils.translation import gettext_lazy as _

from core.models import Body, Person
from core.permissions.members import is_deciding_member, is_member
from core.refusals import ALLOWED, Verdict, denied
from councils.models import KnownGroup


def can_list(person: Person, body: Body) -> Verdict:
    """Any member."""
    return is_member(person, body)


def can_take_off(person: Person, group: KnownGroup) -> Verdict:
    """Any member, as long as it is on the list."""
    return is_member(person, group.body) and on_the_list(group)


def can_invite(person: Person, group: KnownGroup) -> Verdict:
    """Any member of a body that decides: it shows others what it does itself."""
    return is_deciding_member(person, group.body) and on_the_list(group)


def on_the_list(group: KnownGroup) -> Verdict:
    """Until it is taken off."""
    return ALLOWED if group.gone_at is None else denied(_("This group was taken off the list."))
