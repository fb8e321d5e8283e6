"""What was signed: checkpoints of a body, one's own receipt, the house's keys."""

from typing import ClassVar

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, serializers
from rest_framework.decorators import api_view
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.acting import who
from core.api.lists import OfBody
from core.api.proposals import seen
from core.models import Checkpoint, Receipt, SigningKey, Vote
from core.queries.signing import get_receipt


class CheckpointShown(serializers.ModelSerializer[Checkpoint]):
    """A checkpoint; `note` is what was signed."""

    class Meta:
        model = Checkpoint
        fields: ClassVar = ["size", "root", "head", "at", "note"]


class ReceiptShown(serializers.ModelSerializer[Receipt]):
    """A receipt; `note` is what was signed."""

    class Meta:
        model = Receipt
        fields: ClassVar = ["change_no", "at", "note"]


class KeyShown(serializers.ModelSerializer[SigningKey]):
    """A public key; `rotation` is the note with which the key before it named this one."""

    class Meta:
        model = SigningKey
        fields: ClassVar = ["key_id", "text", "rotation", "at"]


@extend_schema_view(get=extend_schema(operation_id="checkpoint_list"))
class CheckpointList(OfBody[Checkpoint]):
    """Checkpoints of a record, newest first."""

    queryset = Checkpoint.objects.none()
    serializer_class = CheckpointShown

    def get_queryset(self) -> QuerySet[Checkpoint]:
        """All of them."""
        return Checkpoint.objects.of(self.body())


@extend_schema_view(get=extend_schema(operation_id="house_keys", auth=[]))
class HouseKeys(generics.ListAPIView[SigningKey]):
    """The keys with which this house signs and has signed, newest first; for everybody."""

    queryset = SigningKey.objects.order_by("-pk")
    serializer_class = KeyShown
    permission_classes = (AllowAny,)


@extend_schema(operation_id="receipt_read", responses=ReceiptShown)
@api_view(["GET", "HEAD"])
def receipt_read(request: Request, pk: int, number: int) -> Response:
    """One's own receipt in one vote, once it is signed."""
    vote = get_object_or_404(Vote, proposal=seen(request, pk), number=number)
    receipt = get_receipt(vote.pk, who(request))
    if receipt is None:
        raise Http404
    return Response(ReceiptShown(receipt).data)
