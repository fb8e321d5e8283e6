"""Entering votes for others: one member writes down, another confirms; the one it is for can contest it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.actions import aiding, entering
from core.forms.entering import ConfirmForm, EnterForm, HelpedForm, PaperNumberForm, Said, said_form
from core.models import Body, EnteredBallot, Proposal, Vote
from core.queries.alternatives import TextShown, get_texts_to_mark
from core.queries.entering import as_written, get_entering_page, get_entry
from core.refusals import Refusal, Sentence, WrongStep
from core.timekeeping import folkmoot_now
from core.views._acting import act_once, see_other
from core.views._forms import UNPROCESSABLE
from core.views._pages import PageRequest, render_page
from core.views._proposal import Refused, place, seen, show
from core.views._zones import in_zone
from core.views.ballots import candidates_of, latest_vote, require_same
from core.words.entering import NO_VOTE


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ballot_enter(request: PageRequest, pk: int) -> HttpResponse:
    """Write down a vote for somebody; see what waits for a second member, and what was entered."""
    vote = vote_among_members(request, pk)
    if vote is None:
        return show(request, pk, refused=Refused("enter", NO_VOTE, WrongStep.status))
    at = folkmoot_now()
    page = get_entering_page(vote, request.user, at=at)
    typed = request.POST if request.method == "POST" else None
    about, texts = EnterForm(vote, page.ways, request.user, typed), get_texts_to_mark(vote)
    said = said_form(vote, candidates_of(vote), texts, typed)
    refusal: Sentence = ""
    status = 200 if typed is None else UNPROCESSABLE
    if about.is_valid() & said.is_valid():  # both, so that all that is missing is said at once
        try:
            address = act_once(request, lambda _at: enter(vote, about, said, request))
            messages.success(request, _("Written down. It counts when another member confirms it."))
            return see_other(address)
        except Refusal as refused:
            refusal, status = refused.sentence, refused.status
    context = {"at": at, "here": vote.proposal.body.slug, "body": vote.proposal.body, "proposal": vote.proposal}
    context |= {"page": page, "whose": about, "said": said, "texts": texts, "refusal": refusal}
    context["helped"] = HelpedForm(vote, request.user) if page.may_note else None
    with in_zone(vote.charter.time_zone):
        return render_page(request, "core/ballot_enter.html", context, status=status)


@login_required
@require_POST
def ballot_helped(request: PageRequest, pk: int) -> HttpResponse:
    """Write down that one helped somebody to vote in a secret vote."""
    vote = vote_among_members(request, pk)
    if vote is None:
        return show(request, pk, refused=Refused("enter", NO_VOTE, WrongStep.status))
    form = HelpedForm(vote, request.user, request.POST)
    if not form.is_valid():
        return show(request, pk, refused=Refused("enter", str(form.errors["person"][0]), UNPROCESSABLE))

    def note(_at: datetime) -> str:
        aiding.note(vote, form.cleaned_data["person"], by=request.user)
        return reverse("core:ballot-enter", args=[pk])

    return answer(request, vote.proposal, note)


def vote_among_members(request: PageRequest, pk: int) -> Vote | None:
    """The latest vote on a proposal of one's body, None if there never was one; 404 without such a proposal."""
    seen(request, pk)
    get_object_or_404(Body.objects.of(request.user), proposals=pk)
    votes = Vote.objects.without_lists().select_related("proposal__body", "proposal__mandate", "charter", "text")
    return votes.filter(proposal=pk).order_by("-number").first()


