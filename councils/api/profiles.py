"""Profiles of councils over the API."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import shown as core_shown
from core.api.acting import act, taken, who
from core.models import Body
from core.timekeeping import folkmoot_now
from councils.actions import profiles
from councils.api import shown
from councils.api import taken as shape
from councils.queries.profiles import get_profile


@extend_schema(operation_id="profile_read", responses=shown.ProfileShown)
@api_view(["GET", "HEAD"])
def profile_read(request: Request, slug: str) -> Response:
    """Whom a council is for; 404 where it has not said so."""
    found = get_profile(get_object_or_404(Body.objects.visible_to(who(request)), slug=slug))
    if found is None:
        raise Http404
    return Response(shown.ProfileShown(found).data)


@extend_schema(
    operation_id="profile_propose", request=shape.ProfileChangeTaken, responses={201: core_shown.ProposalShown}
)
@api_view(["POST"])
def profile_propose(request: Request, slug: str) -> Response:
    """Put another profile up for discussion."""
    body = get_object_or_404(Body.objects.of(who(request)), slug=slug)
    given = taken(shape.ProfileChangeTaken, request)
    words = {"title": given["title"], "text": given["text"]}
    return act(
        request,
        lambda: profiles.propose(body, shape.profile_of(given), by=who(request), at=folkmoot_now(), **words),
        core_shown.ProposalShown,
        made=True,
    )
