"""Which bodies confederate with which, and who is sent to speak for them (DESIGN 6, Confederation)."""

from django.utils.translation import gettext_lazy as _

from confederation.models import Seat
from confederation.queries import reach
from confederation.queries.seats import holder_of, kind_of
from confederation.rules.matters import CONFEDERATE
from core.models import Body
from core.refusals import ALLOWED, Verdict, denied


def can_confederate(body: Body) -> Verdict:
    """Listed bodies that have adopted their charter and have not ended, of the kinds that confederate."""
    if body.ended_at is not None:
        return denied(_("This body has ended."))
    if body.adopted_at is None:
        return denied(_("A body confederates once it has adopted its charter."))
    if not body.listed:
        return denied(_("Only listed bodies confederate: what they decide together names them."))
    if body.kind != Body.Kind.CONFEDERATION and body.kind not in CONFEDERATE:
        return denied(_("A catalyst group does not confederate. The council that it prepares can."))
    return ALLOWED


def can_found(body: Body, first: Body) -> Verdict:
    """Bodies of the kind of the first one, and confederations of that kind."""
    verdict = can_confederate(body)
    if verdict and kind_of(body) != kind_of(first):
        return denied(_("Bodies of one kind confederate: all of them councils, or all of them cooperatives."))
    return verdict


def can_take_in(confederation: Body) -> Verdict:
    """Confederations that have not ended."""
    if confederation.kind != Body.Kind.CONFEDERATION:
        return denied(_("Choose a confederation."))
    return ALLOWED if confederation.ended_at is None else denied(_("This confederation has ended."))


def can_join(body: Body, confederation: Body, *, voice: bool) -> Verdict:
    """A body that is not in it, and not above it, of its kind; of another kind it speaks there and is not counted."""
    verdict = can_take_in(confederation) and can_confederate(body)
    if not verdict:
        return verdict
    if Seat.objects.standing().filter(confederation=confederation, body=body).exists():
        return denied(_("This body is in that confederation already."))
    if body.pk == confederation.pk or body.pk in reach.above([confederation.pk]):
        return denied(_("That confederation is part of this body: nothing can be part of itself."))
    if voice and kind_of(body) != kind_of(confederation):
        return denied(_("A body of another kind speaks there, and is not counted. It can join as an observer."))
    return ALLOWED


def can_send(seat: Seat, *, alternate: bool) -> Verdict:
    """For a seat that stands, and a place that nobody holds."""
    if seat.left_at is not None:
        return denied(_("This body is no longer in that confederation."))
    if holder_of(seat, alternate=alternate) is not None:
        if alternate:
            return denied(_("Somebody stands in already. A seat has one delegate and one alternate."))
        return denied(_("There is a delegate already. A seat has one delegate and one alternate."))
    return ALLOWED


def can_leave(seat: Seat) -> Verdict:
    """A body that is in it."""
    return ALLOWED if seat.left_at is None else denied(_("This body is no longer in that confederation."))
