"""Confidence in a mandate of a confederation: one's own, and that of one's body. The page is core's, of the mandate."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from confederation.actions import confidence
from confederation.forms.questions import BodyCallForm
from confederation.queries.seeing import own_body, seen_mandate
from confederation.views.seats import of_body
from core.models import Mandate
from core.refusals import Refusal
from core.views._acting import act_once, see_other
from core.views._forms import answer_form
from core.views._pages import PageRequest
from core.views.mandates import show


@login_required
@require_POST
def confidence_withdraw(request: PageRequest, pk: int) -> HttpResponse:
    """Withdraw one's own confidence."""
    said = _("You have withdrawn your confidence.")
    return acted(request, pk, lambda mandate: confidence.withdraw(mandate, by=request.user), said)


@login_required
@require_POST
def confidence_give(request: PageRequest, pk: int) -> HttpResponse:
    """Give one's own confidence back."""
    said = _("You have given your confidence back.")
    return acted(request, pk, lambda mandate: confidence.give_back(mandate, by=request.user), said)


def acted(request: PageRequest, pk: int, do: Callable[[Mandate], Mandate], said: str) -> HttpResponse:
    """One act on a mandate, and back to its page; or that page with why not."""
    mandate = seen_mandate(request.user, pk)

    def act(_at: datetime) -> str:
        return do(mandate).get_absolute_url()

    try:
        address = act_once(request, act)
    except Refusal as refused:
        return show(request, mandate, refusal=refused.sentence, status=refused.status)
    messages.success(request, said)
    return see_other(address)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confidence_new(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Propose to one's own body to withdraw its confidence; with `?back=1` to give it back."""
    body, mandate = own_body(request.user, slug), seen_mandate(request.user, pk)
    form, back = BodyCallForm(request.POST or None), request.GET.get("back") == "1"

    def propose(_at: datetime) -> str:
        text = form.cleaned_data["text"]
        proposal = confidence.propose(body, mandate, text, by=request.user, gives_back=back)
        return proposal.get_absolute_url()

    context = of_body(body, mandate=mandate, back=back)
    return answer_form(request, form, propose, "confederation/confidence_new.html", context)
