"""Pages of proposals: the list, a new one, one with all that belongs to it, its versions; and the acts on it."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.actions import appeals, opening, proposals
from core.forms.proposals import AppealForm, OpenForm, ReviseForm
from core.models import Body, Comment, Proposal, Stage
from core.permissions.proposals import can_edit
from core.queries.charters import get_charter
from core.queries.proposals import (
    TABS,
    get_proposal_counts,
    get_proposals,
    get_versions,
    visible_proposals,
)
from core.refusals import Refusal, Sentence
from core.timekeeping import folkmoot_now
from core.views._acting import act_once, see_other
from core.views._pages import PageRequest, render_page
from core.views._proposal import UNPROCESSABLE, Asked, Refused, act_on, place, seen, show
from core.views._tabs import query, tabs, words_asked
from core.views._zones import in_zone

TAB_WORDS = {
    "open": gettext_lazy("Under way"),
    "adopted": pgettext_lazy("proposals", "Adopted"),
    "closed": pgettext_lazy("proposals", "Not adopted"),
    "drafts": gettext_lazy("My drafts"),
}


@login_required
@require_safe
def proposal_list(request: PageRequest, slug: str) -> HttpResponse:
    """What a body has before it, and what became of the rest."""
    body = get_object_or_404(Body.objects.of(request.user), slug=slug)
    at = folkmoot_now()
    tab = request.GET.get("stage", "")
    tab, words = (tab if tab in TABS else "open"), words_asked(request)
    counts = get_proposal_counts(body, request.user)
    listed = get_proposals(body, request.user, tab=tab, words=words, page=request.GET.get("page"), at=at)
    context = {
        "body": body,
        "at": at,
        "here": body.slug,
        "list": listed,
        "tab": tab,
        "words": words,
        "tabs": tabs("stage", TAB_WORDS, tab, counts),
        "query": query("stage", tab, words),
    }
    with in_zone(get_charter(body).time_zone):
        return render_page(request, "core/proposal_list.html", context)


@login_required
@require_safe
def proposal_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One proposal: what it says, where it stands, what one can do."""
    return show(request, pk, asked=asked_for(request, pk), part="ballot-box")


