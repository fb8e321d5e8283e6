"""Pages of questions: putting one before a confederation, reading where it is, own words, deviations and calls."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from confederation.actions import calling, deviating, forwarding, own_words, talking
from confederation.forms.questions import WHATS, BodyCallForm, DeviationForm, ForwardForm, OwnWordForm, WordsForm
from confederation.models import Referral
from confederation.queries.questions import get_question
from confederation.queries.seeing import (
    open_offers,
    own_body,
    own_station,
    seen_confederation,
    seen_referral,
    spoken_station,
)
from confederation.queries.speaking import get_speaking
from confederation.rules.positions import Own, Said
from confederation.views.seats import of_body
from confederation.words.saying import SAID
from core.refusals import Refusal
from core.timekeeping import folkmoot_now
from core.views._acting import act_once, see_other
from core.views._forms import UNPROCESSABLE, answer_form
from core.views._pages import PageRequest, render_page
from core.views._zones import in_zone


@login_required
@require_safe
def referral_detail(request: PageRequest, pk: int) -> HttpResponse:
    """Where a question is, what our body said, what came of it."""
    return show(request, seen_referral(request.user, pk))


def show(
    request: PageRequest, referral: Any, refusal: Refusal | None = None, form: WordsForm | None = None
) -> HttpResponse:
    """The page of a question, with what was typed or refused on it."""
    at, body = referral.read_at, referral.proposal.body
    page = get_question(referral, request.user, request.GET.get("under", ""), at=at)
    said = refusal.sentence if refusal else ""
    context = of_body(body, at=at, page=page, referral=referral, refusal=said, form=form or WordsForm())
    status = refusal.status if refusal else UNPROCESSABLE if form is not None else 200
    with in_zone(referral.zone or "UTC"):
        return render_page(request, "confederation/referral_detail.html", context, status=status)


@login_required
@require_POST
def referral_say(request: PageRequest, pk: int) -> HttpResponse:
    """Say something that all bodies below read."""
    referral = seen_referral(request.user, pk)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return show(request, referral, form=form)

    def say(_at: datetime) -> str:
        talking.say(referral, form.cleaned_data["text"], by=request.user)
        return f"{referral.get_absolute_url()}#talk"

    try:
        return see_other(act_once(request, say))
    except Refusal as refused:
        return show(request, referral, refused, form)


@login_required
@require_POST
def referral_call(request: PageRequest, pk: int) -> HttpResponse:
    """Call a decision down, as one of the people."""
    return acted(request, pk, lambda referral: calling.call(referral, by=request.user))


@login_required
@require_POST
def referral_take_back(request: PageRequest, pk: int) -> HttpResponse:
    """Take one's own call back."""
    return acted(request, pk, lambda referral: calling.take_back(referral, by=request.user))


def acted(request: PageRequest, pk: int, do: Callable[[Referral], Referral]) -> HttpResponse:
    """One act on a question, and back to its page; or that page with why not."""
    referral = seen_referral(request.user, pk)

    def act(_at: datetime) -> str:
        return do(referral).get_absolute_url()

    try:
        return see_other(act_once(request, act))
    except Refusal as refused:
        return show(request, referral, refused)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def forward_new(request: PageRequest, slug: str, above: str) -> HttpResponse:
    """Propose to one's own body to put something before a confederation; `?what=` says what."""
    body, confederation = own_body(request.user, slug), seen_confederation(request.user, above)
    what = request.GET.get("what", WHATS[0].value)
    if what not in WHATS:
        raise Http404
    form = ForwardForm(body, confederation, what, request.POST or None)

    def propose(at: datetime) -> str:
        typed = form.cleaned_data
        ceded, right = form.matter
        plan = forwarding.Plan(
            confederation,
            form.what,
            typed["title"],
            typed["text"],
            ceded=ceded,
            right=right,
            mandate=typed.get("mandate"),
            sort=form.sort,
            words=typed.get("words", ""),
            terms=form.terms,
            days=typed["days"],
        )
        return forwarding.propose(body, plan, by=request.user, at=at).get_absolute_url()

    context = of_body(body, above=confederation, what=what, whats=[(each.value, each.label) for each in WHATS])
    return answer_form(request, form, propose, "confederation/forward_new.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_word_new(request: PageRequest, pk: int) -> HttpResponse:
    """Propose to one's own body to block above, or to stand aside."""
    station = own_station(request.user, pk)
    form = OwnWordForm(request.POST or None)

    def propose(_at: datetime) -> str:
        typed = form.cleaned_data
        return own_words.propose(station, Own(typed["says"]), typed["text"], by=request.user).get_absolute_url()

    context = of_body(station.body, station=station, referral=station.referral)
    return answer_form(request, form, propose, "confederation/own_word_new.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def call_new(request: PageRequest, pk: int) -> HttpResponse:
    """Propose to one's own body to call a decision down."""
    station = own_station(request.user, pk)
    form = BodyCallForm(request.POST or None)

    def propose(_at: datetime) -> str:
        text = form.cleaned_data["text"]
        return calling.propose(station.referral, station.body, text, by=request.user).get_absolute_url()

    context = of_body(station.body, station=station, referral=station.referral)
    return answer_form(request, form, propose, "confederation/call_new.html", context)


@login_required
@require_safe
def speaking_list(request: PageRequest) -> HttpResponse:
    """For somebody who was sent: every seat, every question, every report that is owed."""
    at = folkmoot_now()
    context = {"at": at, "spoken": get_speaking(request.user, at=at), "offers": open_offers(request.user)}
    return render_page(request, "confederation/speaking_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deviation_new(request: PageRequest, pk: int) -> HttpResponse:
    """Say something else above than home, and why."""
    station, mandate = spoken_station(request.user, pk)
    form = DeviationForm(request.POST or None)

    def deviate(_at: datetime) -> str:
        typed = form.cleaned_data
        deviating.deviate(station, mandate, Said(typed["says"]), typed["reason"], by=request.user)
        return station.referral.get_absolute_url()

    context = of_body(station.body, station=station, referral=station.referral, home=SAID.get(station.home, ""))
    return answer_form(request, form, deviate, "confederation/deviation_new.html", context)
