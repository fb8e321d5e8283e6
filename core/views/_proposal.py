"""The page of a proposal, which every act on it answers with: as it is, or with what was refused and why."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.actions.secret_ballots import Sent
from core.forms.comments import CommentForm, ReplyForm
from core.forms.proposals import AppealForm, FinishForm, OpenForm
from core.models import Proposal
from core.queries.proposals import ProposalPage, get_proposal_page, proposals_with_talk
from core.queries.secret_votes import SHOW_GROUP
from core.queries.voices import Voice, find_voice
from core.readers import in_place_of_votes
from core.refusals import Refusal, Sentence
from core.registry import kind_of
from core.rules.passages import stands
from core.rules.positions import Position, Rule
from core.rules.secrecy import REVEALING_UNDER, grouped, new_code
from core.views._acting import act_once, see_other
from core.views._election import election_ballot, election_forms, secret_election_ballot
from core.views._pages import PageRequest, render_page
from core.views._texts import texts_ballot
from core.views._zones import in_zone
from core.words import positions

TEMPLATE = "core/proposal_detail.html"
UNPROCESSABLE = 422
FORMS = frozenset({"comment", "reply", "appeal", "open", "finish"})
URGENT_WINDOW = timedelta(hours=24)


WITHDRAWING = [
    _("It is closed: nobody votes on it, and nobody can take it up again."),
    _("Members can still read it and what was said."),
]
WHY = {
    True: _("Needed for a block, welcome otherwise. Members see it beside your name."),
    False: _("Welcome. Members see it beside your name after the close."),
}


@dataclass(frozen=True, slots=True)
class Refused:
    """An act that was refused: which, its sentence, and the form with all that was typed."""

    act: str
    sentence: Sentence = ""
    status: int = UNPROCESSABLE
    form: BaseForm | None = None
    about: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks the page to unfold: an answer to a voice, taking one's own back, a voice on a passage."""

    answer: Voice | None = None
    take_back: Voice | None = None
    passage: str = ""


def asked_for(request: PageRequest, page: ProposalPage) -> Asked:
    """The voice to answer, the own one to take back, or the passage to speak about, if the address names one."""
    answer, take_back = (find_voice(page.talk, request.GET.get(name, "")) for name in ("answer", "take_back"))
    own = take_back if take_back is not None and take_back.edit_url else None
    return Asked(answer, own, request.GET.get("about", ""))


def seen(request: PageRequest, pk: int) -> Proposal:
    """The proposal an act is about, or 404."""
    return get_object_or_404(Proposal.objects.visible_to(request.user).select_related("body"), pk=pk)


def show(
    request: PageRequest,
    pk: int,
    *,
    refused: Refused | None = None,
    sent: Sent | None = None,
    part: str | None = None,
) -> HttpResponse:
    """The page, read anew."""
    proposal = get_object_or_404(proposals_with_talk(request.user), pk=pk)
    page = get_proposal_page(proposal, request.user)
    asked = asked_for(request, page)
    with in_zone(page.time_zone):
        context = {
            "page": page,
            "proposal": proposal,
            "body": proposal.body,
            "at": page.at,
            "here": proposal.body.slug,
            "refused": refused,
            "asked": asked,
            "withdrawing": WITHDRAWING,
            "panel": shows(proposal) if (shows := kind_of(proposal).shows) is not None else None,
            "instead": in_place_of_votes(proposal),
            "on_top": refused is not None and not has_place(refused, page),
            "typed": refused.form.data.get("reason", "") if refused and refused.form else "",
            **forms_of(page, refused, asked),
            **election_forms(page, refused),
            **(secret_ballot_of(page, refused, sent) if page.is_secret else ballot_of(page, refused)),
        }
        return render_page(request, TEMPLATE, context, part=part, status=refused.status if refused else 200)


def has_place(refused: Refused, page: ProposalPage) -> bool:
    """Whether the sentence stands at its form; else it stands on top of the page."""
    if refused.act == "stand":
        return page.election is not None and page.election.propose
    return refused.act in FORMS or (refused.act == "ballot" and page.acts.vote is not None)


