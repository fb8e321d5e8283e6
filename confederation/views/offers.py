"""The page on which somebody is asked to hold a mandate of a confederation, whichever body below asks for it."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from confederation.actions import holding
from confederation.models import Forward
from confederation.queries.seeing import own_offer
from core.queries.charters import get_charter
from core.refusals import Refusal
from core.timekeeping import folkmoot_now
from core.views._acting import act_once, see_other
from core.views._pages import PageRequest, render_page
from core.views._zones import in_zone


@login_required
@require_safe
def offer_detail(request: PageRequest, pk: int) -> HttpResponse:
    """What one is asked to carry, by whom, and one's answer."""
    return show(request, own_offer(request.user, pk))


def show(request: PageRequest, forward: Forward, refused: Refusal | None = None) -> HttpResponse:
    """The page, with what was refused."""
    proposal, at = forward.proposal, folkmoot_now()
    context = {
        "at": at,
        "body": forward.confederation,
        "forward": forward,
        "offer": proposal.offer,
        "can_accept": holding.can_accept(request.user, proposal, at=at),
        "refusal": refused.sentence if refused else "",
    }
    with in_zone(get_charter(forward.confederation).time_zone):
        status = refused.status if refused else 200
        return render_page(request, "confederation/offer_detail.html", context, status=status)


@login_required
@require_POST
def offer_accept(request: PageRequest, pk: int) -> HttpResponse:
    """Say yes to it."""
    forward = own_offer(request.user, pk)

    def accept(at: datetime) -> str:
        holding.accept(forward.proposal, by=request.user, at=at)
        return forward.offer_path

    try:
        address = act_once(request, accept)
    except Refusal as refused:
        return show(request, forward, refused)
    messages.success(request, _("You have accepted."))
    return see_other(address)
