"""Cases on the page: numbers for all members, a complaint, and one case for both sides and the panel."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.actions import cases, findings, panels, sealed_files
from core.forms.cases import AppealForm, CaseForm, FindingForm, StatementForm
from core.forms.mandates import members_of
from core.forms.reading import OpenForm
from core.models import Body, Case, CaseFinding
from core.permissions import cases as may
from core.permissions.members import membership_of
from core.queries.cases import CasePage, get_case_page, get_mine, get_numbers, papers_for
from core.queries.charters import get_charter
from core.refusals import Refusal, Sentence, WrongStep
from core.sealing.pairs import Pair
from core.timekeeping import folkmoot_now
from core.views import _reading
from core.views._acting import act_once, see_other
from core.views._forms import UNPROCESSABLE, answer_form
from core.views._pages import PageRequest, render_page
from core.views._zones import in_zone


@login_required
@require_safe
def case_list(request: PageRequest, slug: str) -> HttpResponse:
    """What all members see: how many, how quickly, with what outcome. And one's own cases."""
    body = get_object_or_404(Body.objects.of(request.user).select_related("host"), slug=slug)
    bench = may.bench_of(body)
    context = {
        "body": body,
        "bench": bench,
        "numbers": get_numbers(bench),
        "mine": get_mine(request.user, bench),
        "here": body.slug,
        "at": folkmoot_now(),
    }
    return render_page(request, "core/case_list.html", context)


@sensitive_post_parameters()  # all of them
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def case_new(request: PageRequest, slug: str) -> HttpResponse:
    """Complain about somebody's conduct in a body of one's own, or in one that answers to it."""
    of_mine = Body.objects.of(request.user)
    seen_by_me = of_mine | Body.objects.filter(host__in=of_mine, listed=True)
    body = get_object_or_404(seen_by_me.select_related("host"), slug=slug)
    bench, inside = may.bench_of(body), membership_of(request.user, body) is not None
    members = members_of(body).exclude(pk=request.user.pk)
    form = CaseForm(members, members_of(bench), request.POST or None, inside=inside)

    def complain(at: datetime) -> str:
        typed = form.cleaned_data
        case = cases.open_case(body, typed["subject"], typed["said"], by=request.user, at=at, named=typed["named"])
        messages.success(request, _("Your case is open. The lot draws a panel within a minute."))
        return case.get_absolute_url()

    context = {"body": body, "bench": bench, "here": body.slug, "has_key": may.has_key(request.user)}
    return answer_form(request, form, complain, "core/case_new.html", context)


def seen(request: PageRequest, pk: int) -> Case:
    """A case that the person has to do with, or 404."""
    related = ("body", "bench", "complainant", "subject", "mandate", "appeal")
    return get_object_or_404(Case.objects.visible_to(request.user).select_related(*related), pk=pk)


@login_required
@require_safe
def case_detail(request: PageRequest, pk: int) -> HttpResponse:
    """Where a case is, and what one can do. What was said is shown only when it is asked for."""
    return show(request, seen(request, pk))


def show(
    request: PageRequest,
    case: Case,
    *,
    words: Mapping[str, str] | None = None,
    form: BaseForm | None = None,
    refusal: Sentence = "",
    status: int = 200,
) -> HttpResponse:
    """The page, with what was just read, typed or refused."""
    at, pair = folkmoot_now(), _reading.opened(request)
    page = get_case_page(case, request.user, at, words, pair.key_id if pair else "")
    context: dict[str, Any] = {
        "page": page,
        "case": case,
        "body": case.body,
        "here": case.bench.slug,
        "at": at,
        "is_open": pair is not None,
        "open_form": OpenForm(),
        "was_read": words is not None,
        "has_key": may.has_key(request.user),
        "forms": forms_of(page, form),
        "refusal": refusal,
    }
    with in_zone(get_charter(case.bench).time_zone):
        return render_page(request, "core/case_detail.html", context, status=status)


def forms_of(page: CasePage, typed: BaseForm | None) -> dict[str, BaseForm]:
    """The forms of the page, the one that was sent as it was typed."""
    return {
        "say": typed if isinstance(typed, StatementForm) else StatementForm(),
        "find": typed if isinstance(typed, FindingForm) else FindingForm(page.outcomes, page.mandates),
        "appeal": typed if isinstance(typed, AppealForm) else AppealForm(),
    }


@login_required
@require_POST
def case_read(request: PageRequest, pk: int) -> HttpResponse:
    """Read what was said: a line in the reading log first, then the words. The answer is the page itself."""
    case, pair = seen(request, pk), _reading.opened(request)
    if pair is None:
        return show(request, case, refusal=_("Your key is locked. Open it first."), status=WrongStep.status)
    try:
        return show(request, case, words=read(request, case, pair))
    except Refusal as refused:
        return show(request, case, refusal=refused.sentence, status=refused.status)


