"""Casting a ballot: the same form as a whole page, or as the one part that htmx exchanges."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.actions import ballots
from core.forms.ballots import BallotForm
from core.models import Proposal, Vote
from core.refusals import Refusal, Stale, WrongStep
from core.rules.positions import Position
from core.views._acting import act_once, see_other
from core.views._pages import PageRequest
from core.views._proposal import Refused, place, seen, show

PART = "ballot-box"


@login_required
@require_POST
def ballot_cast(request: PageRequest, pk: int) -> HttpResponse:
    """Give or change one's position in the vote that the form was shown for."""
    proposal = seen(request, pk)
    vote = proposal.votes.order_by("-number").first()
    if vote is None:
        return show(request, pk, refused=Refused("ballot", _("No vote on this is open."), WrongStep.status), part=PART)
    form = BallotForm(vote.rule, request.POST)
    if not form.is_valid():
        return show(request, pk, refused=Refused("ballot", form=form), part=PART)

    def cast(_at: datetime) -> str:
        typed = form.cleaned_data
        chosen = require_same(vote, typed["vote"])
        ballots.cast(chosen, Position(typed["position"]), by=request.user, reason=typed["reason"])
        return place(proposal, PART)

    try:
        address = act_once(request, cast)
    except Refusal as refusal:
        return show(request, pk, refused=Refused("ballot", refusal.sentence, refusal.status, form), part=PART)
    return answer(request, proposal, address)


def require_same(vote: Vote, shown: int) -> Vote:
    """The vote that was on the page; `Stale` if another one is open by now: that is about another text or roll."""
    if vote.pk != shown:
        raise Stale(
            _("Another vote on this has opened meanwhile. Your position was not counted: read what is asked now.")
        )
    return vote


def answer(request: PageRequest, proposal: Proposal, address: str) -> HttpResponse:
    """After a ballot: the part alone, or the page; the whole page anew where the ballot has closed the vote."""
    if not request.htmx:
        messages.success(request, _("Your position is given."))
        return see_other(address)
    if Vote.objects.open().filter(proposal=proposal).exists():
        return show(request, proposal.pk, part=PART)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = address.partition("#")[0]
    return response
