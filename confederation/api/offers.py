"""Offers of mandates of confederations over the API: read one's own, and accept."""

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from confederation.actions import holding
from confederation.queries.seeing import own_offer
from core.api import shown
from core.api.acting import act, who
from core.timekeeping import folkmoot_now


@extend_schema(operation_id="offer_above", responses=shown.OfferShown)
@api_view(["GET", "HEAD"])
def offer_above(request: Request, pk: int) -> Response:
    """What the caller is asked to carry."""
    return Response(shown.OfferShown(own_offer(who(request), pk).proposal.offer).data)


@extend_schema(operation_id="offer_above_accept", request=None, responses=shown.OfferShown)
@api_view(["POST"])
def offer_above_accept(request: Request, pk: int) -> Response:
    """Say yes to it."""
    forward = own_offer(who(request), pk)
    return act(request, lambda: holding.accept(forward.proposal, by=who(request), at=folkmoot_now()), shown.OfferShown)
