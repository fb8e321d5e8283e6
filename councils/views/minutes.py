"""Acts on the minutes: notes, errands, publishing, adding; and the minutes on paper."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.queries.charters import get_charter
from core.timekeeping import folkmoot_now
from core.views._pages import PageRequest, render_page
from core.views._zones import in_zone
from core.views.papers import on_paper
from councils.actions import minutes
from councils.forms.assemblies import ErrandForm, NoteForm
from councils.models import Assembly, Errand, MinuteLine, Minutes
from councils.queries.published import get_published
from councils.queries.votes_taken import get_votes_on_paper
from councils.views._assembly import act_at, member, read, seen


@login_required
@require_POST
def assembly_note(request: PageRequest, pk: int) -> HttpResponse:
    """Write a note."""
    assembly, form = seen(request, pk), NoteForm(request.POST)
    return act_at(
        request,
        assembly,
        lambda at: minutes.note(assembly, read(form, "text"), by=request.user, at=at),
        page="run",
        kept=True,
    )


@login_required
@require_POST
def note_change(request: PageRequest, pk: int) -> HttpResponse:
    """Write a note anew."""
    visible = MinuteLine.objects.filter(assembly__in=Assembly.objects.visible_to(request.user))
    line = get_object_or_404(visible.select_related("assembly__body"), pk=pk)
    form = NoteForm(request.POST)

    def change(at: datetime) -> None:
        minutes.change_note(line, read(form, "text"), seen=read(form, "seen") or 0, by=request.user, at=at)

    return act_at(request, line.assembly, change, page="run")


@login_required
@require_POST
def errand_add(request: PageRequest, pk: int) -> HttpResponse:
    """Write down what somebody will do."""
    assembly, form = seen(request, pk), ErrandForm(request.POST)

    def take_on(at: datetime) -> None:
        who = member(request) if request.POST.get("membership") else None
        minutes.take_on(assembly, read(form, "what"), who, read(form, "due_on"), by=request.user, at=at)

    return act_at(request, assembly, take_on, page="run", kept=True)


@login_required
@require_POST
def errand_done(request: PageRequest, pk: int) -> HttpResponse:
    """Say that it is done."""
    visible = Errand.objects.filter(assembly__in=Assembly.objects.visible_to(request.user))
    errand = get_object_or_404(visible.select_related("assembly__body"), pk=pk)
    note = request.POST.get("note", "")
    return act_at(
        request,
        errand.assembly,
        lambda at: minutes.finish(errand, by=request.user, at=at, note=note),
        page="detail",
        said=_("Done. Thank you."),
    )


@login_required
@require_POST
def minutes_publish(request: PageRequest, pk: int) -> HttpResponse:
    """Publish the minutes."""
    assembly = seen(request, pk)
    return act_at(
        request,
        assembly,
        lambda at: minutes.publish(assembly, by=request.user, at=at),
        page="detail",
        said=_("The minutes are published. All members are told."),
    )


@login_required
@require_POST
def minutes_add(request: PageRequest, pk: int) -> HttpResponse:
    """Put something right below the minutes."""
    assembly, form = seen(request, pk), NoteForm(request.POST)
    published = get_object_or_404(Minutes, assembly=assembly)
    return act_at(
        request,
        assembly,
        lambda at: minutes.add(published, read(form, "text"), by=request.user, at=at),
        page="detail",
        said=_("It stands below the minutes."),
    )


@login_required
@require_safe
def minutes_print(request: PageRequest, pk: int) -> HttpResponse:
    """The published minutes on paper, with the lists of the votes in which everybody finds their own; 404 before."""
    assemblies = Assembly.objects.visible_to(request.user).select_related("body", "minutes__published_by")
    assembly, at = get_object_or_404(assemblies, pk=pk, minutes__isnull=False), folkmoot_now()
    context = {
        "assembly": assembly,
        "body": assembly.body,
        "here": assembly.body.slug,
        "at": at,
        "published": get_published(assembly),
        "votes": get_votes_on_paper(assembly, at=at),
        **on_paper(request),
    }
    with in_zone(get_charter(assembly.body).time_zone):
        return render_page(request, "councils/minutes_print.html", context)
