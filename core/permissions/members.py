"""What it takes to be a member, and to have a voice."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.models import Body, Membership, Person
from core.queries.remembering import remembered
from core.refusals import ALLOWED, Verdict, denied
from core.rules.ending import WHILE_SUSPENDED

NOT_A_MEMBER = _("Only members can do this.")


def membership_of(person: Person, body: Body) -> Membership | None:
    """The person's open membership, if any. In a body of bodies nobody has one."""
    if not body.has_members:
        return None
    mine = Membership.objects.open().filter(person=person, body=body).select_related("body", "person")
    return remembered(("membership", person.pk, body.pk), mine.first)


def is_member(person: Person, body: Body) -> Verdict:
    """Members of a body that has not ended."""
    if body.ended_at is not None:
        return denied(_("This body has ended."))
    if membership_of(person, body) is None:
        return denied(NOT_A_MEMBER)
    return ALLOWED


def is_deciding_member(person: Person, body: Body, kind: str = "") -> Verdict:
    """Members, once the charter is adopted; where the body is suspended, only for the kinds it still decides on."""
    if body.adopted_at is None and body.ended_at is None:
        return denied(_("This body decides once its founding members have adopted its charter."))
    if body.suspended_at is not None and body.ended_at is None and kind not in WHILE_SUSPENDED:
        return denied(_("This body is suspended. Until it has another host, it decides on nothing but that."))
    return is_member(person, body)


def has_voice(person: Person, body: Body, *, at: datetime) -> Verdict:
    """Members past their waiting time."""
    membership = membership_of(person, body)
    if membership is None:
        return denied(NOT_A_MEMBER)
    if not membership.has_voice(at):
        return denied(_("You can vote here when your waiting time is over."))
    return ALLOWED
