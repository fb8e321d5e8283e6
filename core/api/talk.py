"""The words of a proposal: other words for a passage, summaries, how it feels."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from core.actions import amendments, summaries, temperatures
from core.api.acting import act, taken, who
from core.api.proposals import seen
from core.api.shown import PersonShown
from core.api.taken import Shape
from core.models import REASON_MAX, SUMMARY_MAX, Amendment, Proposal, Summary, Temperature
from core.queries.talk import get_feeling
from core.rules.passages import PASSAGE_MAX
from core.timekeeping import folkmoot_now


class AmendmentShown(serializers.ModelSerializer[Amendment]):
    """Other words for a passage, and what became of them."""

    author = PersonShown(read_only=True)
    version = serializers.IntegerField(source="version.number", read_only=True)
    made = serializers.IntegerField(source="made.number", read_only=True, allow_null=True, default=None)

    class Meta:
        model = Amendment
        fields: ClassVar = [
            "id",
            "proposal",
            "number",
            "author",
            "version",
            "passage",
            "words",
            "reason",
            "at",
            "state",
            "answered_at",
            "answer",
            "made",
            "stands_at",
        ]


class AmendmentTaken(Shape):
    """A passage that stands exactly once in version `seen`, the newest; other words for it, or none; and why."""

    passage = serializers.CharField(max_length=PASSAGE_MAX)
    words = serializers.CharField(max_length=PASSAGE_MAX, required=False, allow_blank=True, default="")
    reason = serializers.CharField(max_length=REASON_MAX)
    seen = serializers.IntegerField(min_value=1)


class ReasonTaken(Shape):
    """Why not."""

    reason = serializers.CharField(max_length=REASON_MAX)


class SummaryShown(serializers.ModelSerializer[Summary]):
    """A summary of the talk, or of the text in plain words."""

    author = PersonShown(read_only=True)

    class Meta:
        model = Summary
        fields: ClassVar = ["id", "proposal", "of", "number", "text", "author", "at"]


class SummaryTaken(Shape):
    """The next summary, written from number `seen`; 0 if there is none yet."""

    of = serializers.ChoiceField(choices=Summary.Of.choices)
    text = serializers.CharField(max_length=SUMMARY_MAX)
    seen = serializers.IntegerField(min_value=0)


class FeelTaken(Shape):
    """How it feels to you now."""

    feels = serializers.ChoiceField(choices=Temperature.Feels.choices)


@extend_schema_field({"type": "object", "additionalProperties": {"type": "integer"}})
class CountsField(serializers.JSONField):
    """How many gave each answer."""


class FeelingShown(serializers.Serializer[Any]):
    """How it feels to how many; never to whom. It binds nobody."""

    counts = CountsField(read_only=True)
    mine = serializers.CharField(read_only=True)


class FeltShown(serializers.ModelSerializer[Temperature]):
    """One's own answer."""

    class Meta:
        model = Temperature
        fields: ClassVar = ["proposal", "feels", "at"]


@extend_schema(operation_id="amendments", methods=["GET"], request=None, responses=AmendmentShown(many=True))
@extend_schema(
    operation_id="amendment_propose", methods=["POST"], request=AmendmentTaken, responses={201: AmendmentShown}
)
@api_view(["GET", "HEAD", "POST"])
def proposal_amendments(request: Request, pk: int) -> Response:
    """Other words: read them, or propose some."""
    proposal = seen(request, pk)
    if request.method != "POST":
        rows = proposal.amendments.select_related("author", "version", "made").order_by("number")
        return Response(AmendmentShown(rows, many=True).data)
    given = taken(AmendmentTaken, request)
    return act(
        request,
        lambda: amendments.propose(proposal, **given, by=who(request), at=folkmoot_now()),
        AmendmentShown,
        made=True,
    )


def seen_amendment(request: Request, pk: int) -> Amendment:
    """Other words that the caller may see; else 404."""
    visible = Amendment.objects.filter(proposal__in=Proposal.objects.visible_to(who(request)))
    return get_object_or_404(visible.select_related("proposal__body", "author", "version", "made"), pk=pk)


@extend_schema(operation_id="amendment_accept", request=None, responses=AmendmentShown)
@api_view(["POST"])
def amendment_accept(request: Request, pk: int) -> Response:
    """Take the words over: a new version with exactly that passage replaced."""
    words = seen_amendment(request, pk)
    return act(request, lambda: amendments.accept(words, by=who(request), at=folkmoot_now()), AmendmentShown)


@extend_schema(operation_id="amendment_decline", request=ReasonTaken, responses=AmendmentShown)
@api_view(["POST"])
def amendment_decline(request: Request, pk: int) -> Response:
    """Say why they are not taken over."""
    words, reason = seen_amendment(request, pk), taken(ReasonTaken, request)["reason"]
    return act(request, lambda: amendments.decline(words, reason, by=who(request), at=folkmoot_now()), AmendmentShown)


@extend_schema(operation_id="amendment_withdraw", request=None, responses=AmendmentShown)
@api_view(["POST"])
def amendment_withdraw(request: Request, pk: int) -> Response:
    """Take one's words back."""
    words = seen_amendment(request, pk)
    return act(request, lambda: amendments.withdraw(words, by=who(request), at=folkmoot_now()), AmendmentShown)


@extend_schema(operation_id="amendment_let_stand", request=None, responses=AmendmentShown)
@api_view(["POST"])
def amendment_let_stand(request: Request, pk: int) -> Response:
    """Bring the words to the vote as an alternative."""
    words = seen_amendment(request, pk)
    return act(request, lambda: amendments.let_stand(words, by=who(request), at=folkmoot_now()), AmendmentShown)


@extend_schema(operation_id="feeling", methods=["GET"], request=None, responses=FeelingShown)
@extend_schema(operation_id="proposal_feel", methods=["POST"], request=FeelTaken, responses=FeltShown)
@api_view(["GET", "HEAD", "POST"])
def proposal_feel(request: Request, pk: int) -> Response:
    """How it feels: read how many said what, or say it oneself."""
    proposal = seen(request, pk)
    if request.method != "POST":
        return Response(FeelingShown(get_feeling(proposal, who(request))).data)
    feels = taken(FeelTaken, request)["feels"]
    return act(request, lambda: temperatures.feel(proposal, feels, by=who(request), at=folkmoot_now()), FeltShown)


@extend_schema(operation_id="summaries", methods=["GET"], request=None, responses=SummaryShown(many=True))
@extend_schema(operation_id="summary_write", methods=["POST"], request=SummaryTaken, responses={201: SummaryShown})
@api_view(["GET", "HEAD", "POST"])
def proposal_summaries(request: Request, pk: int) -> Response:
    """Summaries of the talk and of the text, the oldest first; or write the next one."""
    proposal = seen(request, pk)
    if request.method != "POST":
        rows = proposal.summaries.select_related("author").order_by("of", "number")
        return Response(SummaryShown(rows, many=True).data)
    given = taken(SummaryTaken, request)
    return act(
        request,
        lambda: summaries.write(proposal, **given, by=who(request), at=folkmoot_now()),
        SummaryShown,
        made=True,
    )
