"""Pages about mandates: who carries what, one mandate, and the acts on it."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.actions import confidence, mandates, proposals, recalls
from core.actions.settling import settle_mandate
from core.forms.mandates import MandateForm, RecallForm, ReportForm
from core.models import Body, Mandate, Person, Proposal
from core.notices.words import how_it_ended
from core.queries.charters import get_charter
from core.queries.mandates import MandatePage, get_mandate_list, get_mandate_page
from core.readers import in_place_of_confidence
from core.refusals import Refusal, Sentence
from core.timekeeping import folkmoot_now
from core.views._acting import act_once, see_other
from core.views._pages import PageRequest, render_page
from core.views._zones import in_zone
from core.words.secrecy import how_secret

UNPROCESSABLE = 422


@login_required
@require_safe
def mandate_list(request: PageRequest, slug: str) -> HttpResponse:
    """Who carries what in a body."""
    body = get_object_or_404(Body.objects.of(request.user), slug=slug)
    at = folkmoot_now()
    listed = get_mandate_list(body, request.user, at=at, page=request.GET.get("page", 1))
    with in_zone(listed.time_zone):
        return render_page(request, "core/mandate_list.html", {"at": at, "body": body, "list": listed})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mandate_new(request: PageRequest, slug: str) -> HttpResponse:
    """Propose a mandate: its task, limits and term, and the person who is asked to carry it."""
    body = get_object_or_404(Body.objects.of(request.user), slug=slug)
    form = MandateForm(body, get_charter(body), request.POST or None, initial=asked_for(request, body))
    refusal: Sentence = ""
    status = 200 if request.method != "POST" else UNPROCESSABLE
    if request.method == "POST" and form.is_valid():
        try:
            return see_other(act_once(request, lambda at: propose(body, form, by=request.user, at=at)))
        except Refusal as refused:
            refusal, status = refused.sentence, refused.status
    context = {"body": body, "form": form, "refusal": refusal}
    return render_page(request, "core/mandate_new.html", context, status=status)


def asked_for(request: PageRequest, body: Body) -> dict[str, Person]:
    """The member whom a link on the list of members has chosen already."""
    key = request.GET.get("member", "")
    member = body.memberships.filter(pk=key, ended_at__isnull=True).first() if key.isdecimal() else None
    return {"person": member.person} if member is not None else {}


def propose(body: Body, form: MandateForm, *, by: Person, at: datetime) -> str:
    """Write the proposal, say what it offers, put it up for discussion; the address of its page."""
    typed = form.cleaned_data
    proposal = proposals.draft(body, by=by, at=at, title=typed["title"], text=typed["text"], kind="mandate")
    terms = mandates.Terms(
        person=typed["person"],
        task=typed["task"],
        limits=typed["limits"],
        term_days=typed["term_days"],
        report_days=typed["report_days"],
    )
    mandates.offer(proposal, terms, by=by)
    return proposals.put_up(proposal, by=by, at=at).get_absolute_url()


@login_required
@require_POST
def proposal_accept(request: PageRequest, pk: int) -> HttpResponse:
    """The person named accepts the mandate that a proposal offers."""
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user), pk=pk)

    def accept(at: datetime) -> str:
        mandates.accept(proposal, by=request.user, at=at)
        return proposal.get_absolute_url()

    try:
        return see_other(act_once(request, accept))
    except Refusal as refused:
        context = {"proposal": proposal, "refusal": refused.sentence}
        return render_page(request, "core/proposal_accept.html", context, status=refused.status)


@login_required
@require_safe
def mandate_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One mandate: what was asked, what was done, whether confidence stands."""
    return show(request, find(request, pk))


@login_required
@require_POST
def mandate_report(request: PageRequest, pk: int) -> HttpResponse:
    """The delegate reports."""
    mandate = find(request, pk)
    form = ReportForm(request.POST)

    def report() -> None:
        mandates.report(mandate, form.cleaned_data["text"], by=request.user)

    return answer(request, mandate, report, said=_("Your report is there for all to read."), report_form=form)


@login_required
@require_POST
def mandate_resign(request: PageRequest, pk: int) -> HttpResponse:
    """The delegate gives the mandate back."""
    mandate = find(request, pk)
    return answer(
        request,
        mandate,
        lambda: mandates.resign(mandate, by=request.user),
        said=_("You have resigned. The mandate has ended."),
    )


