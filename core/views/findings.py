"""Findings of audits: written, answered, and what the host does about them in one step."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.actions import audits
from core.forms.audits import FindingAnswerForm, FindingForm, FindingProposalForm, FindingRecallForm
from core.models import Audit, Finding, Mandate
from core.permissions import audits as may
from core.permissions.hosting import RECOGNITION, RESTRUCTURING
from core.queries.audits import evidence_of, seen_audits
from core.queries.charters import today_in
from core.refusals import Refusal
from core.timekeeping import folkmoot_now
from core.views._acting import act_once, see_other
from core.views._forms import UNPROCESSABLE, answer_form
from core.views._pages import PageRequest
from core.views.audits import seen, show


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def finding_new(request: PageRequest, pk: int) -> HttpResponse:
    """The auditor writes down what was found, and what shows it."""
    audit, at = seen(request, pk), folkmoot_now()
    mandate = may.mandate_of(request.user, audit)
    verdict = may.can_audit(request.user, audit, mandate, at=at)
    if not verdict or mandate is None:
        return show(request, audit, refusal=verdict.reason, status=403)
    form = FindingForm(evidence_of(audit, mandate), today_in(audit.body, at), request.POST or None)

    def find(_at: datetime) -> str:
        typed = form.cleaned_data
        found = audits.Found(
            typed["title"], typed["text"], typed["severity"], typed["answer_by"], tuple(typed["evidence"])
        )
        return audits.find(audit, found, by=request.user).get_absolute_url()

    context = context_of(audit)
    return answer_form(request, form, find, "core/finding_new.html", context)


def seen_finding(request: PageRequest, pk: int) -> Finding:
    """A finding of an audit that this person may see, else 404."""
    found = Finding.objects.filter(audit__in=seen_audits(request.user))
    finding: Finding = get_object_or_404(found.select_related("audit__body", "audit__proposal__body"), pk=pk)
    return finding


@login_required
@require_POST
def finding_answer(request: PageRequest, pk: int) -> HttpResponse:
    """A member of the body answers."""
    finding = seen_finding(request, pk)
    form = FindingAnswerForm(request.POST)
    form.finding = finding.pk  # type: ignore[attr-defined]  # under which finding the page shows it again
    if not form.is_valid():
        return show(request, finding.audit, form=form, status=UNPROCESSABLE)

    def answer(_at: datetime) -> str:
        audits.answer(finding, form.cleaned_data["text"], by=request.user)
        return finding.get_absolute_url()

    try:
        address = act_once(request, answer)
    except Refusal as refused:
        return show(request, finding.audit, form=form, refusal=refused.sentence, status=refused.status)
    messages.success(request, _("Answered. The host is told."))
    return see_other(address)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def finding_recall(request: PageRequest, pk: int) -> HttpResponse:
    """Recall a mandate that shows a finding: the reason is written already, one button opens the vote."""
    finding = seen_finding(request, pk)
    key = request.POST.get("mandate") or request.GET.get("mandate", "")
    mandate = Mandate.objects.filter(pk=int(key) if key.isascii() and key.isdecimal() and len(key) < 19 else 0).first()
    form = FindingRecallForm(request.POST or None, initial={"mandate": key, "reason": quoted(finding)})

    def recall(_at: datetime) -> str:
        if mandate is None:
            raise Refusal(_("Choose a mandate that shows the finding."))
        return audits.recall(finding, mandate, form.cleaned_data["reason"], by=request.user).get_absolute_url()

    context = context_of(finding.audit) | {"finding": finding, "mandate": mandate}
    return answer_form(request, form, recall, "core/finding_recall.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def finding_propose(request: PageRequest, pk: int) -> HttpResponse:
    """Propose in the host to restructure the body, or to recognise it no longer: title and text are written already."""
    finding = seen_finding(request, pk)
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    kind = kind if kind in TITLES else RECOGNITION
    title = TITLES[kind]() % {"body": finding.audit.body.name}
    form = FindingProposalForm(
        request.POST or None, initial={"kind": kind, "title": title[:120], "text": quoted(finding)}
    )

    def propose(at: datetime) -> str:
        typed = form.cleaned_data
        return audits.propose(finding, kind, typed["title"], typed["text"], by=request.user, at=at).get_absolute_url()

    context = context_of(finding.audit) | {"finding": finding, "ends": kind == RECOGNITION}
    return answer_form(request, form, propose, "core/finding_propose.html", context)


TITLES = {
    RESTRUCTURING: lambda: _("Restructure %(body)s"),
    RECOGNITION: lambda: _("Recognise %(body)s no longer"),
}


def quoted(finding: Finding) -> str:
    """The finding as the reason for what follows."""
    return (
        _("Finding %(number)d of the audit, %(title)s:")
        % {
            "number": finding.number,
            "title": finding.title,
        }
        + f"\n\n{finding.text}"
    )


def context_of(audit: Audit) -> dict[str, Any]:
    """What these pages say of the audit. Of an unlisted body they give no link: neighbours have no page of it."""
    return {
        "audit": audit,
        "body": audit.body,
        "linked": audit.body if audit.body.listed else None,
        "here": audit.proposal.body.slug,
    }
