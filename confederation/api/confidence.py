"""Confidence in mandates of confederations over the API: one's own, and that of one's body."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from confederation.actions import confidence
from confederation.api.seats import ANYTHING, WhyTaken
from confederation.queries.confidence import get_confidence_above
from confederation.queries.seeing import own_body, seen_mandate
from core.api import shown
from core.api.acting import act, taken, who
from core.timekeeping import folkmoot_now


class ConfidenceTaken(WhyTaken):
    """Why; and whether the body is to give its confidence back."""

    gives_back = serializers.BooleanField(required=False, default=False)


@extend_schema(operation_id="confidence_above", responses=ANYTHING)
@api_view(["GET", "HEAD"])
def confidence_above(request: Request, pk: int) -> Response:
    """What the caller has done, and what bodies of the caller's have decided; once it has ended, by how many."""
    page = get_confidence_above(seen_mandate(who(request), pk), who(request), at=folkmoot_now())
    ended = page.ended
    return Response(
        {
            "in_force": page.in_force,
            "mine": page.own.mine,
            "bodies": [{"body": each.body.slug, "withdrawn": each.withdrawn} for each in page.bodies],
            "ended": ended
            and {
                "bodies": [ended.bodies_withdrawn, ended.bodies],
                "people": [ended.people_withdrawn, ended.people],
            },
        }
    )


@extend_schema(operation_id="confidence_above_withdraw", request=None, responses=shown.MandateShown)
@api_view(["POST"])
def confidence_above_withdraw(request: Request, pk: int) -> Response:
    """Withdraw one's own confidence."""
    mandate = seen_mandate(who(request), pk)
    return act(request, lambda: confidence.withdraw(mandate, by=who(request)), shown.MandateShown)


@extend_schema(operation_id="confidence_above_give", request=None, responses=shown.MandateShown)
@api_view(["POST"])
def confidence_above_give(request: Request, pk: int) -> Response:
    """Give one's own confidence back."""
    mandate = seen_mandate(who(request), pk)
    return act(request, lambda: confidence.give_back(mandate, by=who(request)), shown.MandateShown)


@extend_schema(operation_id="confidence_propose", request=ConfidenceTaken, responses={201: shown.ProposalShown})
@api_view(["POST"])
def confidence_propose(request: Request, slug: str, pk: int) -> Response:
    """Propose to one's own body to withdraw its confidence, or to give it back."""
    body, mandate = own_body(who(request), slug), seen_mandate(who(request), pk)
    given = taken(ConfidenceTaken, request)
    return act(
        request,
        lambda: confidence.propose(body, mandate, given["text"], by=who(request), gives_back=given["gives_back"]),
        shown.ProposalShown,
        made=True,
    )