@login_required
@require_POST
def mandate_recall(request: PageRequest, pk: int) -> HttpResponse:
    """A member opens a recall; the vote begins at once."""
    mandate = find(request, pk)
    form = RecallForm(request.POST)

    def recall() -> Proposal:
        return recalls.open_recall(mandate, form.cleaned_data["reason"], by=request.user)

    return answer(request, mandate, recall, said=_("The recall is open."), recall_form=form)


@login_required
@require_POST
def mandate_withdraw_confidence(request: PageRequest, pk: int) -> HttpResponse:
    """A member withdraws confidence."""
    mandate = find(request, pk)
    return answer(
        request,
        mandate,
        lambda: confidence.withdraw(mandate, by=request.user),
        said=_("You have withdrawn your confidence."),
    )


@login_required
@require_POST
def mandate_give_confidence(request: PageRequest, pk: int) -> HttpResponse:
    """A member gives confidence back."""
    mandate = find(request, pk)
    return answer(
        request,
        mandate,
        lambda: confidence.give_back(mandate, by=request.user),
        said=_("You have given your confidence back."),
    )


def find(request: PageRequest, pk: int) -> Mandate:
    """A mandate that this person may see, else 404."""
    mandate: Mandate = get_object_or_404(Mandate.objects.visible_to(request.user), pk=pk)
    return mandate


def answer(
    request: PageRequest,
    mandate: Mandate,
    act: Callable[[], object],
    *,
    said: str,
    report_form: Form | None = None,
    recall_form: Form | None = None,
) -> HttpResponse:
    """Settle what is due on the mandate, act once, go on; or the page again with the refusal and what was typed."""
    form = report_form or recall_form
    refusal: Sentence = ""
    status = UNPROCESSABLE
    if form is None or form.is_valid():
        settle_mandate(mandate)
        try:
            address = act_once(request, lambda _at: going_to(act(), mandate))
            messages.success(request, said)
            return see_other(address)
        except Refusal as refused:
            refusal, status = refused.sentence, refused.status
    return show(request, mandate, report_form=report_form, recall_form=recall_form, refusal=refusal, status=status)


def going_to(result: object, mandate: Mandate) -> str:
    """After opening a recall to its vote, else back to the mandate."""
    return result.get_absolute_url() if isinstance(result, Proposal) else mandate.get_absolute_url()


def show(
    request: PageRequest,
    mandate: Mandate,
    *,
    report_form: Form | None = None,
    recall_form: Form | None = None,
    refusal: Sentence = "",
    status: int = 200,
) -> HttpResponse:
    """The page of one mandate."""
    at = folkmoot_now()
    page = get_mandate_page(mandate.pk, request.user, at=at)
    context = {
        "at": at,
        "page": page,
        "mandate": page.mandate,
        "end_words": how_it_ended(page.mandate.ending or Mandate.Ending.TERM, page.mandate.person, page.mandate.body),
        "report_form": report_form or ReportForm(),
        "report_typed": report_form is not None,
        "recall_form": recall_form or RecallForm(),
        "recall_typed": recall_form is not None,
        "refusal": refusal,
        "instead": in_place_of_confidence(page.mandate, request.user, at),
        "list_url": reverse("core:mandate-list", args=[page.mandate.body.slug]),
        **consequences(page),
    }
    with in_zone(page.time_zone):
        return render_page(request, "core/mandate_detail.html", context, status=status)


def consequences(page: MandatePage) -> dict[str, list[str]]:
    """What each grave act brings, said before it is done."""
    return {
        "will_withdraw": [
            _("If more than half of the members have then withdrawn it, the mandate ends at once."),
            _("No member sees that you did it, nor how many did."),
            _("You can give your confidence back on any day while the mandate stands."),
        ],
        "will_recall": [
            _("The vote opens at once, and all members are told."),
            _("Your name and your reason stand beside it. The delegate can reply."),
            _("Nobody can take the recall back, not even you."),
            how_secret(page.secret_from),
        ],
        "will_resign": [
            _("The mandate ends at once, and all members are told."),
            _("It cannot be undone. The body can only give you a new mandate."),
        ],
    }
