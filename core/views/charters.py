"""Pages of charters: read one, adopt or rewrite the first, propose another."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.actions import bodies, charter_changes, charters, founding
from core.forms.bodies import CharterChangeForm, CharterForm
from core.models import Body, Charter
from core.permissions.members import membership_of
from core.queries.bodies import get_founding
from core.queries.charters import get_charter
from core.refusals import Refusal
from core.timekeeping import folkmoot_now
from core.views._acting import act_once, see_other
from core.views._forms import answer_form
from core.views._pages import PageRequest, render_page
from core.views._zones import in_zone
from core.views.bodies import signed_in
from core.words.charters import lines


@require_safe
def charter_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A version of a charter, every number in words; the one in force unless `?number=` asks for another."""
    body = get_object_or_404(Body.objects.visible_to(signed_in(request)), slug=slug)
    return show(request, body)


def show(request: HttpRequest, body: Body, *, refusal: object = "", status: int = 200) -> HttpResponse:
    """The page, also after a refusal."""
    person = signed_in(request)
    asked = request.GET.get("number", "")
    current = get_charter(body)
    membership = membership_of(person, body) if person is not None else None
    readable = body.charters.all() if membership is not None else body.charters.filter(in_force_at__isnull=False)
    charter = get_object_or_404(readable, number=asked) if asked.isdecimal() else current
    forming = body.adopted_at is None and membership is not None and person is not None
    at = folkmoot_now()
    context = {
        "at": at,
        "body": body,
        "charter": charter,
        "current": current,
        "membership": membership,
        "versions": Charter.objects.filter(body=body, in_force_at__isnull=False).order_by("-number"),
        "lines": lines(charter.numbers),
        "founding": get_founding(charter, person, at=at) if forming and person is not None else None,
        "refusal": refusal,
        "typed": request.POST.get("reason", ""),
    }
    with in_zone(charter.time_zone):
        return render_page(request, "core/charter_detail.html", context, status=status)


@login_required
@require_POST
def charter_adopt(request: PageRequest, slug: str) -> HttpResponse:
    """A founding member adopts the draft that was shown."""
    return on_draft(request, slug, lambda charter, at: bodies.adopt(charter, by=request.user, at=at))


@login_required
@require_POST
def charter_object(request: PageRequest, slug: str) -> HttpResponse:
    """A founding member objects to the draft that was shown, and says why."""
    reason = request.POST.get("reason", "")
    return on_draft(request, slug, lambda charter, at: founding.object(charter, reason, by=request.user, at=at))


@login_required
@require_POST
def charter_take_back(request: PageRequest, slug: str) -> HttpResponse:
    """Who objects to the draft does so no longer."""
    return on_draft(request, slug, lambda charter, at: founding.take_back(charter, by=request.user, at=at))


def on_draft(request: PageRequest, slug: str, do: Callable[[Charter, datetime], object]) -> HttpResponse:
    """One act on the draft whose number was sent; back to the body, or the charter with what was refused."""
    body = get_object_or_404(Body.objects.of(request.user), slug=slug)
    number = request.POST.get("number", "")[:9]
    charter = get_object_or_404(Charter, body=body, number=int(number) if number.isdecimal() else 0)

    def act(at: datetime) -> str:
        do(charter, at)
        return body.get_absolute_url()

    try:
        return see_other(act_once(request, act))
    except Refusal as refused:
        return show(request, body, refusal=refused.sentence, status=refused.status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def charter_redraft(request: PageRequest, slug: str) -> HttpResponse:
    """Write the first charter anew, before it is adopted."""
    body = get_object_or_404(Body.objects.of(request.user).filter(adopted_at__isnull=True), slug=slug)
    form = CharterForm.of(get_charter(body), request.POST or None)

    def redraft(at: datetime) -> str:
        bodies.redraft(body, content(form), by=request.user, at=at)
        return reverse("core:charter-detail", args=[slug])

    return answer_form(request, form, redraft, "core/charter_redraft.html", {"body": body})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def charter_change(request: PageRequest, slug: str) -> HttpResponse:
    """Propose another charter."""
    body = get_object_or_404(Body.objects.of(request.user).filter(adopted_at__isnull=False), slug=slug)
    form = CharterChangeForm.of(get_charter(body), request.POST or None)

    def change(at: datetime) -> str:
        typed = form.cleaned_data
        return charter_changes.propose(
            body, content(form), by=request.user, at=at, title=typed["title"], text=typed["text"]
        ).get_absolute_url()

    return answer_form(request, form, change, "core/charter_change.html", {"body": body})


def content(form: CharterForm) -> charters.Draft:
    """What was typed, as the action takes it."""
    return charters.Draft(form.cleaned_data["purpose"], form.cleaned_data["unity"], form.numbers)
