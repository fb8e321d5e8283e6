"""Assemblies over the API: the list, one with all that is in it, calling one, finding a date, opening and ending it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.acting import act, taken, who
from core.api.lists import OfBody
from core.models import Body, Membership
from core.timekeeping import folkmoot_now
from councils.actions import calling, running
from councils.api import assembly_taken as shape
from councils.api.assembly_shown import AssemblyShown, AssemblyWhole
from councils.models import Assembly, DateOption
from councils.rules.calling import Plan, When

Given = Mapping[str, Any]


def seen(request: Request, pk: int) -> Assembly:
    """An assembly of one's own body; else 404."""
    return get_object_or_404(Assembly.objects.visible_to(who(request)).select_related("body"), pk=pk)


def member(assembly: Assembly, given: Given) -> Membership:
    """A membership in this body, by its id; else 404."""
    return get_object_or_404(Membership, pk=given["membership"], body=assembly.body)


def on_assembly(request: Request, assembly: Assembly, do: Callable[[], object]) -> Response:
    """One act at an assembly; the answer is the assembly afterwards."""

    def once() -> Assembly:
        do()
        return assembly

    return act(request, once, AssemblyWhole)


@extend_schema_view(get=extend_schema(operation_id="assembly_list"))
class AssemblyList(OfBody[Assembly]):
    """The assemblies of a body, the newest first."""

    queryset = Assembly.objects.none()
    serializer_class = AssemblyShown

    def get_queryset(self) -> QuerySet[Assembly]:
        """Of a body the caller is a member of."""
        found = Assembly.objects.filter(body=self.body()).select_related("body", "called_by")
        return found.order_by("-made_at", "-pk")


@extend_schema(operation_id="assembly_read", responses=AssemblyWhole)
@api_view(["GET", "HEAD"])
def assembly_read(request: Request, pk: int) -> Response:
    """One assembly: agenda, duties, the room, and the minutes."""
    return Response(AssemblyWhole(seen(request, pk), context={"request": request}).data)


def plan_of(given: Given) -> Plan:
    """What it is."""
    return Plan(given["title"], given["place"], given["about"], given["notice_days"])


def when_of(given: Given) -> When:
    """When it is."""
    return When(given["starts_at"], given["ends_at"])


@extend_schema(operation_id="assembly_call", request=shape.CallTaken, responses={201: AssemblyWhole})
@api_view(["POST"])
def assembly_call(request: Request, slug: str) -> Response:
    """Call an assembly on a date."""
    body = get_object_or_404(Body.objects.of(who(request)), slug=slug)
    given = taken(shape.CallTaken, request)
    plan, when = plan_of(given), when_of(given)
    return act(
        request, lambda: calling.call(body, plan, when, by=who(request), at=folkmoot_now()), AssemblyWhole, made=True
    )


@extend_schema(operation_id="assembly_poll", request=shape.PollTaken, responses={201: AssemblyWhole})
@api_view(["POST"])
def assembly_poll(request: Request, slug: str) -> Response:
    """Ask which dates suit."""
    body = get_object_or_404(Body.objects.of(who(request)), slug=slug)
    given = taken(shape.PollTaken, request)
    plan, dates = plan_of(given), [when_of(each) for each in given["dates"]]
    return act(
        request,
        lambda: calling.ask_for_dates(body, plan, dates, by=who(request), at=folkmoot_now()),
        AssemblyWhole,
        made=True,
    )


@extend_schema(operation_id="assembly_mark", request=shape.MarksTaken, responses=AssemblyWhole)
@api_view(["POST"])
def assembly_mark(request: Request, pk: int) -> Response:
    """Say which dates suit."""
    assembly, given = seen(request, pk), taken(shape.MarksTaken, request)
    marks = {each["date"]: each["suits"] for each in given["marks"]}
    return on_assembly(request, assembly, lambda: calling.mark(assembly, marks, by=who(request), at=folkmoot_now()))


@extend_schema(operation_id="date_settle", request=None, responses=AssemblyWhole)
@api_view(["POST"])
def date_settle(request: Request, pk: int) -> Response:
    """Call the assembly on this date."""
    visible = DateOption.objects.filter(assembly__in=Assembly.objects.visible_to(who(request)))
    option = get_object_or_404(visible.select_related("assembly__body"), pk=pk)
    return on_assembly(
        request, option.assembly, lambda: calling.settle_date(option, by=who(request), at=folkmoot_now())
    )


@extend_schema(operation_id="assembly_cancel", request=None, responses=AssemblyWhole)
@api_view(["POST"])
def assembly_cancel(request: Request, pk: int) -> Response:
    """Call it off."""
    assembly = seen(request, pk)
    return on_assembly(request, assembly, lambda: calling.cancel(assembly, by=who(request), at=folkmoot_now()))


@extend_schema(operation_id="assembly_open", request=None, responses=AssemblyWhole)
@api_view(["POST"])
def assembly_open(request: Request, pk: int) -> Response:
    """Open the doors."""
    assembly = seen(request, pk)
    return on_assembly(request, assembly, lambda: running.open_doors(assembly, by=who(request), at=folkmoot_now()))


@extend_schema(operation_id="assembly_close", request=None, responses=AssemblyWhole)
@api_view(["POST"])
def assembly_close(request: Request, pk: int) -> Response:
    """End the assembly."""
    assembly = seen(request, pk)
    return on_assembly(request, assembly, lambda: running.close(assembly, by=who(request), at=folkmoot_now()))
