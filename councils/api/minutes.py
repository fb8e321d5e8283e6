"""The minutes of an assembly over the API: notes, errands, publishing, adding."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.acting import taken, who
from core.timekeeping import folkmoot_now
from councils.actions import minutes
from councils.api import assembly_taken as shape
from councils.api.assemblies import member, on_assembly, seen
from councils.api.assembly_shown import AssemblyWhole
from councils.models import Assembly, Errand, MinuteLine, Minutes


@extend_schema(operation_id="assembly_note", request=shape.MinuteTaken, responses=AssemblyWhole)
@api_view(["POST"])
def assembly_note(request: Request, pk: int) -> Response:
    """Write a note."""
    assembly, given = seen(request, pk), taken(shape.MinuteTaken, request)
    return on_assembly(
        request, assembly, lambda: minutes.note(assembly, given["text"], by=who(request), at=folkmoot_now())
    )


@extend_schema(operation_id="note_change", request=shape.NoteChangeTaken, responses=AssemblyWhole)
@api_view(["POST"])
def note_change(request: Request, pk: int) -> Response:
    """Write a note anew."""
    visible = MinuteLine.objects.filter(assembly__in=Assembly.objects.visible_to(who(request)))
    line = get_object_or_404(visible.select_related("assembly__body"), pk=pk)
    given = taken(shape.NoteChangeTaken, request)
    return on_assembly(
        request,
        line.assembly,
        lambda: minutes.change_note(line, given["text"], seen=given["seen"], by=who(request), at=folkmoot_now()),
    )


@extend_schema(operation_id="errand_add", request=shape.ErrandTaken, responses=AssemblyWhole)
@api_view(["POST"])
def errand_add(request: Request, pk: int) -> Response:
    """Write down what somebody will do."""
    assembly, given = seen(request, pk), taken(shape.ErrandTaken, request)
    whose = member(assembly, given) if given.get("membership") is not None else None
    return on_assembly(
        request,
        assembly,
        lambda: minutes.take_on(
            assembly, given["what"], whose, given.get("due_on"), by=who(request), at=folkmoot_now()
        ),
    )


@extend_schema(operation_id="errand_done", request=shape.ErrandDoneTaken, responses=AssemblyWhole)
@api_view(["POST"])
def errand_done(request: Request, pk: int) -> Response:
    """Say that it is done."""
    visible = Errand.objects.filter(assembly__in=Assembly.objects.visible_to(who(request)))
    errand = get_object_or_404(visible.select_related("assembly__body"), pk=pk)
    note = taken(shape.ErrandDoneTaken, request)["note"]
    return on_assembly(
        request, errand.assembly, lambda: minutes.finish(errand, by=who(request), at=folkmoot_now(), note=note)
    )


@extend_schema(operation_id="minutes_publish", request=None, responses=AssemblyWhole)
@api_view(["POST"])
def minutes_publish(request: Request, pk: int) -> Response:
    """Publish the minutes."""
    assembly = seen(request, pk)
    return on_assembly(request, assembly, lambda: minutes.publish(assembly, by=who(request), at=folkmoot_now()))


@extend_schema(operation_id="minutes_add", request=shape.MinuteTaken, responses=AssemblyWhole)
@api_view(["POST"])
def minutes_add(request: Request, pk: int) -> Response:
    """Put something right below published minutes."""
    assembly, given = seen(request, pk), taken(shape.MinuteTaken, request)
    published = get_object_or_404(Minutes, assembly=assembly)
    return on_assembly(
        request, assembly, lambda: minutes.add(published, given["text"], by=who(request), at=folkmoot_now())
    )
