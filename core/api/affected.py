"""Bodies that a proposal affects: named, asking to decide together, answered."""

from typing import ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from core.actions import affected as acting
from core.api import shown
from core.api.acting import act, taken, who
from core.api.proposals import seen
from core.api.taken import Shape, WordsTaken
from core.models import REASON_MAX, Affected, Body
from core.permissions.plain_words import newest_text
from core.timekeeping import folkmoot_now


class AffectedShown(serializers.ModelSerializer[Affected]):
    """A body that a proposal affects, with what its members read of it."""

    body = serializers.SlugRelatedField[Body](slug_field="slug", read_only=True)
    title = serializers.CharField(source="proposal.title", read_only=True)
    text = serializers.SerializerMethodField()

    class Meta:
        model = Affected
        fields: ClassVar = [
            *("proposal", "body", "title", "text", "why", "named_at", "asked_at", "answer", "words", "answered_at"),
        ]

    def get_text(self, affected: Affected) -> str:
        """The newest text."""
        return str(newest_text(affected.proposal).text)


class NameTaken(Shape):
    """A listed body by its slug, and how it is affected."""

    body = serializers.SlugField(max_length=80)
    why = serializers.CharField(max_length=500)


class AnswerTaken(Shape):
    """Agreed or refused, and why."""

    answer = serializers.ChoiceField(choices=["agreed", "refused"])
    words = serializers.CharField(max_length=REASON_MAX)


@extend_schema(operation_id="affected", methods=["GET"], request=None, responses=AffectedShown(many=True))
@extend_schema(operation_id="affected_name", methods=["POST"], request=NameTaken, responses={201: AffectedShown})
@api_view(["GET", "HEAD", "POST"])
def proposal_affected(request: Request, pk: int) -> Response:
    """The bodies that a proposal affects: read them, or name one."""
    proposal = seen(request, pk)
    if request.method != "POST":
        rows = proposal.affected.select_related("body", "proposal").order_by("pk")
        return Response(AffectedShown(rows, many=True).data)
    given = taken(NameTaken, request)
    body = get_object_or_404(Body.objects.filter(listed=True), slug=given["body"])
    return act(
        request,
        lambda: acting.name(proposal, body, given["why"], by=who(request), at=folkmoot_now()),
        AffectedShown,
        made=True,
    )


def seen_affected(request: Request, slug: str, pk: int) -> Affected:
    """What a proposal means for a body that it names, if the caller may see it; else 404."""
    visible = Affected.objects.visible_to(who(request)).select_related("proposal__body", "proposal__author", "body")
    return get_object_or_404(visible, body__slug=slug, proposal=pk)


@extend_schema(operation_id="affected_read", responses=AffectedShown)
@api_view(["GET", "HEAD"])
def affected_read(request: Request, slug: str, pk: int) -> Response:
    """A proposal of another body that affects this one."""
    return Response(AffectedShown(seen_affected(request, slug, pk)).data)


@extend_schema(operation_id="affected_ask", request=WordsTaken, responses={201: shown.ProposalShown})
@api_view(["POST"])
def affected_ask(request: Request, slug: str, pk: int) -> Response:
    """Propose to one's own body to ask for a joint decision."""
    affected, text = seen_affected(request, slug, pk), taken(WordsTaken, request)["text"]
    return act(
        request,
        lambda: acting.propose_to_ask(affected, text, by=who(request), at=folkmoot_now()),
        shown.ProposalShown,
        made=True,
    )


@extend_schema(operation_id="affected_answer", request=AnswerTaken, responses=AffectedShown)
@api_view(["POST"])
def affected_answer(request: Request, slug: str, pk: int) -> Response:
    """Answer a request to decide together."""
    affected, given = seen_affected(request, slug, pk), taken(AnswerTaken, request)
    return act(
        request,
        lambda: acting.answer(affected, given["answer"], given["words"], by=who(request), at=folkmoot_now()),
        AffectedShown,
    )