def forms_of(page: ProposalPage, refused: Refused | None, asked: Asked) -> dict[str, BaseForm | None]:
    """Every form of the page: empty, or the one that was refused as it was typed."""

    def typed(act: str, fresh: Callable[[], BaseForm]) -> BaseForm:
        return refused.form if refused and refused.act == act and refused.form else fresh()

    answer = asked.answer.id if asked.answer else None
    reply = getattr(page.proposal, "reply", None)
    closes = timezone.localtime(page.at + URGENT_WINDOW).replace(minute=0)
    return {
        "comment_form": typed("comment", lambda: CommentForm(initial={"parent": answer, **about_of(page, asked)})),
        "reply_form": typed("reply", lambda: ReplyForm(initial={"text": reply.text if reply else ""})),
        "appeal_form": typed("appeal", AppealForm),
        "open_form": typed("open", lambda: OpenForm(initial={"closes_at": closes})) if page.proposal.urgent else None,
        "finish_form": typed("finish", FinishForm),
    }


def about_of(page: ProposalPage, asked: Asked | None) -> dict[str, Any]:
    """The passage a new voice is about, if the address names one that stands in the text."""
    passage = asked.passage if asked else ""
    return {"version": page.text.number, "passage": passage} if stands(page.text.text, passage) else {}


def ballot_of(page: ProposalPage, refused: Refused | None) -> dict[str, Any]:
    """What the ballot box shows: nothing is chosen beforehand but what the person chose."""
    if page.standing is None:
        return {}
    if page.texts is not None:
        return texts_ballot(page, refused)
    form = refused.form if refused and refused.act == "ballot" else None
    own = page.ballot
    chosen = str(form.data.get("position", "")) if form else own.position if own else ""
    return {
        "ballot_form": form,
        "ballot_refusal": refused.sentence if refused and refused.act == "ballot" else "",
        "choices": positions.choices(
            page.standing.rule, chosen=chosen, may_block=page.entry is not None and page.entry.may_block
        ),
        "reason": {
            "help": WHY[page.standing.rule == Rule.CONSENSUS],
            "value": form.data.get("reason", "") if form else own.reason if own else "",
            "error": (form.errors.get("reason") or [""])[0] if form else "",
        },
        "hidden": {"vote": page.standing.vote.pk},
        "told": positions.TOLD[Position(own.position)] if own else "",
        **election_ballot(page, form),
    }


def secret_ballot_of(page: ProposalPage, refused: Refused | None, sent: Sent | None) -> dict[str, Any]:
    """What the box of a secret vote shows: a new code, or the place for the old one; after sending the code once more.

    A code that is shown before it is sent is made here for browsers without JavaScript, and kept nowhere.
    """
    standing = page.standing
    assert standing is not None  # noqa: S101  (for the type checker)
    form = refused.form if refused and refused.act == "ballot" else None
    has_voted = page.entry is not None and page.entry.used
    typed = str(form.data.get("code", "")) if form else ""
    return {
        "ballot_form": form,
        "ballot_refusal": refused.sentence if refused and refused.act == "ballot" else "",
        "choices": positions.secret_choices(standing.rule, chosen=str(form.data.get("position", "")) if form else ""),
        "hidden": {"vote": standing.vote.pk},
        "has_voted": has_voted,
        "code": typed if has_voted or typed else new_code(),
        "sent": sent,
        "sent_show": grouped(sent.show, SHOW_GROUP) if sent else "",
        "revealing_under": REVEALING_UNDER,
        **secret_election_ballot(page, form),
    }


def act_on(
    request: PageRequest,
    proposal: Proposal,
    act: Callable[[datetime], str],
    *,
    name: str,
    said: Sentence = "",
    form: BaseForm | None = None,
    about: int | None = None,
) -> HttpResponse:
    """Do it and go on; or show the page with what was refused, and nothing changed."""
    if form is not None and not form.is_valid():
        return show(request, proposal.pk, refused=Refused(name, form=form, about=about))
    try:
        address = act_once(request, act)
    except Refusal as refusal:
        refused = Refused(name, refusal.sentence, refusal.status, form, about)
        return show(request, proposal.pk, refused=refused)
    if said:
        messages.success(request, str(said))
    return see_other(address)


def place(proposal: Proposal, part: str = "") -> str:
    """The address of a place on the page."""
    return f"{proposal.get_absolute_url()}#{part}" if part else proposal.get_absolute_url()
