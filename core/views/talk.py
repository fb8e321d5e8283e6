"""How a proposal feels, and its summaries."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.actions import summaries, temperatures
from core.forms.talk import FeelForm, SummaryForm
from core.models import Proposal, Summary
from core.permissions import talk as may
from core.permissions.plain_words import newest_text
from core.queries.charters import get_charter
from core.queries.proposals import visible_proposals
from core.refusals import Refusal, Sentence
from core.timekeeping import folkmoot_now
from core.views._acting import act_once, see_other
from core.views._pages import PageRequest, render_page
from core.views._proposal import UNPROCESSABLE, Refused, act_on, place, seen, show
from core.views._zones import in_zone


@login_required
@require_POST
def proposal_feel(request: PageRequest, pk: int) -> HttpResponse:
    """Say how it feels, or change what one said."""
    proposal = seen(request, pk)
    form = FeelForm(request.POST)

    def feel(at: datetime) -> str:
        temperatures.feel(proposal, form.cleaned_data["feels"], by=request.user, at=at)
        return place(proposal, "temperature")

    return act_on(request, proposal, feel, name="feel", form=form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_summary(request: PageRequest, pk: int, of: str) -> HttpResponse:
    """Earlier summaries of the talk or of the text; and for who keeps them, the next one."""
    proposal = get_object_or_404(visible_proposals(request.user), pk=pk)
    if of not in Summary.Of.values or proposal.discussion_at is None:
        raise Http404
    if request.method != "POST":
        return summing_up(request, proposal, of)
    verdict = may.can_sum_up(request.user, proposal, of, at=folkmoot_now())
    if not verdict:
        return show(request, pk, refused=Refused("sum_up", verdict.reason, 403))
    form = SummaryForm(of, request.POST)
    if not form.is_valid():
        return summing_up(request, proposal, of, form=form, status=UNPROCESSABLE)

    def write(at: datetime) -> str:
        summaries.write(proposal, of, form.cleaned_data["text"], by=request.user, at=at, seen=form.cleaned_data["seen"])
        return place(proposal, "summary" if of == Summary.Of.TALK else "")

    try:
        address = act_once(request, write)
    except Refusal as refusal:
        return summing_up(request, proposal, of, form=form, refusal=refusal.sentence, status=refusal.status)
    messages.success(request, _("Your summary stands on the page."))
    return see_other(address)


def summing_up(
    request: PageRequest,
    proposal: Proposal,
    of: str,
    *,
    form: SummaryForm | None = None,
    refusal: Sentence = "",
    status: int = 200,
) -> HttpResponse:
    """All summaries, the newest on top, and the form with what was typed."""
    at = folkmoot_now()
    rows = list(proposal.summaries.filter(of=of).select_related("author").order_by("-number"))
    newest = rows[0] if rows else None
    seen_now = newest.number if newest else 0
    if form is None:
        form = SummaryForm(of, initial={"text": newest.text if newest else "", "seen": seen_now})
    else:
        form.data = {"text": form.data.get("text", ""), "seen": seen_now}
    context = {
        "proposal": proposal,
        "body": proposal.body,
        "here": proposal.body.slug,
        "at": at,
        "of": of,
        "rows": rows,
        "form": form,
        "refusal": refusal,
        "verdict": may.can_sum_up(request.user, proposal, of, at=at),
        "text": newest_text(proposal) if of == Summary.Of.TEXT else None,
    }
    with in_zone(get_charter(proposal.body).time_zone):
        return render_page(request, "core/proposal_summary.html", context, status=status)
