"""Getting back in: friends one can choose, helping a friend, and the page for who lost every way in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.actions import friends, recoveries
from core.forms.way_back import BackInForm, FriendCodeForm, FriendsForm
from core.limits import count_line
from core.models import AccountNews, Friend, Recovery
from core.notices.accounts import words_of_account
from core.queries.way_back import get_way_back
from core.refusals import Refusal, Sentence
from core.timekeeping import folkmoot_now
from core.views._acting import act_once, see_other
from core.views._forms import UNPROCESSABLE, answer_form
from core.views._pages import PageRequest, render_page


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of news with its words."""

    news: AccountNews
    title: str
    sentence: str


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
def way_back(request: PageRequest) -> HttpResponse:
    """Friends, whom one can help, what is under way, and what happened to the account."""
    at = folkmoot_now()
    found = get_way_back(request.user, at)
    initial = dict(zip(("first", "second", "third"), (row.friend for row in found.friends), strict=False))
    form = FriendsForm(request.user, request.POST or None, initial=initial)

    def choose(at: datetime) -> str:
        friends.choose(request.user, form.chosen, at=at)
        messages.success(request, _("Your friends are told. New ones count after 72 hours."))
        return reverse("core:way-back")

    lines = [Line(news, *words_of_account(news)) for news in found.news]
    return answer_form(
        request, form, choose, "core/way_back.html", {"found": found, "lines": lines, "at": folkmoot_now()}
    )


@login_required
@require_POST
def way_back_stop(request: PageRequest, pk: int) -> HttpResponse:
    """Stop a new password that somebody has asked for."""
    recovery = get_object_or_404(Recovery, pk=pk, person=request.user)

    def stop(_at: datetime) -> str:
        recoveries.stop(recovery, by=request.user)
        return reverse("core:way-back")

    return answer_or_say(request, stop, _("Stopped. If your own password could be known to somebody, change it now."))


@login_required
@require_POST
def friend_step_back(request: PageRequest, pk: int) -> HttpResponse:
    """Do not be counted on any more."""
    row = get_object_or_404(Friend, pk=pk, friend=request.user)

    def step_back(_at: datetime) -> str:
        friends.step_back(row, by=request.user)
        return reverse("core:way-back")

    return answer_or_say(request, step_back, _("They cannot count on you any more. Tell them."))


def answer_or_say(request: PageRequest, act: Callable[[datetime], str], said: str) -> HttpResponse:
    """Act once and say so, or say why not, on the page of ways back."""
    try:
        address = act_once(request, act)
        messages.success(request, said)
    except Refusal as refused:
        address = reverse("core:way-back")
        messages.error(request, str(refused.sentence))
    return see_other(address)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
def friend_help(request: PageRequest) -> HttpResponse:
    """Type the code a friend has told."""
    form = FriendCodeForm(request.POST or None)

    def vouch(at: datetime) -> str:
        recoveries.vouch(form.cleaned_data["code"], by=request.user, at=at)
        messages.success(request, _("Thank you. When two of their friends have said so, their new password counts."))
        return reverse("core:way-back")

    return answer_form(request, form, vouch, "core/friend_help.html", {})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def back_in(request: HttpRequest) -> HttpResponse:
    """Ask one's friends for help, without being signed in: the answer is the same for every name."""
    form = BackInForm(request.POST or None)
    refusal: Sentence = ""
    code, status = "", 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                count_line(get_adapter().get_client_ip(request))
                code = recoveries.ask(form.cleaned_data["sign_in_name"], form.cleaned_data["password"])
                status = 200
            except Refusal as refused:
                refusal, status = refused.sentence, refused.status
    context = {"form": form, "refusal": refusal, "code": code}
    return render_page(request, "core/back_in.html", context, status=status)
