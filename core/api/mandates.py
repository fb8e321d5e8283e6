"""Mandates: read one, report, resign, recall, withdraw confidence or give it back."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from core.actions import confidence, mandates, recalls
from core.actions.settling import settle_mandate
from core.api import shown
from core.api import taken as shape
from core.api.acting import act, taken, who
from core.models import Mandate


def seen(request: Request, pk: int) -> Mandate:
    """The mandate, if the caller may see it; else 404."""
    found = Mandate.objects.visible_to(who(request)).select_related("body", "person")
    return get_object_or_404(found, pk=pk)


@extend_schema(operation_id="mandate_read", responses=shown.MandateShown)
@api_view(["GET", "HEAD"])
def mandate_read(request: Request, pk: int) -> Response:
    """A mandate."""
    return Response(shown.MandateShown(seen(request, pk)).data)


@extend_schema(operation_id="report_list", methods=["GET"], request=None, responses=shown.ReportShown(many=True))
@extend_schema(
    operation_id="report_give", methods=["POST"], request=shape.WordsTaken, responses={201: shown.ReportShown}
)
@api_view(["GET", "HEAD", "POST"])
def mandate_reports(request: Request, pk: int) -> Response:
    """The reports, or a new one: an act under the mandate."""
    mandate = seen(request, pk)
    if request.method != "POST":
        return Response(shown.ReportShown(mandate.reports.order_by("at", "pk"), many=True).data)
    given = taken(shape.WordsTaken, request)
    settle_mandate(mandate)
    return act(request, lambda: mandates.report(mandate, given["text"], by=who(request)), shown.ReportShown, made=True)


@extend_schema(operation_id="mandate_resign", request=None, responses=shown.MandateShown)
@api_view(["POST"])
def mandate_resign(request: Request, pk: int) -> Response:
    """Give the mandate back."""
    mandate = seen(request, pk)
    settle_mandate(mandate)
    return act(request, lambda: mandates.resign(mandate, by=who(request)), shown.MandateShown)


@extend_schema(operation_id="mandate_recall", request=shape.WordsTaken, responses={201: shown.ProposalWhole})
@api_view(["POST"])
def mandate_recall(request: Request, pk: int) -> Response:
    """Open its recall."""
    mandate, given = seen(request, pk), taken(shape.WordsTaken, request)
    return act(
        request,
        lambda: recalls.open_recall(mandate, given["text"], by=who(request)),
        shown.ProposalWhole,
        made=True,
    )


@extend_schema(operation_id="confidence_withdraw", request=None, responses=shown.MandateShown)
@api_view(["POST"])
def confidence_withdraw(request: Request, pk: int) -> Response:
    """Withdraw one's confidence."""
    mandate = seen(request, pk)
    return act(request, lambda: confidence.withdraw(mandate, by=who(request)), shown.MandateShown)


@extend_schema(operation_id="confidence_give_back", request=None, responses=shown.MandateShown)
@api_view(["POST"])
def confidence_give_back(request: Request, pk: int) -> Response:
    """Give one's confidence back."""
    mandate = seen(request, pk)
    return act(request, lambda: confidence.give_back(mandate, by=who(request)), shown.MandateShown)
