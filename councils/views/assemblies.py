"""Pages of assemblies: the list, calling one, one with its agenda; and the screens of the meeting itself."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.models import Body
from core.queries.charters import get_charter
from core.queries.remembering import remembering
from core.timekeeping import folkmoot_now
from core.views._forms import answer_form
from core.views._pages import PageRequest, render_page
from core.views._zones import in_zone
from councils.actions import calling, running
from councils.forms.assemblies import CallForm, DatesForm
from councils.models import DateOption
from councils.queries.assemblies import get_assembly_list
from councils.queries.room import get_room
from councils.views._assembly import act_at, read_with_numbers, seen, show


@login_required
@require_safe
def assembly_list(request: PageRequest, slug: str) -> HttpResponse:
    """The assemblies of a body."""
    body = get_object_or_404(Body.objects.of(request.user), slug=slug)
    context = {"body": body, "here": body.slug, "at": folkmoot_now(), "list": get_assembly_list(body)}
    with in_zone(get_charter(body).time_zone):
        return render_page(request, "councils/assembly_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assembly_new(request: PageRequest, slug: str) -> HttpResponse:
    """Call an assembly on a date."""
    body = get_object_or_404(Body.objects.of(request.user), slug=slug)
    with in_zone(get_charter(body).time_zone):
        form = CallForm(request.POST or None)

        def call(at: datetime) -> str:
            return calling.call(body, form.plan, form.when, by=request.user, at=at).get_absolute_url()

        context = {"body": body, "here": body.slug, "at": folkmoot_now()}
        return answer_form(request, form, call, "councils/assembly_new.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assembly_poll(request: PageRequest, slug: str) -> HttpResponse:
    """Ask which dates suit."""
    body = get_object_or_404(Body.objects.of(request.user), slug=slug)
    with in_zone(get_charter(body).time_zone):
        form = DatesForm(request.POST or None)

        def ask(at: datetime) -> str:
            return calling.ask_for_dates(body, form.plan, form.dates, by=request.user, at=at).get_absolute_url()

        context = {"body": body, "here": body.slug, "at": folkmoot_now()}
        return answer_form(request, form, ask, "councils/assembly_poll.html", context)


@login_required
@require_safe
def assembly_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One assembly: when and where, its agenda, who guides it, and its minutes."""
    return show(request, pk, "detail")


@login_required
@require_safe
def assembly_run(request: PageRequest, pk: int) -> HttpResponse:
    """The page of those who guide: door, agenda, speakers, notes."""
    return show(request, pk, "run", part="room")


@login_required
@require_safe
def assembly_phone(request: PageRequest, pk: int) -> HttpResponse:
    """The page of everybody in the room: raise a hand, wave, see who is next."""
    return show(request, pk, "phone", part="room")


@login_required
@require_safe
def assembly_projector(request: PageRequest, pk: int) -> HttpResponse:
    """What all see on the wall: large, dark, nothing to press; it keeps itself up to date."""
    at = folkmoot_now()
    assembly = read_with_numbers(request, pk, at=at)
    with remembering():
        zone = get_charter(assembly.body).time_zone
        room = get_room(assembly, request.user, at=at) if assembly.is_open else None
    context = {"assembly": assembly, "at": at, "room": room, "quorum": room.quorum if room else None}
    with in_zone(zone):
        return render_page(request, "councils/assembly_projector.html", context, part="wall")


@login_required
@require_safe
@never_cache
def assembly_fresh(request: PageRequest, pk: int) -> HttpResponse:
    """For a device that was without connection: who is signed in now, with a new token to send what was kept."""
    assembly = seen(request, pk)
    return JsonResponse({"person": request.user.pk, "assembly": assembly.pk, "token": get_token(request)})


@login_required
@require_POST
def assembly_mark(request: PageRequest, pk: int) -> HttpResponse:
    """Say which dates suit."""
    assembly = seen(request, pk)
    marks = {
        int(key): request.POST[name]
        for name in request.POST
        if (key := name.removeprefix("date_")) != name and key.isdecimal() and len(key) < 10 and request.POST[name]
    }
    return act_at(
        request,
        assembly,
        lambda at: calling.mark(assembly, marks, by=request.user, at=at),
        page="detail",
        said=_("Thank you. You can change your answers until the date is set."),
    )


@login_required
@require_POST
def date_settle(request: PageRequest, pk: int) -> HttpResponse:
    """Call the assembly on this date."""
    visible = DateOption.objects.filter(assembly__body__in=Body.objects.of(request.user))
    option = get_object_or_404(visible.select_related("assembly__body"), pk=pk)
    return act_at(
        request,
        option.assembly,
        lambda at: calling.settle_date(option, by=request.user, at=at),
        page="detail",
        said=_("The assembly is called. All members are told."),
    )


@login_required
@require_POST
def assembly_cancel(request: PageRequest, pk: int) -> HttpResponse:
    """Call it off."""
    assembly = seen(request, pk)
    return act_at(request, assembly, lambda at: calling.cancel(assembly, by=request.user, at=at), page="detail")


@login_required
@require_POST
def assembly_open(request: PageRequest, pk: int) -> HttpResponse:
    """Open the doors."""
    assembly = seen(request, pk)
    return act_at(request, assembly, lambda at: running.open_doors(assembly, by=request.user, at=at), page="run")


@login_required
@require_POST
def assembly_close(request: PageRequest, pk: int) -> HttpResponse:
    """End the assembly."""
    assembly = seen(request, pk)
    return act_at(request, assembly, lambda at: running.close(assembly, by=request.user, at=at), page="run")