def asked_for(request: PageRequest, pk: int) -> Asked:
    """The voice to answer, the own one to take back, or the passage to speak about, if the address names one."""
    voices = Comment.objects.filter(proposal=pk, taken_back_at__isnull=True).select_related("author")
    answer, take_back = request.GET.get("answer", ""), request.GET.get("take_back", "")
    return Asked(
        answer=voices.filter(pk=answer).first() if answer.isdecimal() else None,
        take_back=voices.filter(pk=take_back, author=request.user).first() if take_back.isdecimal() else None,
        passage=request.GET.get("about", ""),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_revise(request: PageRequest, pk: int) -> HttpResponse:
    """Write a new version. What was written from an older one is refused, kept, and shown beside the newest."""
    proposal = get_object_or_404(visible_proposals(request.user), pk=pk)
    verdict = can_edit(request.user, proposal)
    if not verdict:
        return show(request, pk, refused=Refused("revise", verdict.reason, 403))
    newest = get_versions(proposal, None, None).newer
    if request.method != "POST":
        form = ReviseForm(instance=proposal, initial={"text": newest.text, "seen": newest.number})
        return revising(request, proposal, form)
    form = ReviseForm(request.POST)
    if not form.is_valid():
        return revising(request, proposal, form, status=UNPROCESSABLE)

    def revise(at: datetime) -> str:
        proposals.revise(proposal, by=request.user, at=at, **typed_in(form, "title", "text", "seen"))
        return place(proposal)

    try:
        return see_other(act_once(request, revise))
    except Refusal as refusal:
        return revising(request, proposal, form, refusal=refusal.sentence, status=refusal.status)


def typed_in(form: ReviseForm, *names: str) -> dict[str, Any]:
    """Some of what was typed."""
    return {name: form.cleaned_data[name] for name in names}


def revising(
    request: PageRequest, proposal: Proposal, form: ReviseForm, *, refusal: Sentence = "", status: int = 200
) -> HttpResponse:
    """The form; after a refusal with the newest version, from which the typed words now differ."""
    newest = get_versions(proposal, None, None).newer
    behind = form.is_bound and form.data.get("seen") != str(newest.number)
    if behind:
        form.data = {**{name: form.data.get(name, "") for name in form.fields}, "seen": newest.number}
    offer = getattr(proposal, "offer", None)
    context = {
        "proposal": proposal,
        "body": proposal.body,
        "here": proposal.body.slug,
        "form": form,
        "refusal": refusal,
        "newest": newest,
        "seconded": proposal.stage == Stage.DISCUSSION and proposal.seconds.exists(),
        "accepted": offer is not None and offer.accepted_at is not None and offer.person_id != request.user.pk,
        "typed": form.data.get("text", "") if behind else None,
        "cancel": place(proposal),
    }
    return render_page(request, "core/proposal_revise.html", context, status=status)


@login_required
@require_safe
def proposal_versions(request: PageRequest, pk: int) -> HttpResponse:
    """What changed from one version of the text to another."""
    proposal = get_object_or_404(visible_proposals(request.user), pk=pk)
    versions = get_versions(proposal, number(request, "from"), number(request, "to"))
    context = {
        "proposal": proposal,
        "body": proposal.body,
        "here": proposal.body.slug,
        "at": folkmoot_now(),
        "versions": versions,
    }
    with in_zone(get_charter(proposal.body).time_zone):
        return render_page(request, "core/proposal_versions.html", context)


def number(request: PageRequest, name: str) -> int | None:
    """A number in the address; none if it is none."""
    said = request.GET.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 10 else None


@login_required
@require_POST
def proposal_put_up(request: PageRequest, pk: int) -> HttpResponse:
    """Put a draft up for discussion."""
    proposal = seen(request, pk)

    def put_up(at: datetime) -> str:
        return place(proposals.put_up(proposal, by=request.user, at=at))

    return act_on(request, proposal, put_up, name="put_up", said=_("All members can read it now and talk about it."))


@login_required
@require_POST
def proposal_withdraw(request: PageRequest, pk: int) -> HttpResponse:
    """Take one's proposal back."""
    proposal = seen(request, pk)

    def withdraw(at: datetime) -> str:
        return place(proposals.withdraw(proposal, by=request.user, at=at))

    return act_on(request, proposal, withdraw, name="withdraw", said=_("You have withdrawn it."))


@login_required
@require_POST
def proposal_second(request: PageRequest, pk: int) -> HttpResponse:
    """Second an urgent proposal."""
    proposal = seen(request, pk)

    def second(at: datetime) -> str:
        proposals.second(proposal, by=request.user, at=at)
        return place(proposal, "acts")

    return act_on(request, proposal, second, name="second", said=_("You have seconded it."))


@login_required
@require_POST
def proposal_open(request: PageRequest, pk: int) -> HttpResponse:
    """Open the vote; an urgent one says when it shall close, in the body's time."""
    proposal = seen(request, pk)
    with in_zone(get_charter(proposal.body).time_zone):
        form = OpenForm(request.POST) if proposal.urgent else None
        if form is not None:
            form.full_clean()

    def open_vote(_at: datetime) -> str:
        closes_at = form.cleaned_data["closes_at"] if form is not None else None
        opening.open_vote(proposal, by=request.user, closes_at=closes_at)
        return place(proposal)

    return act_on(request, proposal, open_vote, name="open", form=form, said=_("Voting is open."))


@login_required
@require_POST
def proposal_appeal(request: PageRequest, pk: int) -> HttpResponse:
    """Appeal against one's own removal."""
    proposal = seen(request, pk)
    form = AppealForm(request.POST)

    def appeal(at: datetime) -> str:
        return place(appeals.appeal(proposal, form.cleaned_data["text"], by=request.user, at=at))

    return act_on(request, proposal, appeal, name="appeal", form=form, said=_("Your appeal is before the body."))
