"""Learning together: what is ahead, announcing, coming, calling off."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.models import Body
from core.queries.charters import get_charter
from core.refusals import Refusal
from core.timekeeping import folkmoot_now
from core.views._acting import act_once, see_other
from core.views._forms import answer_form
from core.views._pages import PageRequest, render_page
from core.views._zones import in_zone
from core.views.bodies import signed_in
from core.views.calendars import as_calendar
from councils.actions import studies
from councils.forms.studies import StudyForm
from councils.models import Study
from councils.queries.studies import get_learning, occasion


@require_safe
def study_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Reading groups and teach-ins: of a listed body for everybody, without names."""
    person = signed_in(request)
    body = get_object_or_404(Body.objects.visible_to(person), slug=slug)
    inside = person is not None and Body.objects.of(person).filter(pk=body.pk).exists()
    at = folkmoot_now()
    with in_zone(get_charter(body).time_zone):
        context = {
            "body": body,
            "here": body.slug,
            "inside": inside,
            "at": at,
            "learning": get_learning(body, person if inside else None, at),
        }
        return render_page(request, "councils/study_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def study_new(request: PageRequest, slug: str) -> HttpResponse:
    """Announce a reading group or a teach-in; times are those of the body."""
    body = get_object_or_404(Body.objects.of(request.user), slug=slug)
    zone = get_charter(body).time_zone
    with in_zone(zone):
        form = StudyForm(request.POST or None, initial={"kind": Study.Kind.READING})

        def announce(at: datetime) -> str:
            studies.announce(body, studies.Plan(**form.cleaned_data), by=request.user, at=at)
            messages.success(request, _("All members are told."))
            return dates(body)

        return answer_form(request, form, announce, "councils/study_new.html", {"body": body, "zone": zone})


def dates(body: Body) -> str:
    """The address of the page of learning."""
    return reverse("councils:study-list", args=[body.slug])


def act_on(request: PageRequest, pk: int, act: Callable[[Study], object], said: str) -> HttpResponse:
    """Act on a date of one's own body; a refusal is shown in words."""
    found = Study.objects.filter(body__in=Body.objects.of(request.user)).select_related("body")
    study = get_object_or_404(found, pk=pk)

    def acting(_at: datetime) -> str:
        act(study)
        return dates(study.body)

    try:
        act_once(request, acting)
    except Refusal as refused:
        context = {"body": study.body, "refusal": refused.sentence, "back": dates(study.body)}
        return render_page(request, "councils/refused.html", context, status=refused.status)
    messages.success(request, said)
    return see_other(dates(study.body))


@login_required
@require_POST
def study_come(request: PageRequest, pk: int) -> HttpResponse:
    """Take a place."""
    return act_on(request, pk, lambda study: studies.come(study, by=request.user), _("You have a place."))


@login_required
@require_POST
def study_stay_away(request: PageRequest, pk: int) -> HttpResponse:
    """Give the place back."""
    said = _("Your place is free for somebody else.")
    return act_on(request, pk, lambda study: studies.stay_away(study, by=request.user), said)


@login_required
@require_POST
def study_call_off(request: PageRequest, pk: int) -> HttpResponse:
    """It does not take place."""
    return act_on(request, pk, lambda study: studies.call_off(study, by=request.user), _("Called off. All are told."))


@require_safe
def study_feed(_request: HttpRequest, slug: str) -> HttpResponse:
    """The dates of a listed body as a calendar, for everybody; an unlisted body has none."""
    body = get_object_or_404(Body, slug=slug, listed=True)
    rows = Study.objects.ahead(folkmoot_now()).filter(body=body).select_related("body").order_by("starts_at", "pk")
    return as_calendar(body.name, [occasion(study) for study in rows])
