"""Paper: ballots to fill in by hand, and prints of a proposal and of its count for who has no device."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.actions import papers
from core.forms.papers import PaperForm
from core.models import PaperBallot, Vote
from core.queries.papers import get_sheet
from core.refusals import Refusal, Sentence, WrongStep
from core.timekeeping import folkmoot_now
from core.views._acting import act_once
from core.views._forms import UNPROCESSABLE
from core.views._pages import PageRequest, render_page
from core.views._proposal import Refused, show
from core.views._zones import in_zone
from core.views.entering import vote_among_members
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
