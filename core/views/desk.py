"""The helper desk of a body: votes to help with, somebody new without a device, a card that was lost."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from core.actions import desk
from core.forms.desk import CardForm, WelcomeForm
from core.models import Body, CardHandout, Person
from core.queries.charters import get_charter
from core.queries.desk import get_desk
from core.refusals import Refusal, Sentence
from core.timekeeping import folkmoot_now
from core.views._acting import act_once, see_other
from core.views._forms import UNPROCESSABLE
from core.views._pages import PageRequest, render_page
from core.views._zones import in_zone
from core.views.invitations import qr_path


@login_required
@require_http_methods(["GET", "HEAD"])
def desk_detail(request: PageRequest, slug: str) -> HttpResponse:
    """What can be done at the desk."""
    return show(request, get_object_or_404(Body.objects.of(request.user), slug=slug))


def show(
    request: PageRequest, body: Body, *, form: Form | None = None, refusal: Sentence = "", status: int = 200
) -> HttpResponse:
    """The page, with the form that was refused as it was typed."""
    at = folkmoot_now()
    language = {"language": translation.get_language()}
    context = {
        "at": at,
        "here": body.slug,
        "body": body,
        "page": get_desk(body, request.user, at=at),
        "welcome": form if isinstance(form, WelcomeForm) else WelcomeForm(initial=language),
        "card": form if isinstance(form, CardForm) else CardForm(body, request.user),
        "welcome_refusal": refusal if isinstance(form, WelcomeForm) else "",
        "card_refusal": "" if isinstance(form, WelcomeForm) else refusal,
    }
    with in_zone(get_charter(body).time_zone):
        return render_page(request, "core/desk_detail.html", context, status=status)


@never_cache
@login_required
@require_POST
def desk_welcome(request: PageRequest, slug: str) -> HttpResponse:
    """Bring in somebody without a device; the answer is their card, shown this once."""
    body = get_object_or_404(Body.objects.of(request.user), slug=slug)
    form = WelcomeForm(request.POST)
    if not form.is_valid():
        return show(request, body, form=form, status=UNPROCESSABLE)

    def welcome(at: datetime) -> tuple[Person, str]:
        came = desk.welcome(body, **form.cleaned_data, by=request.user, at=at)
        return came.person, came.code

    return card_sheet(request, body, welcome, form=form)


@login_required
@require_POST
def desk_card(request: PageRequest, slug: str) -> HttpResponse:
    """Ask for a new card for a member who has no other way in."""
    body = get_object_or_404(Body.objects.of(request.user), slug=slug)
    form = CardForm(body, request.user, request.POST)
    if not form.is_valid():
        return show(request, body, form=form, status=UNPROCESSABLE)

    def ask(at: datetime) -> str:
        desk.ask_for_card(body, form.cleaned_data["person"], by=request.user, at=at)
        return reverse("core:desk-detail", args=[body.slug])

    try:
        address = act_once(request, ask)
    except Refusal as refused:
        return show(request, body, form=form, refusal=refused.sentence, status=refused.status)
    messages.success(request, _("Asked. Another member gives the card, on this page."))
    return see_other(address)


@never_cache
@login_required
@require_POST
def card_give(request: PageRequest, pk: int) -> HttpResponse:
    """Give the card that another member asked for; the answer is the card, shown this once."""
    handouts = CardHandout.objects.select_related("body", "person", "first")
    handout = get_object_or_404(handouts, pk=pk, body__in=Body.objects.of(request.user))
    return card_sheet(
        request, handout.body, lambda at: (handout.person, desk.give_card(handout, by=request.user, at=at))
    )


@sensitive_variables("made", "code")
def card_sheet(
    request: PageRequest, body: Body, act: Callable[[datetime], tuple[Person, str]], *, form: Form | None = None
) -> HttpResponse:
    """Carry out what makes a card, and show it; sent again, the form makes and shows none."""
    made: list[tuple[Person, str]] = []

    def making(at: datetime) -> str:
        made.append(act(at))
        return reverse("core:desk-detail", args=[body.slug])

    try:
        address = act_once(request, making)
    except Refusal as refused:
        return show(request, body, form=form, refusal=refused.sentence, status=refused.status)
    if not made:
        messages.info(request, _("This card was shown before. If it is lost, ask for a new one."))
        return see_other(address)
    [(person, code)] = made
    entrance = settings.SITE_URL + reverse("core:card-sign-in")
    context: dict[str, Any] = {"here": body.slug, "body": body, "person": person, "code": code}
    context |= {"address": entrance, "qr": qr_path(entrance)}
    with translation.override(person.language):
        return render_page(request, "core/card_sheet.html", context)
