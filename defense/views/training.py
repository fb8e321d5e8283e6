"""Training: what is taught, when, who came, and who lacks what their post requires."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.models import Body
from core.queries.charters import get_charter, today_in
from core.refusals import Refusal, Sentence
from core.timekeeping import folkmoot_now
from core.views._acting import act_once, see_other
from core.views._forms import UNPROCESSABLE, answer_form
from core.views._pages import PageRequest, render_page
from core.views._zones import in_zone
from defense.actions import training
from defense.forms.bodies import CameForm, DayForm, TrainingForm
from defense.models import TrainingDay
from defense.queries.seeing import seen_body
from defense.queries.training import get_training_page
from defense.views._around import around


@login_required
@require_safe
def training_list(request: PageRequest, slug: str) -> HttpResponse:
    """All of it."""
    return show(request, seen_body(request.user, slug))


def show(
    request: PageRequest, body: Body, *, form: Form | None = None, refusal: Sentence = "", status: int = 200
) -> HttpResponse:
    """The page, with what was refused and typed."""
    at = folkmoot_now()
    context = around(request, body) | {
        "at": at,
        "page": get_training_page(body, today_in(body, at), at),
        "training_form": form if isinstance(form, TrainingForm) else TrainingForm(),
        "day_form": form if isinstance(form, DayForm) else DayForm(body),
        "refusal": refusal,
    }
    with in_zone(get_charter(body).time_zone):
        return render_page(request, "defense/training_list.html", context, status=status)


@login_required
@require_POST
def training_set(request: PageRequest, slug: str) -> HttpResponse:
    """Say what is taught and for how long it holds."""
    body, form = seen_body(request.user, slug), TrainingForm(request.POST)

    def set_up(at: datetime) -> None:
        training.set_up(body, form.cleaned_data["sort"], form.cleaned_data["valid_days"], by=request.user, at=at)

    return answer(request, body, form, set_up, _("Written down."))


@login_required
@require_POST
def day_announce(request: PageRequest, slug: str) -> HttpResponse:
    """Announce a day."""
    body = seen_body(request.user, slug)
    form = DayForm(body, request.POST)

    def announce(at: datetime) -> None:
        training.announce(form.cleaned_data["training"], form.cleaned_data["on"], by=request.user, at=at)

    return answer(request, body, form, announce, _("All members are told."))


def answer(
    request: PageRequest, body: Body, form: Form | None, act: Callable[[datetime], object], said: str
) -> HttpResponse:
    """Act once and go back to the page; or the page again with what was refused."""
    if form is not None and not form.is_valid():
        return show(request, body, form=form, status=UNPROCESSABLE)

    def acting(at: datetime) -> str:
        act(at)
        return reverse("defense:training-list", args=[body.slug])

    try:
        address = act_once(request, acting)
    except Refusal as refused:
        return show(request, body, form=form, refusal=refused.sentence, status=refused.status)
    messages.success(request, said)
    return see_other(address)


def seen_day(request: PageRequest, pk: int) -> tuple[TrainingDay, Body]:
    """A day of a body that this person may see, else 404."""
    day = get_object_or_404(TrainingDay.objects.select_related("training__body", "announced_by"), pk=pk)
    return day, seen_body(request.user, day.training.body.slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def day_enter(request: PageRequest, pk: int) -> HttpResponse:
    """Write down who came."""
    day, body = seen_day(request, pk)
    others = body.memberships.filter(ended_at__isnull=True).exclude(person=request.user).select_related("person")
    form = CameForm(day, others, request.POST or None)

    def enter(_at: datetime) -> str:
        training.enter(day, form.cleaned_data["came"], by=request.user)
        return reverse("defense:training-list", args=[body.slug])

    return answer_form(request, form, enter, "defense/day_enter.html", around(request, body) | {"day": day})


@login_required
@require_POST
def day_call_off(request: PageRequest, pk: int) -> HttpResponse:
    """It does not take place."""
    day, body = seen_day(request, pk)
    return answer(request, body, None, lambda at: training.call_off(day, by=request.user, at=at), _("Called off."))
