"""Audits: those of a body, electing an auditor, one audit, reading under it, reporting."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.actions import audits, elections, proposals
from core.forms.audits import AuditForm, FindingAnswerForm
from core.forms.mandates import ReportForm
from core.limits import count_act
from core.models import Audit, Body, Person
from core.queries.audits import get_audit_list, get_audit_page, get_shown, hosted_by, seen_audits
from core.queries.charters import get_charter
from core.refusals import Refusal, Sentence
from core.timekeeping import folkmoot_now
from core.views._acting import act_once, see_other
from core.views._forms import UNPROCESSABLE, answer_form
from core.views._pages import PageRequest, render_page
from core.views._zones import in_zone

ITEM_AT_MOST = 2**63 - 1
PAGE_AT_MOST = 2**31 - 1


@login_required
@require_safe
def audit_list(request: PageRequest, slug: str) -> HttpResponse:
    """The audits of a body, and those that it has others audited by."""
    body = get_object_or_404(Body.objects.of(request.user).select_related("host"), slug=slug)
    context = {"body": body, "list": get_audit_list(body, request.user), "at": folkmoot_now()}
    return render_page(request, "core/audit_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def audit_new(request: PageRequest, slug: str) -> HttpResponse:
    """Propose to elect an auditor for a body that answers to this one."""
    body = get_object_or_404(Body.objects.of(request.user), slug=slug)
    form = AuditForm(hosted_by(body), body, get_charter(body), request.POST or None)
    context = {"body": body, "here": body.slug}
    return answer_form(
        request, form, lambda at: call(body, form, by=request.user, at=at), "core/audit_new.html", context
    )


def call(body: Body, form: AuditForm, *, by: Person, at: datetime) -> str:
    """Write the election, say what it fills and what is audited, put it up; the address of its page."""
    typed = form.cleaned_data
    audited: Body = typed["audited"]
    zone = ZoneInfo(get_charter(audited).time_zone)
    since = datetime.combine(typed["since"], time(), zone) if typed["since"] else audited.formed_at
    proposal = proposals.draft(body, by=by, at=at, title=typed["title"], text=typed["text"], kind="election")
    terms = elections.Terms(
        task=typed["task"],
        limits=typed["limits"],
        term_days=typed["term_days"],
        report_days=typed["report_days"],
        ranked=typed["method"] == "ranked",
    )
    elections.set_out(proposal, terms, by=by)
    audits.set_out(proposal, audits.Scope(audited, tuple(typed["matters"]), since), by=by)
    return proposals.put_up(proposal, by=by, at=at).get_absolute_url()


def seen(request: PageRequest, pk: int) -> Audit:
    """An audit that this person may see, else 404."""
    audit: Audit = get_object_or_404(seen_audits(request.user), pk=pk)
    return audit


@login_required
@require_safe
def audit_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One audit: what it reads, who has read what, what was found and answered, what can be done now."""
    return show(request, seen(request, pk))


def show(
    request: PageRequest, audit: Audit, *, form: Form | None = None, refusal: Sentence = "", status: int = 200
) -> HttpResponse:
    """The page, with what was refused and typed."""
    at = folkmoot_now()
    page = get_audit_page(audit, request.user, at=at)
    context = {
        "at": at,
        "page": page,
        "audit": audit,
        "body": page.body,
        "here": (page.host if page.in_host else page.body).slug,
        "answer_form": form if isinstance(form, FindingAnswerForm) else FindingAnswerForm(),
        "answered": getattr(form, "finding", None),
        "report_form": form if isinstance(form, ReportForm) else ReportForm(),
        "refusal": refusal,
    }
    with in_zone(page.time_zone):
        return render_page(request, "core/audit_detail.html", context, status=status)


@never_cache
@login_required
@require_POST
def audit_read(request: PageRequest, pk: int) -> HttpResponse:
    """Read a list, or one thing: first the line of it is written and committed, then it is shown."""
    audit = seen(request, pk)
    matter, item, page = request.POST.get("matter", ""), whole(request, "item"), whole(request, "page") or 1
    count_act("core:audit-read", request.user.pk)
    try:
        reading = audits.read(
            audit,
            matter,
            by=request.user,
            item=min(item, ITEM_AT_MOST) if item is not None else None,
            page=min(page, PAGE_AT_MOST),
        )
    except Refusal as refused:
        return show(request, audit, refusal=refused.sentence, status=refused.status)
    context = {
        "at": folkmoot_now(),
        "audit": audit,
        "body": audit.body,
        "here": audit.proposal.body.slug,
        "shown": get_shown(reading, request.user),
        "reading": reading,
    }
    with in_zone(get_charter(audit.body).time_zone):
        return render_page(request, "core/audit_read.html", context)


def whole(request: PageRequest, name: str) -> int | None:
    """A number that was sent, if it is one."""
    sent = request.POST.get(name, "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 20 else None


@login_required
@require_POST
def audit_report(request: PageRequest, pk: int) -> HttpResponse:
    """The auditor reports to the host."""
    audit = seen(request, pk)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return show(request, audit, form=form, status=UNPROCESSABLE)

    def report(_at: datetime) -> str:
        audits.report(audit, form.cleaned_data["text"], by=request.user)
        return audit.get_absolute_url()

    try:
        address = act_once(request, report)
    except Refusal as refused:
        return show(request, audit, form=form, refusal=refused.sentence, status=refused.status)
    messages.success(request, _("Your report is there for all to read."))
    return see_other(address)
