"""Two accounts of one person: asking, vouching, agreeing, stopping."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.actions import mergings
from core.forms.people import NoFieldsForm
from core.models import Body, Membership, Merging
from core.refusals import Refusal
from core.views._acting import act_once, see_other
from core.views._forms import answer_form
from core.views._pages import PageRequest, render_page


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def merging_ask(request: PageRequest, pk: int) -> HttpResponse:
    """Say that another member's account is one's own too; the page says what happens then."""
    found = Membership.objects.open().filter(body__in=Body.objects.of(request.user))
    other = get_object_or_404(found.select_related("body", "person"), pk=pk)
    form = NoFieldsForm(request.POST if request.method == "POST" else None)

    def ask(at: datetime) -> str:
        mergings.ask(other, by=request.user, at=at)
        messages.success(request, _("All members are told. Two of them have to vouch for it."))
        return reverse("core:member-list", args=[other.body.slug])

    return answer_form(request, form, ask, "core/merging_ask.html", {"body": other.body, "other": other})


def act_on(request: PageRequest, pk: int, act: Callable[[Merging, datetime], object], said: str) -> HttpResponse:
    """Act on a merging of one's own body, and say so on the page of the members; a refusal is shown there too."""
    visible = Merging.objects.filter(body__in=Body.objects.of(request.user))
    merging = get_object_or_404(visible.select_related("body"), pk=pk)
    address = reverse("core:member-list", args=[merging.body.slug])

    def acting(at: datetime) -> str:
        act(merging, at)
        return address

    try:
        act_once(request, acting)
    except Refusal as refused:
        context = {"body": merging.body, "refusal": refused.sentence}
        return render_page(request, "core/merging_refused.html", context, status=refused.status)
    messages.success(request, said)
    return see_other(address)


@login_required
@require_POST
def merging_vouch(request: PageRequest, pk: int) -> HttpResponse:
    """Vouch that the two are one person."""
    said = _("Thank you. With two who vouch, it happens after 72 hours, or at once if the other account agrees.")
    return act_on(request, pk, lambda merging, at: mergings.vouch(merging, by=request.user, at=at), said)


@login_required
@require_POST
def merging_agree(request: PageRequest, pk: int) -> HttpResponse:
    """The account that would end says that both are one person's."""
    said = _("Both accounts are yours, you say. When two have vouched, this membership ends.")
    return act_on(request, pk, lambda merging, at: mergings.agree(merging, by=request.user, at=at), said)


@login_required
@require_POST
def merging_stop(request: PageRequest, pk: int) -> HttpResponse:
    """These are two people, or it was a mistake."""
    said = _("Stopped. Both stay members.")
    return act_on(request, pk, lambda merging, at: mergings.stop(merging, by=request.user, at=at), said)
