"""Two accounts of one person over the API."""

from collections.abc import Callable
from typing import ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from core.actions import mergings
from core.api.acting import act, who
from core.api.lists import OfBody
from core.api.shown import PersonShown
from core.models import Body, Membership, Merging
from core.timekeeping import folkmoot_now


class MergingShown(serializers.ModelSerializer[Merging]):
    """That two accounts of a body are said to be one person's."""

    body = serializers.SlugRelatedField[Body](slug_field="slug", read_only=True)
    stays = PersonShown(source="stays.person", read_only=True)
    ends = PersonShown(source="ends.person", read_only=True)
    vouches = serializers.IntegerField(source="vouches.count", read_only=True)

    class Meta:
        model = Merging
        fields: ClassVar = [
            *("id", "body", "stays", "ends", "vouches", "asked_at"),
            *("agreed_at", "until", "ended_at", "ending"),
        ]


@extend_schema_view(get=extend_schema(operation_id="merging_list"))
class MergingList(OfBody[Merging]):
    """Those under way."""

    queryset = Merging.objects.none()
    serializer_class = MergingShown

    def get_queryset(self) -> QuerySet[Merging]:
        """Of a body the caller is a member of."""
        open_ones = Merging.objects.filter(body=self.body(), ended_at__isnull=True)
        return open_ones.select_related("body", "stays__person", "ends__person").order_by("asked_at", "pk")


@extend_schema(operation_id="merging_ask", request=None, responses={201: MergingShown})
@api_view(["POST"])
def merging_ask(request: Request, pk: int) -> Response:
    """Say that this member's account is one's own too."""
    found = Membership.objects.open().filter(body__in=Body.objects.of(who(request)))
    other = get_object_or_404(found.select_related("body", "person"), pk=pk)
    return act(request, lambda: mergings.ask(other, by=who(request), at=folkmoot_now()), MergingShown, made=True)


def on_merging(request: Request, pk: int, do: Callable[[Merging], Merging]) -> Response:
    """One act on a merging in a body of one's own."""
    visible = Merging.objects.filter(body__in=Body.objects.of(who(request)))
    merging = get_object_or_404(visible.select_related("body"), pk=pk)
    return act(request, lambda: do(merging), MergingShown)


@extend_schema(operation_id="merging_vouch", request=None, responses=MergingShown)
@api_view(["POST"])
def merging_vouch(request: Request, pk: int) -> Response:
    """Vouch that the two are one person."""
    return on_merging(request, pk, lambda merging: mergings.vouch(merging, by=who(request), at=folkmoot_now()))


@extend_schema(operation_id="merging_agree", request=None, responses=MergingShown)
@api_view(["POST"])
def merging_agree(request: Request, pk: int) -> Response:
    """Say, by the account that would end, that both are one's own."""
    return on_merging(request, pk, lambda merging: mergings.agree(merging, by=who(request), at=folkmoot_now()))


@extend_schema(operation_id="merging_stop", request=None, responses=MergingShown)
@api_view(["POST"])
def merging_stop(request: Request, pk: int) -> Response:
    """Stop it: these are two people, or it was a mistake."""
    return on_merging(request, pk, lambda merging: mergings.stop(merging, by=who(request), at=folkmoot_now()))
