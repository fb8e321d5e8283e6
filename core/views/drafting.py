"""A new proposal, from its first form on."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseFormSet, formset_factory
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.actions import proposals
from core.forms.proposals import TASKS_SHOWN, ProposalForm, TaskForm
from core.models import Body, Proposal
from core.permissions.members import is_deciding_member
from core.queries.proposals import Drafting, get_drafting, members_of
from core.refusals import Refusal, Sentence
from core.registry import KINDS, kinds_as_written
from core.views._acting import act_once, see_other
from core.views._pages import PageRequest, render_page
from core.views._proposal import UNPROCESSABLE, place

FORMS_OF_KINDS = {
    "mandate": "core:mandate-new",
    "election": "core:election-new",
    "charter": "core:charter-change",
    "recall": "core:mandate-list",
    "removal": "core:member-list",
}
MORE_TASKS = 3
TASKS_AT_MOST = 30


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_new(request: PageRequest, slug: str) -> HttpResponse:
    """Write a proposal: keep it as a draft, or put it up for discussion."""
    body = get_object_or_404(Body.objects.of(request.user), slug=slug)
    if request.GET.get("kind") in FORMS_OF_KINDS:
        return redirect(FORMS_OF_KINDS[request.GET["kind"]], slug)
    drafting = get_drafting(body)
    replaces = replaced(request, body)
    if request.method != "POST":
        form = ProposalForm(urgent_sum=drafting.charter.urgent_sum, initial=begun(replaces))
        return writing(request, body, drafting, form, task_rows(drafting), replaces=replaces)
    form = ProposalForm(request.POST, urgent_sum=drafting.charter.urgent_sum)
    if "more" in request.POST:
        return writing(
            request, body, drafting, form.kept(), task_rows(drafting, request.POST, more=True), replaces=replaces
        )
    rows = task_rows(drafting, request.POST)
    if not (form.is_valid() & rows.is_valid()):
        return writing(request, body, drafting, form, rows, replaces=replaces, status=UNPROCESSABLE)

    def write(at: datetime) -> str:
        return place(written(request, body, form, rows, replaces, at=at))

    try:
        address = act_once(request, write)
    except Refusal as refusal:
        return writing(
            request, body, drafting, form, rows, replaces=replaces, refusal=refusal.sentence, status=refusal.status
        )
    kept = "draft" in request.POST
    messages.success(request, _("Your draft is kept.") if kept else _("All members can read it now and talk about it."))
    return see_other(address)


def written(
    request: PageRequest,
    body: Body,
    form: ProposalForm,
    rows: BaseFormSet[TaskForm],
    replaces: Proposal | None,
    *,
    at: datetime,
) -> Proposal:
    """Draft it with its tasks, and put it up unless it shall wait."""
    typed = form.cleaned_data
    proposal = proposals.draft(
        body,
        by=request.user,
        at=at,
        kind=kind_asked(request),
        title=typed["title"],
        text=typed["text"],
        urgent=typed["urgent"],
        sum=typed["sum"],
        review_on=typed["review_on"],
        replaces=replaces,
        tasks=[proposals.Todo(each["what"], each["person"], each["due_on"]) for each in filled(rows)],
    )
    return proposal if "draft" in request.POST else proposals.put_up(proposal, by=request.user, at=at)


def kind_asked(request: PageRequest) -> str:
    """The kind that the form or the address names, if it is written like a decision."""
    asked = request.POST.get("kind") or request.GET.get("kind", "")
    return asked if any(kind.name == asked for kind in kinds_as_written()) else "decision"


def filled(rows: BaseFormSet[TaskForm]) -> list[dict[str, Any]]:
    """The rows in which something stands."""
    return [row.cleaned_data for row in rows if row.cleaned_data.get("what")]


def task_rows(drafting: Drafting, data: Any = None, *, more: bool = False) -> BaseFormSet[TaskForm]:
    """The rows for tasks: a few empty ones, or as many as were sent, and three more if asked for."""
    rows = formset_factory(TaskForm, extra=TASKS_SHOWN, max_num=TASKS_AT_MOST, absolute_max=TASKS_AT_MOST)
    options: dict[str, Any] = {
        "prefix": "tasks",
        "form_kwargs": {"everybody": members_of(drafting.body), "members": drafting.members},
    }
    if not more:
        return rows(data, **options)
    sent = str(data.get("tasks-TOTAL_FORMS", ""))
    count = min(int(sent) if sent.isdecimal() and len(sent) < 4 else 0, TASKS_AT_MOST)
    names = ("what", "person", "due_on")
    typed = [{name: data.get(f"tasks-{n}-{name}", "") for name in names} for n in range(count)]
    again = formset_factory(TaskForm, extra=MORE_TASKS, max_num=TASKS_AT_MOST, absolute_max=TASKS_AT_MOST)
    return again(initial=typed, **options)


def replaced(request: PageRequest, body: Body) -> Proposal | None:
    """The decision in force that the new one would replace, if the address or form names one."""
    said = request.POST.get("replaces") or request.GET.get("replaces", "")
    named = said.isdecimal() and len(said) < 19  # more digits than a key can have
    return Proposal.objects.in_force().filter(body=body, pk=said).first() if named else None


def begun(replaces: Proposal | None) -> dict[str, Any]:
    """A replacement begins with the text it replaces."""
    if replaces is None:
        return {}
    return {"title": replaces.title, "text": replaces.texts.order_by("-number")[0].text}


def writing(
    request: PageRequest,
    body: Body,
    drafting: Drafting,
    form: ProposalForm,
    rows: BaseFormSet[TaskForm],
    *,
    replaces: Proposal | None,
    refusal: Sentence = "",
    status: int = 200,
) -> HttpResponse:
    """The form, with everything that was typed."""
    context = {
        "body": body,
        "here": body.slug,
        "charter": drafting.charter,
        "form": form,
        "rows": rows,
        "replaces": replaces,
        "refusal": refusal,
        "verdict": is_deciding_member(request.user, body),
        "kind": KINDS[kind_asked(request)],
        "other_kinds": kinds_as_written(),
    }
    return render_page(request, "core/proposal_new.html", context, status=status)
