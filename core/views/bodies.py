"""Pages of bodies: the list, a new one, one body, leaving it."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core.actions import bodies, charters, endings, memberships
from core.actions.endings import under_way
from core.forms.bodies import BodyForm, EndForm
from core.forms.people import NoFieldsForm
from core.models import Body, Mandate, Person
from core.queries.accords import is_asked
from core.queries.bodies import get_body_list, get_body_page
from core.queries.charters import get_charter
from core.queries.remembering import remembering
from core.registry import panels_of
from core.timekeeping import Moment, folkmoot_now
from core.views._forms import answer_form
from core.views._pages import PageRequest, render_page
from core.views._zones import in_zone


def signed_in(request: HttpRequest) -> Person | None:
    """The person, or nobody."""
    return request.user if isinstance(request.user, Person) else None


@require_safe
def body_list(request: HttpRequest) -> HttpResponse:
    """One's own bodies, and the listed ones."""
    return render_page(request, "core/body_list.html", {"list": get_body_list(signed_in(request))})


@require_safe
def body_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A body: for its members what is going on, for others what it is and how to join."""
    person = signed_in(request)
    body: Any = get_object_or_404(
        Body.objects.visible_to(person).select_related("host").annotate(read_at=Moment(), asked=is_asked()), slug=slug
    )
    at = body.read_at
    with remembering():
        page, panels = get_body_page(body, person, at=at, asked=body.asked), panels_of(body, person, at)
    template = "core/body_detail.html" if page.membership is not None else "core/body_outside.html"
    reads = body.ended_at is not None and person is not None and Body.objects.of(person).filter(pk=body.pk).exists()
    context = {"at": at, "page": page, "body": body, "here": body.slug, "panels": panels, "reads": reads}
    with in_zone(page.charter.time_zone):
        return render_page(request, template, context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def body_new(request: PageRequest) -> HttpResponse:
    """Form a body: anybody can."""
    form = BodyForm(request.POST or None)
    return answer_form(
        request, form, lambda at: begin(form, by=request.user, at=at), "core/body_new.html", {"here": "bodies"}
    )


def begin(form: BodyForm, *, by: Person, at: datetime) -> str:
    """Form the body; the address of its page."""
    typed = form.cleaned_data
    content = charters.Draft(typed["purpose"], typed["unity"], form.numbers, typed["template"])
    kind = Body.Kind(typed["kind"])
    return bodies.form(typed["name"], content, by=by, at=at, kind=kind, listed=typed["listed"]).get_absolute_url()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def body_leave(request: PageRequest, slug: str) -> HttpResponse:
    """What leaving ends, and one button."""
    body = get_object_or_404(Body.objects.of(request.user), slug=slug)
    at = folkmoot_now()

    def leave(_at: datetime) -> str:
        memberships.leave(body, by=request.user)
        return reverse("core:home")

    context = {
        "body": body,
        "charter": get_charter(body),
        "mandates": list(Mandate.objects.in_force(at).filter(body=body, person=request.user)),
    }
    form = NoFieldsForm(request.POST if request.method == "POST" else None)
    return answer_form(request, form, leave, "core/body_leave.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def body_end(request: PageRequest, slug: str) -> HttpResponse:
    """Propose that a body ends: what that means, and why."""
    body = get_object_or_404(Body.objects.of(request.user).filter(adopted_at__isnull=False), slug=slug)
    form = EndForm(request.POST or None)

    def propose(at: datetime) -> str:
        return endings.propose(body, form.cleaned_data["text"], by=request.user, at=at).get_absolute_url()

    return answer_form(
        request,
        form,
        propose,
        "core/body_end.html",
        {"body": body, "under_way": under_way(body).first(), **hosted(body)},
    )


def hosted(body: Body) -> dict[str, list[Body]]:
    """The listed bodies that answer to one; others are told, but not named."""
    return {"hosted": list(body.hosted.filter(ended_at=None, listed=True).order_by("name"))}
