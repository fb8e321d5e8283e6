"""Acts in the room: at the door, raised hands, waves, and the question whether to waive a discussion."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.refusals import Invalid
from core.views._pages import PageRequest
from councils.actions import door, speaking, waiving
from councils.forms.assemblies import NumberForm
from councils.models import Assembly, Waiver
from councils.queries.room import get_order
from councils.views._assembly import NOT_UNDERSTOOD, act_at, member, read, seen


def act_in(
    request: PageRequest, pk: int, act: Callable[[Assembly, datetime], object], page: str, *, kept: bool = False
) -> HttpResponse:
    """Do something in the room."""
    assembly = seen(request, pk)
    return act_at(request, assembly, lambda at: act(assembly, at), page=page, kept=kept)


def act_at_door(request: PageRequest, pk: int, act: Callable[[Assembly, datetime], object]) -> HttpResponse:
    """Something that whoever guides notes on their device, also without connection."""
    return act_in(request, pk, act, "run", kept=True)


@login_required
@require_POST
def assembly_arrive(request: PageRequest, pk: int) -> HttpResponse:
    """Somebody has come."""
    return act_at_door(request, pk, lambda a, at: door.arrive(a, member(request), by=request.user, at=at))


@login_required
@require_POST
def assembly_leave(request: PageRequest, pk: int) -> HttpResponse:
    """Somebody has gone."""
    return act_at_door(request, pk, lambda a, at: door.leave(a, member(request), by=request.user, at=at))


@login_required
@require_POST
def assembly_guests(request: PageRequest, pk: int) -> HttpResponse:
    """How many guests there are."""
    form = NumberForm(request.POST)
    return act_at_door(request, pk, lambda a, at: door.count_guests(a, read(form, "number"), by=request.user, at=at))


@login_required
@require_POST
def assembly_raise_for(request: PageRequest, pk: int) -> HttpResponse:
    """Somebody without a phone raises a hand."""
    hand = request.POST.get("hand", "speak")
    return act_at_door(request, pk, lambda a, at: speaking.raise_for(a, member(request), hand, by=request.user, at=at))


@login_required
@require_POST
def assembly_give_word(request: PageRequest, pk: int) -> HttpResponse:
    """Somebody speaks."""
    return act_at_door(request, pk, lambda a, at: speaking.give_word(a, member(request), by=request.user, at=at))


@login_required
@require_POST
def assembly_next(request: PageRequest, pk: int) -> HttpResponse:
    """The first on the list speaks."""
    said = request.POST.get("seen", "")
    turn = int(said) if said.isdecimal() and len(said) < 10 else 0
    return act_in(request, pk, lambda a, at: speaking.call_next(a, get_order, seen=turn, by=request.user, at=at), "run")


@login_required
@require_POST
def assembly_stop(request: PageRequest, pk: int) -> HttpResponse:
    """The turn is over."""
    return act_at_door(request, pk, lambda a, at: speaking.stop(a, by=request.user, at=at))


@login_required
@require_POST
def assembly_hand(request: PageRequest, pk: int) -> HttpResponse:
    """Raise one's own hand."""
    hand = request.POST.get("hand", "")
    return act_in(request, pk, lambda a, at: speaking.raise_hand(a, hand, by=request.user, at=at), "phone", kept=True)


@login_required
@require_POST
def assembly_lower(request: PageRequest, pk: int) -> HttpResponse:
    """Lower one's own hand."""
    return act_in(request, pk, lambda a, at: speaking.lower(a, by=request.user, at=at), "phone", kept=True)


@login_required
@require_POST
def assembly_wave(request: PageRequest, pk: int) -> HttpResponse:
    """Show how one feels."""
    sign = request.POST.get("sign", "")
    return act_in(request, pk, lambda a, at: speaking.wave(a, sign, by=request.user, at=at), "phone")


def seen_waiver(request: PageRequest, pk: int) -> Waiver:
    """The question, or 404."""
    visible = Waiver.objects.filter(assembly__in=Assembly.objects.visible_to(request.user))
    return get_object_or_404(visible.select_related("assembly__body", "proposal"), pk=pk)


def yes_or_no(request: PageRequest) -> bool:
    """The answer that was sent."""
    said = request.POST.get("answer", "")
    if said not in ("yes", "no"):
        raise Invalid(NOT_UNDERSTOOD)
    return said == "yes"


@login_required
@require_POST
def waiver_say(request: PageRequest, pk: int) -> HttpResponse:
    """Say yes or no oneself."""
    waiver = seen_waiver(request, pk)
    return act_at(
        request,
        waiver.assembly,
        lambda at: waiving.say(waiver, yes_or_no(request), by=request.user, at=at),
        page="phone",
        said=_("Your answer counts. You can change it until the question is settled."),
    )


@login_required
@require_POST
def waiver_enter(request: PageRequest, pk: int) -> HttpResponse:
    """Enter what somebody has said aloud."""
    waiver = seen_waiver(request, pk)
    return act_at(
        request,
        waiver.assembly,
        lambda at: waiving.enter(waiver, member(request), yes_or_no(request), by=request.user, at=at),
        page="run",
    )


@login_required
@require_POST
def waiver_settle(request: PageRequest, pk: int) -> HttpResponse:
    """Count the answers."""
    waiver = seen_waiver(request, pk)
    return act_at(request, waiver.assembly, lambda at: waiving.settle(waiver, by=request.user, at=at), page="run")
