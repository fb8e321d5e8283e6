"""What several bodies decide alike, over the API: becoming one, having a host."""

from typing import ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from core.actions import accords, hosts, unions
from core.api import shown
from core.api.acting import act, taken, who
from core.api.lists import OfBody
from core.api.taken import Shape
from core.models import TEXT_MAX, Accord, AccordSide, Body
from core.queries.accords import possible_hosts, possible_partners
from core.rules.accords import OTHERS_AT_MOST
from core.timekeeping import folkmoot_now


class AccordSideShown(serializers.ModelSerializer[AccordSide]):
    """One of the bodies, and the stage of its own proposal; none until it was put up there."""

    body = serializers.SlugRelatedField[Body](slug_field="slug", read_only=True)
    stage = serializers.CharField(source="proposal.stage", read_only=True, default=None, allow_null=True)

    class Meta:
        model = AccordSide
        fields: ClassVar = ["body", "first", "stage"]


class AccordShown(serializers.ModelSerializer[Accord]):
    """What bodies decide alike; `lead` goes on, or is host."""

    lead = serializers.SlugRelatedField[Body](slug_field="slug", read_only=True)
    sides = AccordSideShown(many=True, read_only=True)

    class Meta:
        model = Accord
        fields: ClassVar = [
            *("id", "kind", "title", "text", "lead", "sides", "begun_at", "asked_at", "done_at", "fell_at", "why"),
        ]


class UnionTaken(Shape):
    """Listed bodies by their slugs, which of all goes on, and why."""

    others = serializers.ListField(child=serializers.SlugField(max_length=80), min_length=1, max_length=OTHERS_AT_MOST)
    lead = serializers.SlugField(max_length=80)
    text = serializers.CharField(max_length=TEXT_MAX)


class HostTaken(Shape):
    """A listed council or confederation by its slug, and why."""

    host = serializers.SlugField(max_length=80)
    text = serializers.CharField(max_length=TEXT_MAX)


@extend_schema_view(get=extend_schema(operation_id="accord_list"))
class AccordList(OfBody[Accord]):
    """What a body decides, or has decided, together with others; also what it is asked."""

    queryset = Accord.objects.none()
    serializer_class = AccordShown

    def get_queryset(self) -> QuerySet[Accord]:
        """Of a body the caller is a member of."""
        visible = Accord.objects.visible_to(who(self.request)).filter(sides__body=self.body())
        return visible.select_related("lead").prefetch_related("sides__body", "sides__proposal").order_by("-begun_at")


def own_body(request: Request, slug: str) -> Body:
    """A body that the caller is a member of; else 404."""
    return get_object_or_404(Body.objects.of(who(request)), slug=slug)


@extend_schema(operation_id="union_propose", request=UnionTaken, responses={201: shown.ProposalShown})
@api_view(["POST"])
def union_propose(request: Request, slug: str) -> Response:
    """Propose that bodies become one. The others are asked once this one has adopted it."""
    body, given = own_body(request, slug), taken(UnionTaken, request)
    others = [get_object_or_404(possible_partners(body), slug=each) for each in given["others"]]
    lead = get_object_or_404(Body.objects.filter(pk__in=[body.pk, *(each.pk for each in others)]), slug=given["lead"])
    return act(
        request,
        lambda: unions.propose(body, others, lead, given["text"], by=who(request), at=folkmoot_now()),
        shown.ProposalShown,
        made=True,
    )


@extend_schema(operation_id="host_propose", request=HostTaken, responses={201: shown.ProposalShown})
@api_view(["POST"])
def host_propose(request: Request, slug: str) -> Response:
    """Propose a host for one's body. The host is asked once the body has adopted it."""
    body, given = own_body(request, slug), taken(HostTaken, request)
    host = get_object_or_404(possible_hosts(body), slug=given["host"])
    return act(
        request,
        lambda: hosts.propose(body, host, given["text"], by=who(request), at=folkmoot_now()),
        shown.ProposalShown,
        made=True,
    )


@extend_schema(operation_id="accord_take_up", request=None, responses={201: shown.ProposalShown})
@api_view(["POST"])
def accord_take_up(request: Request, slug: str, pk: int) -> Response:
    """Put before one's own body what another one asks it to decide."""
    body = get_object_or_404(Body.objects.of(who(request)), slug=slug, accords__accord=pk)
    accord = get_object_or_404(Accord.objects.visible_to(who(request)), pk=pk)
    return act(
        request,
        lambda: accords.take_up(accord, body, by=who(request), at=folkmoot_now()),
        shown.ProposalShown,
        made=True,
    )
