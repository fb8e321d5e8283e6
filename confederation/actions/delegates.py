"""Sending somebody to a seat: a mandate of the sending body, for the delegate or for the alternate who stands in."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from confederation.models import Delegation, Seat
from confederation.permissions import seats as may
from core.actions import accords, elections, mandates, proposals
from core.locks import lock
from core.models import Person, Proposal
from core.record import record
from core.refusals import ALLOWED, Invalid, Verdict

SENT = "confederation.sent"
Terms = mandates.Terms | elections.Terms
"""A mandate for one person who is named, or an election in which all members choose one."""


@transaction.atomic
def send(
    seat: Seat,
    terms: Terms,
    text: str,
    *,
    alternate: bool = False,
    bound: bool = True,
    by: Person,
    at: datetime,
) -> Proposal:
    """Propose to one's own body whom it sends to a seat of its own, or to elect that person. Who is `bound` says there
    what home has decided; who is not may differ within the limits of the mandate.
    """
    body = accords.hold(seat.body, by)
    seat = lock(seat)
    may.can_send(seat, alternate=alternate).or_deny()
    if isinstance(terms, elections.Terms) and terms.seats != 1:
        raise Invalid(_("One person is elected to one place."))
    words = _("Alternate in %(above)s") if alternate else _("Delegate to %(above)s")
    title = str(words % {"above": seat.confederation.name})[:120]
    kind = "mandate" if isinstance(terms, mandates.Terms) else "election"
    proposal = proposals.draft(body, by=by, at=at, title=title, text=text, kind=kind)
    Delegation.objects.create(proposal=proposal, seat=seat, alternate=alternate, bound=bound)
    if isinstance(terms, mandates.Terms):
        mandates.offer(proposal, terms, by=by)
    else:
        elections.set_out(proposal, terms, by=by)
    proposals.put_up(proposal, by=by, at=at)
    record(SENT, body, by=by, at=at, proposal=proposal.pk, seat=seat.pk, alternate=alternate, bound=bound)
    return proposal


def may_be_sent(_person: Person, proposal: Proposal, _at: datetime) -> Verdict:
    """Nobody is given a place that is taken, or in a seat that has ended."""
    delegation = Delegation.objects.filter(proposal=proposal).select_related("seat").first()
    return may.can_send(delegation.seat, alternate=delegation.alternate) if delegation is not None else ALLOWED
