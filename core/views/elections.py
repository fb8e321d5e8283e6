"""Pages about elections: a new one, and standing in it."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.actions import candidacies, elections, proposals
from core.forms.elections import CandidateForm, ElectionForm, StandForm
from core.models import Body, Person
from core.permissions import elections as may
from core.queries.charters import get_charter
from core.refusals import Refusal, Sentence
from core.views._acting import act_once, see_other
from core.views._pages import PageRequest, render_page
from core.views._proposal import UNPROCESSABLE, Refused, act_on, place, seen, show


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def election_new(request: PageRequest, slug: str) -> HttpResponse:
    """Propose an election: the mandate, for how many, and how it is counted."""
    body = get_object_or_404(Body.objects.of(request.user), slug=slug)
    form = ElectionForm(body, get_charter(body), request.POST or None)
    refusal: Sentence = ""
    status = 200 if request.method != "POST" else UNPROCESSABLE
    if request.method == "POST" and form.is_valid():
        try:
            return see_other(act_once(request, lambda at: call_election(body, form, by=request.user, at=at)))
        except Refusal as refused:
            refusal, status = refused.sentence, refused.status
    context = {"body": body, "form": form, "refusal": refusal}
    return render_page(request, "core/election_new.html", context, status=status)


def call_election(body: Body, form: ElectionForm, *, by: Person, at: datetime) -> str:
    """Write the proposal, say what it fills, put it up for discussion; the address of its page."""
    typed = form.cleaned_data
    proposal = proposals.draft(body, by=by, at=at, title=typed["title"], text=typed["text"], kind="election")
    terms = elections.Terms(
        task=typed["task"],
        limits=typed["limits"],
        term_days=typed["term_days"],
        report_days=typed["report_days"],
        seats=typed["seats"],
        ranked=typed["method"] == "ranked",
    )
    elections.set_out(proposal, terms, by=by)
    return place(proposals.put_up(proposal, by=by, at=at))


@login_required
@require_POST
def candidacy_stand(request: PageRequest, pk: int) -> HttpResponse:
    """Stand in an election, asked or of one's own accord."""
    proposal = seen(request, pk)
    form = StandForm(request.POST)

    def stand(at: datetime) -> str:
        candidacies.stand(proposal, form.cleaned_data["words"], by=request.user, at=at)
        return place(proposal, "candidates")

    return act_on(request, proposal, stand, name="stand", form=form, said=_("You stand in this election."))


@login_required
@require_POST
def candidacy_step_back(request: PageRequest, pk: int) -> HttpResponse:
    """Step back, or say no."""
    proposal = seen(request, pk)

    def step_back(at: datetime) -> str:
        candidacies.step_back(proposal, by=request.user, at=at)
        return place(proposal, "candidates")

    return act_on(request, proposal, step_back, name="step_back", said=_("You do not stand."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def candidacy_propose(request: PageRequest, pk: int) -> HttpResponse:
    """Ask another member to stand."""
    proposal = seen(request, pk)
    verdict = may.is_open_to_candidates(proposal)
    if not verdict:
        return show(request, pk, refused=Refused("ask", verdict.reason, 403))
    known = [request.user.pk, *(row.person_id for row in may.candidacies_of(proposal))]
    form = CandidateForm(proposal.body, () if request.method == "POST" else known, request.POST or None)
    refusal: Sentence = ""
    status = 200 if request.method != "POST" else UNPROCESSABLE

    def ask(at: datetime) -> str:
        candidacies.propose(proposal, form.cleaned_data["person"], by=request.user, at=at)
        return place(proposal, "candidates")

    if request.method == "POST" and form.is_valid():
        try:
            return see_other(act_once(request, ask))
        except Refusal as refused:
            refusal, status = refused.sentence, refused.status
    context = {"body": proposal.body, "proposal": proposal, "form": form, "refusal": refusal}
    return render_page(request, "core/candidacy_propose.html", context, status=status)
