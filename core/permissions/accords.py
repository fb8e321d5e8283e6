"""Who may put before their body what another one asks it to decide."""

from django.utils.translation import gettext_lazy as _

from core.models import Accord, AccordSide, Person
from core.refusals import ALLOWED, Verdict, denied

from .members import is_deciding_member


def can_take_up(person: Person, accord: Accord, side: AccordSide) -> Verdict:
    """Any member of a body that was asked, once, while it is open."""
    verdict = is_deciding_member(person, side.body, accord.kind)
    if not verdict:
        return verdict
    if not accord.is_open:
        return denied(_("This is not being decided any more."))
    if side.proposal_id is not None:
        return denied(_("It is before this body already. Speak and vote there."))
    if accord.asked_at is None:
        return denied(_("The body that began it has not decided yet."))
    return ALLOWED
