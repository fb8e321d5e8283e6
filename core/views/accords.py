"""Pages of what several bodies decide alike: becoming one, having a host, and how far each of them is."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.actions import accords, hosts, unions
from core.forms.accords import HostForm, UnionForm
from core.models import Accord, Body
from core.queries.accords import get_accord_page, possible_hosts, possible_partners
from core.refusals import Refusal
from core.views._acting import act_once, see_other
from core.views._forms import answer_form
from core.views._pages import PageRequest, render_page


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def union_new(request: PageRequest, slug: str) -> HttpResponse:
    """Propose that bodies become one: with whom, which goes on, and what that means."""
    body = get_object_or_404(Body.objects.of(request.user).filter(adopted_at__isnull=False), slug=slug)
    form = UnionForm(possible_partners(body), request.POST or None)

    def propose(at: datetime) -> str:
        typed = form.cleaned_data
        others = [each for each in (typed["other"], typed["third"]) if each is not None]
        lead = body if typed["lead"] == "us" else typed["other"]
        return unions.propose(body, others, lead, typed["text"], by=request.user, at=at).get_absolute_url()

    return answer_form(request, form, propose, "core/union_new.html", {"body": body})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def host_new(request: PageRequest, slug: str) -> HttpResponse:
    """Propose a host for one's body."""
    body = get_object_or_404(Body.objects.of(request.user).filter(adopted_at__isnull=False), slug=slug)
    form = HostForm(possible_hosts(body), request.POST or None)

    def propose(at: datetime) -> str:
        typed = form.cleaned_data
        return hosts.propose(body, typed["host"], typed["text"], by=request.user, at=at).get_absolute_url()

    return answer_form(request, form, propose, "core/host_new.html", {"body": body})


@login_required
@require_safe
def accord_detail(request: PageRequest, pk: int) -> HttpResponse:
    """What the bodies decide alike, and how far each of them is."""
    return show(request, get_object_or_404(Accord.objects.visible_to(request.user), pk=pk))


def show(request: PageRequest, accord: Accord, *, refused: Refusal | None = None) -> HttpResponse:
    """The page, with what was refused."""
    shown = {"page": get_accord_page(accord, request.user), "buttons": True}
    context = {"shown": shown, "accord": accord}
    if refused is None:
        return render_page(request, "core/accord_detail.html", context)
    return render_page(
        request, "core/accord_detail.html", {**context, "refusal": refused.sentence}, status=refused.status
    )


@login_required
@require_POST
def accord_take_up(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Put before one's own body what another one asks it to decide."""
    body = get_object_or_404(Body.objects.of(request.user), slug=slug, accords__accord=pk)
    accord = get_object_or_404(Accord.objects.visible_to(request.user), pk=pk)

    def take_up(at: datetime) -> str:
        return accords.take_up(accord, body, by=request.user, at=at).get_absolute_url()

    try:
        return see_other(act_once(request, take_up))
    except Refusal as refused:
        return show(request, accord, refused=refused)
