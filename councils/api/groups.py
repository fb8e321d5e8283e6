"""Groups already at work, over the API."""

from typing import ClassVar

from django.conf import settings
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.acting import act, taken, who
from core.api.coming import LINK
from core.api.lists import OfBody
from core.api.taken import Shape
from core.models import Body
from core.timekeeping import folkmoot_now
from councils.actions import groups
from councils.models import KnownGroup


class GroupTaken(Shape):
    """A group, what it does, and what it has made public of how to reach it."""

    name = serializers.CharField(max_length=80)
    does = serializers.CharField(max_length=500)
    reach = serializers.CharField(max_length=200)


class GroupShown(serializers.ModelSerializer[KnownGroup]):
    """A group that a body knows of."""

    class Meta:
        model = KnownGroup
        fields: ClassVar = ["id", "name", "does", "reach", "added_at", "gone_at"]


@extend_schema_view(get=extend_schema(operation_id="group_list"))
class GroupList(OfBody[KnownGroup]):
    """The groups that a body knows of, by name."""

    queryset = KnownGroup.objects.none()
    serializer_class = GroupShown

    def get_queryset(self) -> QuerySet[KnownGroup]:
        """Of a body the caller is a member of."""
        return KnownGroup.objects.listed().filter(body=self.body()).order_by("name", "pk")


@extend_schema(operation_id="group_add", request=GroupTaken, responses={201: GroupShown})
@api_view(["POST"])
def group_add(request: Request, slug: str) -> Response:
    """Put a group on the list."""
    body = get_object_or_404(Body.objects.of(who(request)), slug=slug)
    given = taken(GroupTaken, request)
    return act(request, lambda: groups.add(body, by=who(request), at=folkmoot_now(), **given), GroupShown, made=True)


def seen(request: Request, pk: int) -> KnownGroup:
    """A group on a list of the caller's bodies; else 404."""
    mine = KnownGroup.objects.listed().filter(body__in=Body.objects.of(who(request)))
    return get_object_or_404(mine.select_related("body"), pk=pk)


@extend_schema(operation_id="group_take_off", request=None, responses=GroupShown)
@api_view(["POST"])
def group_take_off(request: Request, pk: int) -> Response:
    """Take a group off the list."""
    group = seen(request, pk)
    return act(request, lambda: groups.take_off(group, by=who(request), at=folkmoot_now()), GroupShown)


@extend_schema(operation_id="group_invite", request=None, responses={201: LINK})
@api_view(["POST"])
def group_invite(request: Request, pk: int) -> Response:
    """Make a link with which the group forms a body of its own; it is in this answer and nowhere else. An earlier one
    ends.
    """
    row, token = groups.invite(seen(request, pk), by=who(request), at=folkmoot_now())
    return Response({"id": row.pk, "link": settings.SITE_URL + reverse("councils:group-found", args=[token])}, 201)
