"""Paper: ballots to fill in by hand, and prints of a proposal and of its count for who has no device."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.actions import papers
from core.forms.papers import PaperForm
from core.models import PaperBallot, Vote
from core.queries.alternatives import with_texts
from core.queries.papers import get_printed, get_sheet
from core.queries.proposals import get_proposal_page, proposals_with_talk
from core.refusals import Refusal, Sentence, WrongStep
from core.rules.positions import Rule
from core.timekeeping import folkmoot_now
from core.views._acting import act_once
from core.views._forms import UNPROCESSABLE
from core.views._pages import PageRequest, render_page
from core.views._proposal import Refused, seen, show
from core.views._zones import in_zone
from core.views.entering import vote_among_members
from core.words import alternatives, positions
from core.words.entering import NO_VOTE


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paper_print(request: PageRequest, pk: int) -> HttpResponse:
    """Ballots to print, cut and fill in; the answer to the form is the sheet itself, in one language."""
    vote = vote_among_members(request, pk)
    if vote is None:
        return show(request, pk, refused=Refused("paper", NO_VOTE, WrongStep.status))
    form = PaperForm(request.POST or None, initial={"language": translation.get_language()})
    refusal: Sentence = ""
    status = 200 if request.method != "POST" else UNPROCESSABLE
    made: list[PaperBallot] = []
    if request.method == "POST" and form.is_valid():
        try:
            made, status = make(vote, form.cleaned_data["count"], request), 200
            refusal = "" if made else _("These papers were printed already. Print others if they are lost.")
        except Refusal as refused:
            refusal, status = refused.sentence, refused.status
    body = vote.proposal.body
    context = {"at": folkmoot_now(), "here": body.slug, "body": body, "proposal": vote.proposal, "vote": vote}
    context |= {"form": form, "refusal": refusal, "is_open": vote.is_open(folkmoot_now())}
    with in_zone(vote.charter.time_zone):
        if not made:
            return render_page(request, "core/paper_print.html", context, status=status)
        with translation.override(form.cleaned_data["language"]):
            context |= {"sheet": get_sheet(vote, made), "size": form.cleaned_data["size"]}
            return render_page(request, "core/paper_print.html", context)


def make(vote: Vote, count: int, request: PageRequest) -> list[PaperBallot]:
    """New papers; none if the same form was sent before."""
    made: list[PaperBallot] = []

    def printing(at: datetime) -> str:
        made.extend(papers.print_sheet(vote, count, by=request.user, at=at))
        return reverse("core:paper-print", args=[vote.proposal_id])

    act_once(request, printing)
    return made


SIZES = ("a4", "letter")


def on_paper(request: PageRequest) -> dict[str, Any]:
    """Which paper the address asks for, and whether in large print."""
    size = request.GET.get("size", "")
    return {"size": size if size in SIZES else SIZES[0], "large": request.GET.get("print") == "large"}


@login_required
@require_safe
def proposal_print(request: PageRequest, pk: int) -> HttpResponse:
    """A proposal on paper, also in large print: what it says, what can be said to it, until when and how."""
    proposal = get_object_or_404(proposals_with_talk(request.user), pk=pk)
    page = get_proposal_page(proposal, request.user)
    rule = page.standing.rule if page.standing is not None else None
    offered = alternatives.choices if page.texts is not None else positions.choices
    context = {
        "at": page.at,
        "here": proposal.body.slug,
        "body": proposal.body,
        "proposal": proposal,
        "page": page,
        **on_paper(request),
        "choices": offered(Rule(rule)) if rule is not None and page.election is None else [],
    }
    with in_zone(page.time_zone):
        return render_page(request, "core/proposal_print.html", context)


@login_required
@require_safe
def vote_print(request: PageRequest, pk: int, number: int) -> HttpResponse:
    """The count of a vote on paper, with the list in which everybody finds their own ballot; 404 before the count."""
    proposal = seen(request, pk)
    votes = with_texts(Vote.objects.select_related("charter", "text", "key", "proposal__body"))
    vote = get_object_or_404(votes, proposal=proposal, number=number, counted_at__isnull=False)
    at = folkmoot_now()
    context = {
        "at": at,
        "here": proposal.body.slug,
        "body": proposal.body,
        "proposal": proposal,
        "printed": get_printed(vote, at=at),
        **on_paper(request),
    }
    with in_zone(vote.charter.time_zone):
        return render_page(request, "core/vote_print.html", context)
