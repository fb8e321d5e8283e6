"""How what a body carries is spread over its members."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.acting import who
from core.api.shown import PersonShown
from core.models import Body
from core.queries.carrying import Carrying, Sort, get_carrying
from core.rules.carrying import Spread
from core.timekeeping import folkmoot_now


class SpreadShown(serializers.Serializer[Spread]):
    """How many members carry nothing, one thing, two, or more; with how few the half of it lies."""

    members = serializers.IntegerField()
    nothing = serializers.IntegerField()
    one = serializers.IntegerField()
    two = serializers.IntegerField()
    more = serializers.IntegerField()
    things = serializers.IntegerField()
    half_lies_with = serializers.IntegerField()


class SortShown(serializers.Serializer[Sort]):
    """One sort of load."""

    name = serializers.CharField(source="load.name")
    spread = SpreadShown()


class CarryingShown(serializers.Serializer[Carrying]):
    """All of it, and who could be asked next."""

    whole = SpreadShown()
    sorts = SortShown(many=True)
    could_be_asked = PersonShown(many=True)


@extend_schema(operation_id="carrying", responses=CarryingShown)
@api_view(["GET", "HEAD"])
def carrying_read(request: Request, slug: str) -> Response:
    """How mandates, tasks and the work of an evening are spread, without names; and who could be asked next."""
    body = get_object_or_404(Body.objects.of(who(request)), slug=slug)
    return Response(CarryingShown(get_carrying(body, who(request), folkmoot_now())).data)
