"""A council becomes two, over the API."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import shown as core_shown
from core.api.acting import act, taken, who
from core.models import Body, Proposal
from core.timekeeping import folkmoot_now
from councils.actions import splits
from councils.api import taken as shape
from councils.models import Split


@extend_schema(operation_id="split_propose", request=shape.SplitTaken, responses={201: core_shown.ProposalShown})
@api_view(["POST"])
def split_propose(request: Request, slug: str) -> Response:
    """Propose that a council becomes two."""
    body = get_object_or_404(Body.objects.of(who(request)), slug=slug)
    given = taken(shape.SplitTaken, request)
    names = (given["first"], given["second"])
    return act(
        request,
        lambda: splits.propose(body, names, given["text"], by=who(request), at=folkmoot_now()),
        core_shown.ProposalShown,
        made=True,
    )


@extend_schema(operation_id="split_choose", request=shape.PartTaken, responses=core_shown.ProposalShown)
@api_view(["POST"])
def split_choose(request: Request, pk: int) -> Response:
    """Say to which of the two one goes; `pk` is the proposal's."""
    mine = Split.objects.filter(proposal__body__in=Body.objects.of(who(request))).select_related("proposal__body")
    split = get_object_or_404(mine, proposal=pk)
    part = taken(shape.PartTaken, request)["part"]

    def choose() -> Proposal:
        splits.choose(split, part, by=who(request))
        return split.proposal

    return act(request, choose, core_shown.ProposalShown)