def enter(vote: Vote, about: EnterForm, said: Said, request: PageRequest) -> str:
    """Write it down; the address of the page again."""
    typed, ballot = about.cleaned_data, said.cleaned_data
    require_same(vote, ballot["vote"])
    entering.enter(
        vote,
        typed["person"],
        said.choice,
        by=request.user,
        way=typed["way"],
        reason=ballot.get("reason", ""),
        number=typed["number"],
    )
    return reverse("core:ballot-enter", args=[vote.proposal_id])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ballot_confirm(request: PageRequest, pk: int) -> HttpResponse:
    """The second member confirms what was said aloud; of a paper, and at the desk, they type it without seeing it."""
    row = entry_among_members(request, pk)
    typed = request.POST if request.method == "POST" else None
    texts = get_texts_to_mark(row.vote)
    forms = forms_of(row, texts, typed)
    refusal: Sentence = ""
    status = 200 if typed is None else UNPROCESSABLE
    if typed is not None and valid(forms):
        try:
            return see_other(act_once(request, lambda _at: confirm(row, forms, request)))
        except Refusal as refused:
            refusal, status = refused.sentence, refused.status
    proposal = row.vote.proposal
    context = {"at": folkmoot_now(), "here": proposal.body.slug, "body": proposal.body, "proposal": proposal}
    context |= {"entry": get_entry(row, request.user), "forms": forms, "texts": texts, "refusal": refusal}
    return render_page(request, "core/ballot_confirm.html", context, status=status)


def valid(forms: list[Form]) -> bool:
    """Whether all are; each is asked, so that all that is missing is said at once."""
    return not [form for form in forms if not form.is_valid()]


def entry_among_members(request: PageRequest, pk: int) -> EnteredBallot:
    """An entry in a body of one's own; else 404."""
    rows = EnteredBallot.objects.select_related(
        "vote__proposal__body",
        "vote__charter",
        "vote__text",
        "roll__person",
        "first__person",
        "second__person",
        "paper",
    )
    return get_object_or_404(rows, pk=pk, vote__proposal__body__in=Body.objects.of(request.user))


def forms_of(row: EnteredBallot, texts: list[TextShown], typed: QueryDict | None) -> list[Form]:
    """What the second member sends; what was typed first is only in it where it was said aloud."""
    if row.way == EnteredBallot.Way.NAMED:
        return [ConfirmForm(typed, initial={"said": as_written(row)})]
    ballot = said_form(row.vote, candidates_of(row.vote), texts, typed)
    ballot.fields.pop("reason", None)
    ballot.fields["vote"].initial = row.vote_id
    return [PaperNumberForm(typed), ballot] if row.paper is not None else [ballot]


def confirm(row: EnteredBallot, forms: list[Form], request: PageRequest) -> str:
    """Confirm it; the address of the page of entries, with what came of it."""
    ballot: Any = forms[-1]
    done = entering.confirm(row, ballot.choice, by=request.user, number=forms[0].cleaned_data.get("number", ""))
    name = {"name": row.roll.person.display_name}
    if done.counts:
        messages.success(request, _("The vote of %(name)s counts. They are told.") % name)
    else:
        messages.warning(request, _("%(name)s had voted already, and that stands. Both sides are told.") % name)
    return reverse("core:ballot-enter", args=[row.vote.proposal_id])


@login_required
@require_POST
def ballot_take_back(request: PageRequest, pk: int) -> HttpResponse:
    """Take back what one wrote down, before it is confirmed."""
    row = entry_among_members(request, pk)

    def take_back(_at: datetime) -> str:
        entering.take_back(row, by=request.user)
        return reverse("core:ballot-enter", args=[row.vote.proposal_id])

    return answer(request, row.vote.proposal, take_back)


@login_required
@require_POST
def ballot_contest(request: PageRequest, pk: int) -> HttpResponse:
    """Contest what was entered for oneself."""
    vote = latest_vote(request, pk)
    if vote is None:
        return show(request, pk, refused=Refused("ballot", NO_VOTE, WrongStep.status))

    def contest(_at: datetime) -> str:
        entering.contest(vote, by=request.user)
        return place(Proposal(pk=pk), "ballot-box")

    return answer(request, vote.proposal, contest)


def answer(request: PageRequest, proposal: Proposal, act: Callable[[datetime], str]) -> HttpResponse:
    """Do it and go on; or the page of the proposal, with the refusal."""
    try:
        return see_other(act_once(request, act))
    except Refusal as refusal:
        return show(request, proposal.pk, refused=Refused("ballot", refusal.sentence, refusal.status))
