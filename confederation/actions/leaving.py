"""Leaving a confederation: at once, by the body's own decision (DESIGN 3.9); and the end of a seat in any way."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from confederation.actions import positions, seats
from confederation.models import Leaving, Seat
from confederation.permissions import seats as may
from confederation.queries.seats import mandates_of
from core.actions import accords, endings, mandates, proposals
from core.locks import Touched, lock, take_mandate
from core.models import Body, Mandate, Person, Proposal
from core.refusals import WrongStep
from core.registry import Impossible
from core.timekeeping import folkmoot_now

KIND = "leave_above"
LEFT = "confederation.left"
WENT = "confederation.went"


@transaction.atomic
def propose(seat: Seat, text: str, *, by: Person, at: datetime) -> Proposal:
    """Propose to one's own body to leave a confederation."""
    body = accords.hold(seat.body, by)
    seat = lock(seat)
    may.can_leave(seat).or_deny()
    if Leaving.objects.filter(seat=seat, proposal__stage__in=endings.OPEN_STAGES).exists():
        raise WrongStep(_("It is proposed already to leave. Speak and vote there."))
    title = str(_("Leave %(above)s") % {"above": seat.confederation.name})[:120]
    proposal = proposals.draft(body, by=by, at=at, title=title, text=text, kind=KIND)
    Leaving.objects.create(proposal=proposal, seat=seat)
    return proposals.put_up(proposal, by=by, at=at)


def leave(proposal: Proposal, *, at: datetime) -> Seat:
    """The body has decided so: it has left. Called in the closing transaction."""
    seat = lock(proposal.leaves.seat)
    verdict = may.can_leave(seat)
    if not verdict:
        raise Impossible(verdict.reason)
    return end_seat(seat, Seat.Leaving.LEFT, at=at, proposal=proposal.pk)


def touched_by_leaving(seat: Seat) -> Touched:
    """The confederation, and the mandates of those sent there."""
    sent = frozenset(mandates_of(seat).values_list("pk", flat=True))
    return Touched(bodies=frozenset([seat.confederation_id]), mandates=sent)


def end_seat(seat: Seat, how: Seat.Leaving, *, at: datetime, proposal: int | None = None) -> Seat:
    """A body is in a confederation no longer; the mandates of those it sent there end with it, and where it has not
    spoken yet it says nothing more. Both bodies are locked.

    `proposal` is the decision to leave, if it left by one.
    """
    for key in mandates_of(seat).order_by("pk").values_list("pk", flat=True):
        mandate = take_mandate(key)  # held already, but for one that has come since
        if mandate.ended_at is None:
            mandates.end(mandate, Mandate.Ending.SEAT, at=at)
    seat.left_at, seat.leaving = at, how
    seat.save(update_fields=["left_at", "leaving"])
    positions.gone(seat, at)
    positions.gone(seat, at)
    body, confederation = seat.body, seat.confederation
    decisions = {body.pk: proposal} if proposal is not None else {}
    seats.write(seat, LEFT, here=body, there=confederation, decisions=decisions, at=at, how=how.value)
    seats.write(seat, WENT, here=confederation, there=body, decisions={}, at=at, how=how.value)
    seats.announce(seat, LEFT, at=at)
    return seat


def ends_elsewhere(ending: list[int]) -> dict[int, Touched]:
    """The bodies on the other side of the seats of these, with the mandates of those who were sent."""
    touched: dict[int, Touched] = {}
    for seat in Seat.objects.standing().filter(Q(body__in=ending) | Q(confederation__in=ending)).order_by("pk"):
        sent = frozenset(mandates_of(seat).values_list("pk", flat=True))
        known = touched.get(seat.body_id, Touched())
        touched[seat.body_id] = Touched(mandates=known.mandates | sent)
        touched.setdefault(seat.confederation_id, Touched())
    return touched


def end_seats_of(body: Body, at: datetime) -> None:
    """A body has ended: it is in nothing, and nothing is in it."""
    for seat in Seat.objects.standing().filter(body=body).select_related("body", "confederation").order_by("pk"):
        end_seat(seat, Seat.Leaving.BODY_ENDED, at=at)
    for seat in Seat.objects.standing().filter(confederation=body).select_related("body", "confederation"):
        end_seat(seat, Seat.Leaving.ENDED, at=at)


def empty(_at: datetime) -> Iterable[int]:
    """Confederations in which no body has a voice any more: nobody is left to decide."""
    counted = Seat.objects.standing().filter(confederation=OuterRef("pk"), voice=True)
    standing = Body.objects.filter(kind=Body.Kind.CONFEDERATION, adopted_at__isnull=False, ended_at=None)
    return standing.exclude(Exists(counted)).values_list("pk", flat=True)


def end_if_empty(confederation_id: int) -> bool:
    """End a confederation in which no body has a voice any more. Idempotent; called by settle()."""
    with transaction.atomic():
        taken = endings.take_all(Body.objects.get(pk=confederation_id))
        at = folkmoot_now()
        if confederation_id not in empty(at):
            return False
        endings.end(taken, at=at)
        return True
