"""One's own pages: settings, sign-in card, tokens, leaving the house."""

from datetime import datetime

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.actions import cards, people, tokens
from core.forms.people import LeaveHouseForm, SettingsForm, TokenForm
from core.models import ApiToken, Mandate, SignInCard
from core.refusals import Refusal, Sentence
from core.timekeeping import folkmoot_now
from core.views._acting import act_once, see_other
from core.views._forms import UNPROCESSABLE, answer_form
from core.views._pages import PageRequest, render_page
from core.views._shell import forget_theme
from core.views.invitations import qr_path


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: PageRequest) -> HttpResponse:
    """Name, mail, language, colours; and the ways to the rest."""
    person = request.user
    names = ("display_name", "mail", "language", "theme")
    form = SettingsForm(request.POST or None, initial={name: getattr(person, name) for name in names})

    def change(_at: datetime) -> str:
        people.change(person, **form.cleaned_data)
        return reverse("core:settings")

    response = answer_form(request, form, change, "core/settings.html", {"here": "settings"})
    if request.method == "POST" and response.status_code == 303:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            form.cleaned_data["language"],
            max_age=365 * 24 * 3600,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
        forget_theme(response)
    return response


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
def card_print(request: PageRequest) -> HttpResponse:
    """A sheet with a new sign-in card; its code is shown this once."""
    code, again = "", False
    if request.method == "POST":
        made: list[str] = []

        def make(at: datetime) -> str:
            made.append(cards.make(request.user, at=at))
            return reverse("core:card-print")

        act_once(request, make)
        code = made[0] if made else ""
        again = not made
    address = settings.SITE_URL + reverse("core:card-sign-in")
    card = SignInCard.objects.filter(person=request.user).first()
    context = {"code": code, "again": again, "address": address, "qr": qr_path(address), "card": card}
    return render_page(request, "core/card_print.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
def token_list(request: PageRequest) -> HttpResponse:
    """One's tokens; a new one's secret is shown this once."""
    form = TokenForm(request.POST or None)
    refusal: Sentence = ""
    secret, status, again = "", 200, False
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                secret, status = make_token(request, form), 200
                again = not secret
            except Refusal as refused:
                refusal, status = refused.sentence, refused.status
    context = {
        "at": folkmoot_now(),
        "form": TokenForm() if secret or again else form,
        "refusal": refusal,
        "secret": secret,
        "again": again,
        "tokens": ApiToken.objects.filter(person=request.user).order_by("-created_at"),
    }
    return render_page(request, "core/token_list.html", context, status=status)


def make_token(request: PageRequest, form: TokenForm) -> str:
    """The secret of a new token; empty if the same form was sent before."""
    made: list[str] = []

    def make(at: datetime) -> str:
        made.append(tokens.make(request.user, at=at, **form.cleaned_data)[1])
        return reverse("core:token-list")

    act_once(request, make)
    return made[0] if made else ""


@login_required
@require_POST
def token_end(request: PageRequest, pk: int) -> HttpResponse:
    """End one's own token."""
    token = get_object_or_404(ApiToken, pk=pk, person=request.user)

    def end(at: datetime) -> str:
        tokens.end(token, by=request.user, at=at)
        return reverse("core:token-list")

    return see_other(act_once(request, end))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account_leave(request: PageRequest) -> HttpResponse:
    """Leave the house, with one's sign-in name typed as confirmation."""
    form = LeaveHouseForm(request.POST or None)
    mandates = Mandate.objects.in_force(folkmoot_now()).filter(person=request.user)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["sign_in_name"].strip().lower() == request.user.sign_in_name:
            people.close_account(request.user, at=folkmoot_now())
            logout(request)
            return see_other(reverse("core:home"))
        form.add_error("sign_in_name", _("This is not your sign-in name."))
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render_page(request, "core/account_leave.html", {"form": form, "mandates": mandates}, status=status)
