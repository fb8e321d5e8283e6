"""Elections: standing, stepping back, asking somebody to stand."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from core.actions import candidacies
from core.api import shown
from core.api import taken as shape
from core.api.acting import act, taken, who
from core.api.proposals import member, seen
from core.models import Candidacy
from core.refusals import Invalid
from core.timekeeping import folkmoot_now


@extend_schema(operation_id="candidacy_stand", request=shape.StandTaken, responses=shown.CandidacyShown)
@api_view(["POST"])
def candidacy_stand(request: Request, pk: int) -> Response:
    """Stand in an election, asked or of one's own accord."""
    proposal, given = seen(request, pk), taken(shape.StandTaken, request)
    return act(
        request,
        lambda: candidacies.stand(proposal, given["words"], by=who(request), at=folkmoot_now()),
        shown.CandidacyShown,
    )


@extend_schema(operation_id="candidacy_step_back", request=None, responses=shown.CandidacyShown)
@api_view(["POST"])
def candidacy_step_back(request: Request, pk: int) -> Response:
    """Step back, or say no."""
    proposal = seen(request, pk)
    return act(
        request, lambda: candidacies.step_back(proposal, by=who(request), at=folkmoot_now()), shown.CandidacyShown
    )


@extend_schema(operation_id="candidacy_propose", request=shape.CandidateTaken, responses={201: shown.CandidacyShown})
@api_view(["POST"])
def candidacy_propose(request: Request, pk: int) -> Response:
    """Ask another member to stand."""
    proposal, given = seen(request, pk), taken(shape.CandidateTaken, request)

    def propose() -> Candidacy:
        person = member(proposal.body, given["person"])
        if person is None:
            raise Invalid(_("Choose a member of this body."))
        return candidacies.propose(proposal, person, by=who(request), at=folkmoot_now())

    return act(request, propose, shown.CandidacyShown, made=True)
