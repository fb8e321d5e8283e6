"""Bodies that a proposal affects: naming them, and the page on which their members read it, ask and are answered."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.actions import affected as acting
from core.forms.affected import AnswerForm, AskForm, NameForm
from core.models import Affected
from core.permissions import affected as may
from core.queries.affected import get_affected_page, nameable_bodies
from core.queries.proposals import visible_proposals
from core.refusals import Refusal, Sentence
from core.timekeeping import folkmoot_now
from core.views._acting import act_once, see_other
from core.views._pages import PageRequest, render_page
from core.views._proposal import UNPROCESSABLE, Refused, place, show


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def affected_name(request: PageRequest, pk: int) -> HttpResponse:
    """Name a body that one's proposal affects. Its members are told."""
    proposal = get_object_or_404(visible_proposals(request.user), pk=pk)
    verdict = may.can_name(request.user, proposal)
    if not verdict:
        return show(request, pk, refused=Refused("name", verdict.reason, 403))
    form = NameForm(nameable_bodies(proposal), request.POST or None)
    refusal: Sentence = ""
    status = 200 if request.method != "POST" else UNPROCESSABLE

    def name(at: datetime) -> str:
        typed = form.cleaned_data
        acting.name(proposal, typed["body"], typed["why"], by=request.user, at=at)
        return place(proposal, "affected")

    if request.method == "POST" and form.is_valid():
        try:
            address = act_once(request, name)
        except Refusal as refused:
            refusal, status = refused.sentence, refused.status
        else:
            messages.success(request, _("Its members are told and can read the proposal."))
            return see_other(address)
    context = {
        "proposal": proposal,
        "body": proposal.body,
        "here": proposal.body.slug,
        "form": form,
        "refusal": refusal,
    }
    return render_page(request, "core/affected_name.html", context, status=status)


def seen_affected(request: PageRequest, slug: str, pk: int) -> Affected:
    """What a proposal means for a body that it names, or 404."""
    visible = Affected.objects.visible_to(request.user).select_related("proposal__body", "proposal__author", "body")
    return get_object_or_404(visible, body__slug=slug, proposal=pk)


@login_required
@require_safe
def affected_detail(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """A proposal of another body that affects this one: what it says, how it affects us, what we can do."""
    return show_affected(request, seen_affected(request, slug, pk))


def show_affected(
    request: PageRequest,
    affected: Affected,
    *,
    form: BaseForm | None = None,
    refusal: Sentence = "",
    status: int = 200,
) -> HttpResponse:
    """The page, with what was refused and typed."""
    context = {
        "page": get_affected_page(affected, request.user),
        "affected": affected,
        "proposal": affected.proposal,
        "body": affected.body,
        "here": affected.body.slug,
        "at": folkmoot_now(),
        "ask_form": form if isinstance(form, AskForm) else AskForm(),
        "answer_form": form if isinstance(form, AnswerForm) else AnswerForm(),
        "refusal": refusal,
    }
    return render_page(request, "core/affected_detail.html", context, status=status)


@login_required
@require_POST
def affected_ask(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Propose to one's own body to ask for a joint decision."""
    affected = seen_affected(request, slug, pk)
    form = AskForm(request.POST)
    if not form.is_valid():
        return show_affected(request, affected, form=form, status=UNPROCESSABLE)

    def ask(at: datetime) -> str:
        return place(acting.propose_to_ask(affected, form.cleaned_data["text"], by=request.user, at=at))

    try:
        return see_other(act_once(request, ask))
    except Refusal as refusal:
        return show_affected(request, affected, form=form, refusal=refusal.sentence, status=refusal.status)


@login_required
@require_POST
def affected_answer(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Answer a request to decide together."""
    affected = seen_affected(request, slug, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return show_affected(request, affected, form=form, status=UNPROCESSABLE)

    def answer(at: datetime) -> str:
        acting.answer(affected, form.cleaned_data["answer"], form.cleaned_data["words"], by=request.user, at=at)
        return reverse("core:affected-detail", args=[slug, pk])

    try:
        return see_other(act_once(request, answer))
    except Refusal as refusal:
        again = seen_affected(request, slug, pk)
        return show_affected(request, again, form=form, refusal=refusal.sentence, status=refusal.status)
