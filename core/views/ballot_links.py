"""Voting by the link from a mail: looking at its page gives nothing, sending its form gives the vote, once."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.actions import ballots
from core.forms.ballots import BallotForm
from core.forms.elections import ChoiceForm
from core.forms.texts import TextsForm
from core.limits import count_link
from core.notices.ballot_links import Link, read
from core.permissions.links import can_vote_by_link
from core.queries.alternatives import get_texts_to_mark
from core.queries.entering import said
from core.queries.secret_votes import get_names
from core.refusals import Refusal, Sentence
from core.rules.positions import RANKED, Rule
from core.timekeeping import folkmoot_now
from core.views._forms import UNPROCESSABLE
from core.views._pages import render_page
from core.views._zones import in_zone
from core.views.ballots import form_of, require_same
from core.words import alternatives, positions, rules

TEMPLATE = "core/ballot_link.html"
Typed = BallotForm | ChoiceForm | TextsForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ballot_link(request: HttpRequest, token: str) -> HttpResponse:
    """What is voted on, and the form; the same page says what was given."""
    link = read(token)
    if link is None:
        raise Http404
    with translation.override(link.person.language), in_zone(link.vote.charter.time_zone):
        return answer(request, link)


def answer(request: HttpRequest, link: Link) -> HttpResponse:
    """The page of a link that is genuine."""
    form = form_of(link.vote, request.POST) if request.method == "POST" else None
    refusal: Sentence = ""
    status = 200 if form is None else UNPROCESSABLE
    if form is not None:
        try:
            count_link(link.person.pk)
            if form.is_valid():
                return given(request, link, form)
        except Refusal as refused:
            refusal, status = refused.sentence, refused.status
    may = can_vote_by_link(link.vote, link.person, link.change, at=folkmoot_now())
    if form is None and not may:
        status = 410
    shown = {"link": link, "form": form, "refusal": refusal, "may": may, "proposal": link.vote.proposal}
    return render_page(request, TEMPLATE, shown | choices_of(link, form), status=status)


def given(request: HttpRequest, link: Link, form: Typed) -> HttpResponse:
    """Give the vote, and say so."""
    require_same(link.vote, form.cleaned_data["vote"])
    reason = form.cleaned_data.get("reason", "")
    ballot = ballots.cast_by_link(link.vote, form.choice, by=link.person, change=link.change, reason=reason)
    names = get_names(link.vote) if link.vote.is_election else {}
    shown = {"link": link, "proposal": link.vote.proposal, "given": said(ballot, link.vote, names)}
    return render_page(request, TEMPLATE, shown)


def choices_of(link: Link, form: Typed | None) -> dict[str, object]:
    """What the form offers: positions, texts to mark beside them, or the candidates."""
    vote = link.vote
    explained = {"explained": rules.explain(vote.terms), "ranked": vote.rule in RANKED, "names": {}, "choices": []}
    if vote.is_election:
        return explained | {"names": get_names(vote)}
    chosen = str(form.data.get("position", "")) if form is not None else ""
    if vote.has_alternatives:
        marked = set(form.typed) if isinstance(form, TextsForm) else set()
        texts = {"texts": get_texts_to_mark(vote), "marked": marked}
        return explained | texts | {"choices": alternatives.choices(Rule(vote.rule), chosen=chosen)}
    return explained | {"choices": positions.choices(Rule(vote.rule), chosen=chosen)}
