"""Pages of being in confederations: the bodies in one, what is above a body, founding, joining, leaving, sending."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_safe

from confederation.actions import delegates, founding, from_below, joining, leaving
from confederation.forms.seats import DelegateForm, FoundingForm, JoiningForm, LeavingForm
from confederation.queries.ours import confederations_to_join, get_places, get_told, ways_above
from confederation.queries.picture import get_rows
from confederation.queries.seats import kind_of
from confederation.queries.seeing import above_own, own_body, own_seat, seen_confederation
from core.actions import elections, mandates
from core.models import Body
from core.queries.charters import get_charter
from core.timekeeping import Moment, folkmoot_now
from core.views._forms import answer_form
from core.views._pages import PageRequest, render_page
from core.views._zones import in_zone


def of_body(body: Body, **more: Any) -> dict[str, Any]:
    """What each page of a body needs."""
    return {"body": body, "here": body.slug, **more}


@login_required
@require_safe
def seat_list(request: PageRequest, slug: str) -> HttpResponse:
    """All bodies in a confederation, with who was sent by each."""
    body, at = seen_confederation(request.user, slug), folkmoot_now()
    page, rows = get_rows(body, request.GET.get("page"))
    with in_zone(get_charter(body).time_zone):
        context = of_body(body, at=at, page=page, rows=rows)
        return render_page(request, "confederation/seat_list.html", context)


@login_required
@require_safe
def above_list(request: PageRequest, slug: str) -> HttpResponse:
    """What a body is in, and every decision above it, with what it said itself."""
    body: Any = get_object_or_404(Body.objects.of(request.user).annotate(read_at=Moment()), slug=slug)
    at = body.read_at
    page, told = get_told(body, request.GET.get("page"))
    context = of_body(body, at=at, page=page, told=told, places=get_places(body), ways=ways_above(body))
    with in_zone(get_charter(body).time_zone):
        return render_page(request, "confederation/above_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confederation_new(request: PageRequest, slug: str) -> HttpResponse:
    """Propose to found a confederation with other bodies; `?for=` that a confederation above does so."""
    body = own_body(request.user, slug)
    first = above_own(body, request.GET["for"]) if request.GET.get("for") else body
    form = FoundingForm(first, kind_of(first), request.POST or None)

    def propose(at: datetime) -> str:
        typed = form.cleaned_data
        matters = [founding.Matter(sort, words) for sort, words in form.matters]
        plan = founding.Plan(
            typed["name"], typed["purpose"], typed["unity"], matters, list(typed["others"]), typed["text"]
        )
        if first == body:
            return founding.propose(body, plan, by=request.user, at=at).get_absolute_url()
        return from_below.propose_founding(body, first, plan, by=request.user, at=at).get_absolute_url()

    context = of_body(body, first=first)
    return answer_form(request, form, propose, "confederation/confederation_new.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def seat_join(request: PageRequest, slug: str) -> HttpResponse:
    """Propose to join a confederation; `?for=` that a confederation above does so."""
    body = own_body(request.user, slug)
    first = above_own(body, request.GET["for"]) if request.GET.get("for") else body
    form = JoiningForm(confederations_to_join(first), request.POST or None)

    def propose(at: datetime) -> str:
        typed = form.cleaned_data
        into, text, voice = typed["confederation"], typed["text"], not typed["observes"]
        if first == body:
            return joining.propose(body, into, text, voice=voice, by=request.user, at=at).get_absolute_url()
        put = from_below.propose_joining(body, first, into, text, voice=voice, by=request.user, at=at)
        return put.get_absolute_url()

    return answer_form(request, form, propose, "confederation/seat_join.html", of_body(body, first=first))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def seat_leave(request: PageRequest, pk: int) -> HttpResponse:
    """Propose to leave a confederation; `?by=` names the own body that proposes it for a confederation above it."""
    by = request.GET.get("by", "")
    seat = own_seat(request.user, pk, by)
    body = own_body(request.user, by) if by else seat.body
    form = LeavingForm(request.POST or None)

    def propose(at: datetime) -> str:
        text = form.cleaned_data["text"]
        if body == seat.body:
            return leaving.propose(seat, text, by=request.user, at=at).get_absolute_url()
        return from_below.propose_leaving(body, seat, text, by=request.user, at=at).get_absolute_url()

    context = of_body(body, seat=seat, first=seat.body)
    return answer_form(request, form, propose, "confederation/seat_leave.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delegate_send(request: PageRequest, pk: int) -> HttpResponse:
    """Propose whom the body sends to its seat."""
    seat = own_seat(request.user, pk)
    form = DelegateForm(seat.body, get_charter(seat.body), request.POST or None)

    def send(at: datetime) -> str:
        typed = form.cleaned_data
        about = (typed["task"], typed["limits"], typed["term_days"], typed["report_days"])
        named = mandates.Terms(typed["person"], *about) if typed["person"] else None
        return delegates.send(
            seat,
            named or elections.Terms(*about),
            typed["text"],
            alternate=typed["place"] == "alternate",
            bound=typed["bound"] == "bound",
            by=request.user,
            at=at,
        ).get_absolute_url()

    return answer_form(request, form, send, "confederation/delegate_send.html", of_body(seat.body, seat=seat))
