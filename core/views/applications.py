"""Pages of applications: ask to join, vouch, object, propose, take back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.actions import applications
from core.forms.people import ApplicationForm, ReasonForm
from core.models import Application, Body, Charter, Person
from core.permissions import admission as may
from core.permissions.members import membership_of
from core.queries.charters import get_charter
from core.queries.remembering import remembering
from core.refusals import Refusal, Sentence
from core.timekeeping import folkmoot_now
from core.views._acting import act_once, see_other
from core.views._forms import UNPROCESSABLE, answer_form
from core.views._pages import PageRequest, render_page
from core.views._zones import in_zone


def visible(person: Person) -> QuerySet[Application]:
    """The members of the body and the applicant see an application."""
    seen = Q(body__in=Body.objects.of(person)) | Q(person=person)
    return Application.objects.filter(seen).select_related("body", "person", "invited_by__person")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def application_new(request: PageRequest, slug: str) -> HttpResponse:
    """Ask to join a body one sees."""
    body = get_object_or_404(Body.objects.visible_to(request.user), slug=slug)
    form = ApplicationForm(request.POST or None)

    def apply(at: datetime) -> str:
        result = applications.apply(body, by=request.user, at=at, words=form.cleaned_data["words"])
        if isinstance(result, Application):
            return reverse("core:application-detail", args=[result.pk])
        return body.get_absolute_url()

    context = {
        "body": body,
        "charter": get_charter(body),
        "verdict": may.can_apply(request.user, body, at=folkmoot_now()),
        "asked": body.applications.filter(person=request.user, stage__in=Application.OPEN_STAGES).first(),
    }
    return answer_form(request, form, apply, "core/application_new.html", context)


@login_required
@require_safe
def application_detail(request: PageRequest, pk: int) -> HttpResponse:
    """Who asks, who vouches, what can be done."""
    return show(request, get_object_or_404(visible(request.user), pk=pk))


def show(
    request: PageRequest,
    application: Application,
    *,
    form: Form | None = None,
    refusal: Sentence = "",
    status: int = 200,
) -> HttpResponse:
    """The page, also after a refusal, with what was typed."""
    charter = get_charter(application.body)
    with remembering():
        context = get_context(application, request.user, charter)
    with in_zone(charter.time_zone):
        return render_page(
            request,
            "core/application_detail.html",
            {**context, "form": form or ReasonForm(), "refusal": refusal},
            status=status,
        )


def get_context(application: Application, person: Person, charter: Charter) -> dict[str, Any]:
    """What the page says of an application, and what this person may do with it."""
    at = folkmoot_now()
    return {
        "at": at,
        "application": application,
        "body": application.body,
        "is_member": membership_of(person, application.body) is not None,
        "vouches": application.vouches.select_related("membership__person").order_by("at"),
        "objections": application.objections.select_related("membership__person").order_by("at"),
        "proposal": application.proposals.order_by("-pk").first(),
        "can_vouch": may.can_vouch(person, application, at=at),
        "can_object": may.can_object(person, application, at=at),
        "can_propose": may.can_propose_admission(person, application, charter),
        "by_proposal": charter.admission == Charter.Admission.PROPOSAL,
    }


def act(
    request: PageRequest, pk: int, do: Callable[[Application, datetime], object], form: Form | None = None
) -> HttpResponse:
    """One act on an application, then its page."""
    application = get_object_or_404(visible(request.user), pk=pk)
    if form is not None and not form.is_valid():
        return show(request, application, form=form, status=UNPROCESSABLE)

    def once(at: datetime) -> str:
        do(application, at)
        return reverse("core:application-detail", args=[pk])

    try:
        return see_other(act_once(request, once))
    except Refusal as refused:
        return show(request, application, form=form, refusal=refused.sentence, status=refused.status)


@login_required
@require_POST
def application_vouch(request: PageRequest, pk: int) -> HttpResponse:
    """Vouch for the applicant."""
    return act(request, pk, lambda application, at: applications.vouch(application, by=request.user, at=at))


@login_required
@require_POST
def application_object(request: PageRequest, pk: int) -> HttpResponse:
    """Object, and say why."""
    form = ReasonForm(request.POST)
    return act(
        request,
        pk,
        lambda application, _at: applications.object(application, form.cleaned_data["reason"], by=request.user),
        form,
    )


@login_required
@require_POST
def application_propose(request: PageRequest, pk: int) -> HttpResponse:
    """Propose the admission to the body."""
    return act(request, pk, lambda application, at: applications.propose(application, by=request.user, at=at))


@login_required
@require_POST
def application_withdraw(request: PageRequest, pk: int) -> HttpResponse:
    """Take one's application back."""
    return act(request, pk, lambda application, at: applications.withdraw(application, by=request.user, at=at))
