"""A text passage by passage, and other words for a passage: proposed, answered, withdrawn, brought to the vote."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.actions import amendments
from core.forms.talk import AmendmentForm, DeclineForm
from core.models import Amendment, Proposal
from core.permissions import talk as may
from core.permissions.plain_words import newest_text
from core.permissions.proposals import can_comment
from core.queries.amendments import get_amendment_page
from core.queries.charters import get_charter
from core.queries.proposals import visible_proposals
from core.queries.talk import get_passage, get_passages
from core.refusals import Refusal, Sentence
from core.rules.passages import stands
from core.timekeeping import folkmoot_now
from core.views._acting import act_once, see_other
from core.views._pages import PageRequest, render_page
from core.views._proposal import UNPROCESSABLE, Refused, show
from core.views._zones import in_zone
from core.views.proposals import number

WITHDRAWING = [
    gettext_lazy("Nobody can take these words over, and they do not come to the vote."),
    gettext_lazy("Members can still read them. You can propose others."),
]


@login_required
@require_safe
def proposal_passages(request: PageRequest, pk: int) -> HttpResponse:
    """The newest text by paragraphs, with what was said about each and proposed for it."""
    proposal = get_object_or_404(visible_proposals(request.user), pk=pk)
    context = {
        "proposal": proposal,
        "body": proposal.body,
        "here": proposal.body.slug,
        "at": folkmoot_now(),
        "passages": get_passages(proposal, request.user),
        "may_amend": may.can_amend(request.user, proposal),
        "may_speak": can_comment(request.user, proposal),
    }
    with in_zone(get_charter(proposal.body).time_zone):
        return render_page(request, "core/proposal_passages.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def amendment_new(request: PageRequest, pk: int) -> HttpResponse:
    """Propose other words for a passage. The address names the paragraph, or the words themselves."""
    proposal = get_object_or_404(visible_proposals(request.user), pk=pk)
    verdict = may.can_amend(request.user, proposal)
    if not verdict:
        return show(request, pk, refused=Refused("amend", verdict.reason, 403))
    if request.method != "POST":
        return amending(request, proposal, AmendmentForm(initial=begun(request, proposal)))
    form = AmendmentForm(request.POST)
    if not form.is_valid():
        return amending(request, proposal, form, status=UNPROCESSABLE)

    def propose(at: datetime) -> str:
        made = amendments.propose(proposal, **form.cleaned_data, by=request.user, at=at)
        return made.get_absolute_url()

    try:
        address = act_once(request, propose)
    except Refusal as refusal:
        return amending(request, proposal, form, refusal=refusal.sentence, status=refusal.status)
    messages.success(request, _("Your words are proposed. The author is told."))
    return see_other(address)


def begun(request: PageRequest, proposal: Proposal) -> dict[str, object]:
    """The words that the address names, else the paragraph it names, as they are and as a beginning of the new ones."""
    text = newest_text(proposal)
    words = request.GET.get("passage", "").strip()
    passage = words if stands(text.text, words) else get_passage(text, number(request, "paragraph"))
    return {"passage": passage, "words": passage, "seen": text.number}


def amending(
    request: PageRequest, proposal: Proposal, form: AmendmentForm, *, refusal: Sentence = "", status: int = 200
) -> HttpResponse:
    """The form, with everything that was typed; after a refusal it is about the newest version."""
    text = newest_text(proposal)
    if form.is_bound:
        form.data = {**{name: form.data.get(name, "") for name in form.fields}, "seen": text.number}
    context = {
        "proposal": proposal,
        "body": proposal.body,
        "here": proposal.body.slug,
        "form": form,
        "refusal": refusal,
        "text": text,
    }
    return render_page(request, "core/amendment_new.html", context, status=status)


def seen_amendment(request: PageRequest, pk: int) -> Amendment:
    """The words an act is about, or 404."""
    visible = Amendment.objects.filter(proposal__in=Proposal.objects.visible_to(request.user))
    return get_object_or_404(visible.select_related("proposal__body", "author", "version", "made"), pk=pk)


@login_required
@require_safe
def amendment_detail(request: PageRequest, pk: int) -> HttpResponse:
    """Other words for a passage: what would change, why, what became of them, what one can do."""
    return show_amendment(request, seen_amendment(request, pk))


def show_amendment(
    request: PageRequest,
    amendment: Amendment,
    *,
    form: DeclineForm | None = None,
    refusal: Sentence = "",
    status: int = 200,
) -> HttpResponse:
    """The page, with what was refused and typed."""
    proposal = amendment.proposal
    context = {
        "page": get_amendment_page(amendment, request.user),
        "amendment": amendment,
        "proposal": proposal,
        "body": proposal.body,
        "here": proposal.body.slug,
        "at": folkmoot_now(),
        "form": form or DeclineForm(),
        "refusal": refusal,
        "withdrawing": WITHDRAWING,
    }
    with in_zone(get_charter(proposal.body).time_zone):
        return render_page(request, "core/amendment_detail.html", context, status=status)


def act_on_words(
    request: PageRequest,
    pk: int,
    act: Callable[[Amendment, datetime], object],
    said: str,
    *,
    form: DeclineForm | None = None,
) -> HttpResponse:
    """Do it and show the words; or show them with what was refused, and nothing changed."""
    amendment = seen_amendment(request, pk)
    if form is not None and not form.is_valid():
        return show_amendment(request, amendment, form=form, status=UNPROCESSABLE)

    def acting(at: datetime) -> str:
        act(amendment, at)
        return amendment.get_absolute_url()

    try:
        address = act_once(request, acting)
    except Refusal as refusal:
        again = seen_amendment(request, pk)
        return show_amendment(request, again, form=form, refusal=refusal.sentence, status=refusal.status)
    messages.success(request, said)
    return see_other(address)


@login_required
@require_POST
def amendment_accept(request: PageRequest, pk: int) -> HttpResponse:
    """Take the words over into the text."""
    said = _("The words are in the text: a new version.")
    return act_on_words(request, pk, lambda words, at: amendments.accept(words, by=request.user, at=at), said)


@login_required
@require_POST
def amendment_decline(request: PageRequest, pk: int) -> HttpResponse:
    """Say why the words are not taken over."""
    form = DeclineForm(request.POST)

    def decline(words: Amendment, at: datetime) -> None:
        amendments.decline(words, form.cleaned_data["reason"], by=request.user, at=at)

    return act_on_words(request, pk, decline, _("Your answer stands beside the words."), form=form)


@login_required
@require_POST
def amendment_withdraw(request: PageRequest, pk: int) -> HttpResponse:
    """Take one's words back."""
    said = _("Your words are withdrawn.")
    return act_on_words(request, pk, lambda words, at: amendments.withdraw(words, by=request.user, at=at), said)


@login_required
@require_POST
def amendment_let_stand(request: PageRequest, pk: int) -> HttpResponse:
    """Bring the words to the vote as an alternative."""
    said = _("The text with your words comes to the vote beside the other.")
    return act_on_words(request, pk, lambda words, at: amendments.let_stand(words, by=request.user, at=at), said)