def read(request: PageRequest, case: Case, pair: Pair) -> dict[str, str]:
    """The words of all papers that are sealed to the reader, by the names of their files."""
    files = [paper.file for paper in papers_for(case, request.user)]
    opened = sealed_files.read(files, pair, by=request.user)
    return {name: cases.words_in(content) for name, content in opened.items()}


def act_on(
    request: PageRequest, case: Case, act: Callable[[datetime], object], said: str, form: BaseForm | None = None
) -> HttpResponse:
    """Act on a case, and go back to its page; or show it with what was refused and typed."""
    if form is not None and not form.is_valid():
        return show(request, case, form=form, status=UNPROCESSABLE)

    def acting(at: datetime) -> str:
        act(at)
        return reverse("core:case-list", args=[case.bench.slug]) if leaves(request, case) else case.get_absolute_url()

    try:
        address = act_once(request, acting)
    except Refusal as refused:
        return show(request, seen(request, case.pk), form=form, refusal=refused.sentence, status=refused.status)
    messages.success(request, said)
    return see_other(address)


def leaves(request: PageRequest, case: Case) -> bool:
    """Whether the page is not the person's any more."""
    return not Case.objects.visible_to(request.user).filter(pk=case.pk).exists()


@login_required
@require_POST
def case_take_seat(request: PageRequest, pk: int) -> HttpResponse:
    """Take the seat one was drawn for."""
    case = seen(request, pk)
    said = _("You are on the panel. The file is sealed to you as soon as one of its readers opens it.")
    return act_on(request, case, lambda at: panels.take_seat(case, by=request.user, at=at), said)


@login_required
@require_POST
def case_recuse(request: PageRequest, pk: int) -> HttpResponse:
    """Give the seat back."""
    case = seen(request, pk)
    said = _("Thank you for saying so. The lot asks the next one.")
    return act_on(request, case, lambda at: panels.recuse(case, by=request.user, at=at), said)


@login_required
@require_POST
def case_sit(request: PageRequest, pk: int) -> HttpResponse:
    """The first sitting has begun."""
    case = seen(request, pk)
    return act_on(request, case, lambda at: panels.sit(case, by=request.user, at=at), _("The first sitting is noted."))


@sensitive_post_parameters()
@login_required
@require_POST
def case_say(request: PageRequest, pk: int) -> HttpResponse:
    """Add a statement."""
    case, form = seen(request, pk), StatementForm(request.POST)

    def say(at: datetime) -> None:
        cases.say(case, form.cleaned_data["said"], by=request.user, at=at)

    return act_on(request, case, say, _("It is sealed to both sides and the panel."), form)


@sensitive_post_parameters()
@login_required
@require_POST
def case_find(request: PageRequest, pk: int) -> HttpResponse:
    """Write down what should follow."""
    case = seen(request, pk)
    page = get_case_page(case, request.user, folkmoot_now())
    form = FindingForm(page.outcomes, page.mandates, request.POST)

    def find(at: datetime) -> None:
        typed = form.cleaned_data
        findings.find(case, typed["outcome"], typed["grounds"], by=request.user, at=at, mandate=typed.get("mandate"))

    return act_on(request, case, find, _("The others of the panel are told. More than half decide."), form)


@login_required
@require_POST
def case_assent(request: PageRequest, pk: int) -> HttpResponse:
    """Agree with a finding. If that decides, the reasons are sealed to both sides while one's key is open."""
    found = CaseFinding.objects.filter(case__in=Case.objects.visible_to(request.user)).select_related("case", "paper")
    finding = get_object_or_404(found, pk=pk)
    case = seen(request, finding.case_id)
    said = _("You agree. When more than half of the panel do, it is decided.")
    response = act_on(request, case, lambda at: findings.assent(finding, by=request.user, at=at), said)
    pair = _reading.opened(request)
    if pair is not None and response.status_code == 303 and may.is_on_panel(request.user, case):
        read(request, case, pair)
    return response


@login_required
@require_POST
def case_appeal(request: PageRequest, pk: int) -> HttpResponse:
    """Put the outcome before the assembly."""
    case, form = seen(request, pk), AppealForm(request.POST)

    def appeal(at: datetime) -> None:
        findings.appeal(case, form.cleaned_data["appeal"], by=request.user, at=at)

    return act_on(request, case, appeal, _("The assembly decides whether the outcome stands."), form)
