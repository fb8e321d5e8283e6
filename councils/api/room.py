"""The room of an assembly over the API: the door, raised hands and turns, waves, the question to waive a discussion."""

from collections.abc import Callable
from datetime import datetime

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.acting import taken, who
from core.api.taken import Shape
from core.timekeeping import folkmoot_now
from councils.actions import door, speaking, waiving
from councils.api import assembly_taken as shape
from councils.api.assemblies import Given, member, on_assembly, seen
from councils.api.assembly_shown import AssemblyWhole
from councils.models import Assembly, Waiver
from councils.queries.room import get_order


def in_room(
    request: Request,
    pk: int,
    do: Callable[[Assembly, Given, datetime], object],
    kind: type[Shape] = Shape,
) -> Response:
    """One act in the room. It happens now: only the page in a hall keeps acts while it has no connection."""
    assembly, given = seen(request, pk), taken(kind, request)
    return on_assembly(request, assembly, lambda: do(assembly, given, folkmoot_now()))


@extend_schema(operation_id="assembly_arrive", request=shape.MemberTaken, responses=AssemblyWhole)
@api_view(["POST"])
def assembly_arrive(request: Request, pk: int) -> Response:
    """A member has come."""

    def arrive(assembly: Assembly, given: Given, at: datetime) -> None:
        door.arrive(assembly, member(assembly, given), by=who(request), at=at)

    return in_room(request, pk, arrive, shape.MemberTaken)


@extend_schema(operation_id="assembly_leave", request=shape.MemberTaken, responses=AssemblyWhole)
@api_view(["POST"])
def assembly_leave(request: Request, pk: int) -> Response:
    """A member has gone."""

    def leave(assembly: Assembly, given: Given, at: datetime) -> None:
        door.leave(assembly, member(assembly, given), by=who(request), at=at)

    return in_room(request, pk, leave, shape.MemberTaken)


@extend_schema(operation_id="assembly_guests", request=shape.NumberTaken, responses=AssemblyWhole)
@api_view(["POST"])
def assembly_guests(request: Request, pk: int) -> Response:
    """How many guests are in the room."""

    def count(assembly: Assembly, given: Given, at: datetime) -> None:
        door.count_guests(assembly, given["number"], by=who(request), at=at)

    return in_room(request, pk, count, shape.NumberTaken)


@extend_schema(operation_id="assembly_hand", request=shape.HandTaken, responses=AssemblyWhole)
@api_view(["POST"])
def assembly_hand(request: Request, pk: int) -> Response:
    """Raise one's own hand."""

    def raise_hand(assembly: Assembly, given: Given, at: datetime) -> None:
        speaking.raise_hand(assembly, given["hand"], by=who(request), at=at)

    return in_room(request, pk, raise_hand, shape.HandTaken)


@extend_schema(operation_id="assembly_lower", request=None, responses=AssemblyWhole)
@api_view(["POST"])
def assembly_lower(request: Request, pk: int) -> Response:
    """Lower one's own hand."""
    return in_room(request, pk, lambda assembly, _given, at: speaking.lower(assembly, by=who(request), at=at))


@extend_schema(operation_id="assembly_raise_for", request=shape.HandOfTaken, responses=AssemblyWhole)
@api_view(["POST"])
def assembly_raise_for(request: Request, pk: int) -> Response:
    """Raise the hand of somebody who has no telephone."""

    def raise_for(assembly: Assembly, given: Given, at: datetime) -> None:
        speaking.raise_for(assembly, member(assembly, given), given["hand"], by=who(request), at=at)

    return in_room(request, pk, raise_for, shape.HandOfTaken)


@extend_schema(operation_id="assembly_give_word", request=shape.MemberTaken, responses=AssemblyWhole)
@api_view(["POST"])
def assembly_give_word(request: Request, pk: int) -> Response:
    """Let somebody speak."""

    def give_word(assembly: Assembly, given: Given, at: datetime) -> None:
        speaking.give_word(assembly, member(assembly, given), by=who(request), at=at)

    return in_room(request, pk, give_word, shape.MemberTaken)


@extend_schema(operation_id="assembly_next", request=shape.SeenTaken, responses=AssemblyWhole)
@api_view(["POST"])
def assembly_next(request: Request, pk: int) -> Response:
    """Let the first on the list speak."""

    def call_next(assembly: Assembly, given: Given, at: datetime) -> None:
        speaking.call_next(assembly, get_order, seen=given["seen"], by=who(request), at=at)

    return in_room(request, pk, call_next, shape.SeenTaken)


@extend_schema(operation_id="assembly_stop", request=None, responses=AssemblyWhole)
@api_view(["POST"])
def assembly_stop(request: Request, pk: int) -> Response:
    """The turn to speak is over."""
    return in_room(request, pk, lambda assembly, _given, at: speaking.stop(assembly, by=who(request), at=at))


@extend_schema(operation_id="assembly_wave", request=shape.WaveTaken, responses=AssemblyWhole)
@api_view(["POST"])
def assembly_wave(request: Request, pk: int) -> Response:
    """Show how one feels about what is being said."""

    def wave(assembly: Assembly, given: Given, at: datetime) -> None:
        speaking.wave(assembly, given["sign"], by=who(request), at=at)

    return in_room(request, pk, wave, shape.WaveTaken)


def seen_waiver(request: Request, pk: int) -> Waiver:
    """The question, or 404."""
    visible = Waiver.objects.filter(assembly__in=Assembly.objects.visible_to(who(request)))
    return get_object_or_404(visible.select_related("assembly__body", "proposal"), pk=pk)


@extend_schema(operation_id="waiver_say", request=shape.ConsentTaken, responses=AssemblyWhole)
@api_view(["POST"])
def waiver_say(request: Request, pk: int) -> Response:
    """Say yes or no oneself. Answers are never sent later than they are given."""
    waiver, given = seen_waiver(request, pk), taken(shape.ConsentTaken, request)
    return on_assembly(
        request, waiver.assembly, lambda: waiving.say(waiver, given["agrees"], by=who(request), at=folkmoot_now())
    )


@extend_schema(operation_id="waiver_enter", request=shape.ConsentOfTaken, responses=AssemblyWhole)
@api_view(["POST"])
def waiver_enter(request: Request, pk: int) -> Response:
    """Enter what somebody in the room says aloud."""
    waiver, given = seen_waiver(request, pk), taken(shape.ConsentOfTaken, request)
    whose = member(waiver.assembly, given)
    return on_assembly(
        request,
        waiver.assembly,
        lambda: waiving.enter(waiver, whose, given["agrees"], by=who(request), at=folkmoot_now()),
    )


@extend_schema(operation_id="waiver_settle", request=None, responses=AssemblyWhole)
@api_view(["POST"])
def waiver_settle(request: Request, pk: int) -> Response:
    """Count the answers."""
    waiver = seen_waiver(request, pk)
    return on_assembly(request, waiver.assembly, lambda: waiving.settle(waiver, by=who(request), at=folkmoot_now()))
