"""Ways in without e-mail: the printed card, and the first link of an empty house."""

import secrets
from dataclasses import replace
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.actions import cards, first
from core.actions.charters import Draft
from core.actions.invitations import open_with
from core.forms.bodies import FirstForm
from core.forms.people import CardCodeForm, CardPinForm
from core.limits import count_line
from core.models import Person
from core.refusals import Refusal, Sentence
from core.rules.charter import TEMPLATES
from core.timekeeping import folkmoot_now
from core.views._forms import UNPROCESSABLE
from core.views._pages import render_page

SHARED_SECONDS = 15 * 60
KNOWN_DEVICE = f"{settings.COOKIE_PREFIX}known_device"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def card_sign_in(request: HttpRequest) -> HttpResponse:
    """With the code the first time, with name and PIN ever after."""
    first_time = "code" in (request.POST or request.GET)
    form: Form = (CardCodeForm if first_time else CardPinForm)(request.POST or None)
    refusal: Sentence = ""
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                count_line(get_adapter().get_client_ip(request))
                person = who(request, form.cleaned_data)
                if person is not None:
                    return come_in(request, person, shared=form.cleaned_data["shared"])
                refusal, status = _("Sign-in name and PIN do not fit."), 403
            except Refusal as refused:
                refusal, status = refused.sentence, refused.status
    context = {"form": form, "refusal": refusal, "first_time": first_time}
    return render_page(request, "core/card_sign_in.html", context, status=status)


def sign_in(request: HttpRequest, person: Person, *, method: str, leads_to: str = "/") -> HttpResponse:
    """Begin a session as allauth does: whoever has a second proof is asked for it, whichever way they come."""
    record_authentication(request, person, method=method)
    answer: HttpResponse = perform_login(request, Login(user=person, redirect_url=leads_to))
    return answer


def come_in(request: HttpRequest, person: Person, *, shared: bool) -> HttpResponse:
    """Begin a session: a short one, and no mark, on a device that others use too."""
    answer = sign_in(request, person, method="card")
    if shared:
        request.session.set_expiry(SHARED_SECONDS)
        return answer
    return remember(answer, person)


def who(request: HttpRequest, typed: dict[str, Any]) -> Person | None:
    """The person that code or PIN belongs to."""
    if "code" in typed:
        return cards.begin(typed["code"], typed["pin"], at=folkmoot_now())
    name = str(typed["sign_in_name"]).lower()
    return cards.person_with(name, typed["pin"], device=known_device(request, name))


def remember(response: HttpResponse, person: Person) -> HttpResponse:
    """Leave a mark on the device, by which its tries are counted apart from those of strangers."""
    mark = f"{person.sign_in_name} {secrets.token_hex(8)}"
    response.set_signed_cookie(
        KNOWN_DEVICE,
        mark,
        salt=KNOWN_DEVICE,
        max_age=365 * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def known_device(request: HttpRequest, sign_in_name: str) -> str:
    """The mark of a device that this person signed in on with a PIN before; empty for any other."""
    owner, _space, mark = (request.get_signed_cookie(KNOWN_DEVICE, default="", salt=KNOWN_DEVICE) or "").partition(" ")
    return mark if owner == sign_in_name else ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first_link(request: HttpRequest, token: str) -> HttpResponse:
    """The first person and body of an empty house, in one form."""
    form = FirstForm(request.POST or None)
    refusal: Sentence = ""
    status = 200
    try:
        open_with(token, at=folkmoot_now())
        if request.method == "POST":
            status = UNPROCESSABLE
            if form.is_valid() and password_fits(form):
                person, body = first.move_in(token, founding(form), at=folkmoot_now())
                return sign_in(request, person, method="password", leads_to=body.get_absolute_url())
    except Refusal as refused:
        refusal, status = refused.sentence, refused.status
        if refused.status == 410:
            return render_page(request, "core/invitation_over.html", {"refusal": refusal}, status=status)
    return render_page(request, "core/first_link.html", {"form": form, "refusal": refusal}, status=status)


def founding(form: FirstForm) -> first.Founding:
    """What was typed, as the action takes it."""
    typed = form.cleaned_data
    numbers = replace(TEMPLATES[typed["template"]], time_zone=typed["time_zone"])
    content = Draft(typed["purpose"], "", numbers, typed["template"])
    return first.Founding(typed["display_name"], typed["sign_in_name"], typed["password"], typed["body"], content)


def password_fits(form: FirstForm) -> bool:
    """By the rules for all passwords; what does not fit stands beside the field."""
    typed = form.cleaned_data
    try:
        validate_password(
            typed["password"], Person(sign_in_name=typed["sign_in_name"], display_name=typed["display_name"])
        )
    except ValidationError as problem:
        form.add_error("password", problem)
        return False
    return True
