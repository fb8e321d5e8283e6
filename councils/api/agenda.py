"""The agenda of an assembly and its duties over the API."""

from collections.abc import Callable
from datetime import datetime

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.acting import taken, who
from core.models import Proposal
from core.timekeeping import folkmoot_now
from councils.actions import agenda, duties, running, waiving
from councils.actions.agenda import Item
from councils.api import assembly_taken as shape
from councils.api.assemblies import member, on_assembly, seen
from councils.api.assembly_shown import AssemblyWhole
from councils.models import AgendaItem, Assembly, Duty


@extend_schema(operation_id="agenda_add", request=shape.AgendaItemTaken, responses=AssemblyWhole)
@api_view(["POST"])
def agenda_add(request: Request, pk: int) -> Response:
    """Put a proposal, or something of one's own, on the agenda."""
    assembly, given = seen(request, pk), taken(shape.AgendaItemTaken, request)
    key = given.get("proposal")
    proposal = None if key is None else get_object_or_404(Proposal.objects.visible_to(who(request)), pk=key)
    item = Item(given["title"], given["box"], proposal, given["takes_ballots"])
    return on_assembly(request, assembly, lambda: agenda.add(assembly, item, by=who(request), at=folkmoot_now()))


def on_item(request: Request, pk: int, do: Callable[[AgendaItem, datetime], object]) -> Response:
    """One act on an item."""
    visible = AgendaItem.objects.filter(assembly__in=Assembly.objects.visible_to(who(request)))
    item = get_object_or_404(visible.select_related("assembly__body", "proposal"), pk=pk)
    return on_assembly(request, item.assembly, lambda: do(item, folkmoot_now()))


@extend_schema(operation_id="agenda_remove", request=None, responses=AssemblyWhole)
@api_view(["POST"])
def agenda_remove(request: Request, pk: int) -> Response:
    """Take an item off the agenda."""
    return on_item(request, pk, lambda item, at: agenda.remove(item, by=who(request), at=at))


@extend_schema(operation_id="agenda_up", request=None, responses=AssemblyWhole)
@api_view(["POST"])
def agenda_up(request: Request, pk: int) -> Response:
    """Let an item come earlier."""
    return on_item(request, pk, lambda item, at: agenda.move_up(item, by=who(request), at=at))


@extend_schema(operation_id="agenda_begin", request=None, responses=AssemblyWhole)
@api_view(["POST"])
def agenda_begin(request: Request, pk: int) -> Response:
    """Take an item up; the one before it ends."""
    return on_item(request, pk, lambda item, at: running.begin_item(item, by=who(request), at=at))


@extend_schema(operation_id="agenda_end", request=None, responses=AssemblyWhole)
@api_view(["POST"])
def agenda_end(request: Request, pk: int) -> Response:
    """An item is done."""
    return on_item(request, pk, lambda item, at: running.end_item(item, by=who(request), at=at))


@extend_schema(operation_id="agenda_longer", request=shape.NumberTaken, responses=AssemblyWhole)
@api_view(["POST"])
def agenda_longer(request: Request, pk: int) -> Response:
    """Give an item more minutes."""

    def lengthen(item: AgendaItem, at: datetime) -> None:
        number = taken(shape.NumberTaken, request)["number"]
        running.lengthen(item, number, by=who(request), at=at)

    return on_item(request, pk, lengthen)


@extend_schema(operation_id="agenda_waive", request=None, responses=AssemblyWhole)
@api_view(["POST"])
def agenda_waive(request: Request, pk: int) -> Response:
    """Ask those present to waive what is left of the discussion."""
    return on_item(request, pk, lambda item, at: waiving.ask(item, by=who(request), at=at))


@extend_schema(operation_id="duty_ask", request=shape.RoleOfTaken, responses=AssemblyWhole)
@api_view(["POST"])
def duty_ask(request: Request, pk: int) -> Response:
    """Ask a member to facilitate or to take notes."""
    assembly, given = seen(request, pk), taken(shape.RoleOfTaken, request)
    whom = member(assembly, given)
    return on_assembly(
        request, assembly, lambda: duties.ask(assembly, given["role"], whom, by=who(request), at=folkmoot_now())
    )


@extend_schema(operation_id="duty_take", request=shape.RoleTaken, responses=AssemblyWhole)
@api_view(["POST"])
def duty_take(request: Request, pk: int) -> Response:
    """Take a duty that is free."""
    assembly, given = seen(request, pk), taken(shape.RoleTaken, request)
    return on_assembly(
        request, assembly, lambda: duties.take(assembly, given["role"], by=who(request), at=folkmoot_now())
    )


def on_duty(request: Request, pk: int, do: Callable[[Duty, datetime], object]) -> Response:
    """One act on a duty."""
    visible = Duty.objects.filter(assembly__in=Assembly.objects.visible_to(who(request)))
    duty = get_object_or_404(visible.select_related("assembly__body", "membership"), pk=pk)
    return on_assembly(request, duty.assembly, lambda: do(duty, folkmoot_now()))


@extend_schema(operation_id="duty_accept", request=None, responses=AssemblyWhole)
@api_view(["POST"])
def duty_accept(request: Request, pk: int) -> Response:
    """Say yes to a duty."""
    return on_duty(request, pk, lambda duty, at: duties.accept(duty, by=who(request), at=at))


@extend_schema(operation_id="duty_lay_down", request=None, responses=AssemblyWhole)
@api_view(["POST"])
def duty_lay_down(request: Request, pk: int) -> Response:
    """Say no to a duty, or lay it down."""
    return on_duty(request, pk, lambda duty, at: duties.lay_down(duty, by=who(request), at=at))
