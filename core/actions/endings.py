"""The end of a body: what is open ends with it, what it did stays readable (DESIGN section 3)."""

from datetime import datetime

from core.actions import applications, mandates, overtaking
from core.locks import Taken, Touched, take
from core.models import Application, Body, Invitation, Mandate, Membership, Proposal, Stage, Vote
from core.record import record

OPEN_STAGES = (Stage.DISCUSSION, Stage.VOTING, Stage.ROUND)


def touched_by_ending(body: Body) -> Touched:
    """All that ends with a body: its members, mandates, applications, and proposals that are not closed."""
    return Touched(
        memberships=frozenset(Membership.objects.open().filter(body=body).values_list("pk", flat=True)),
        applications=frozenset(
            Application.objects.filter(body=body, stage__in=Application.OPEN_STAGES).values_list("pk", flat=True)
        ),
        proposals=frozenset(Proposal.objects.filter(body=body, stage__in=OPEN_STAGES).values_list("pk", flat=True)),
        standing=True,
    )


def take_all(body: Body) -> Taken:
    """Lock all that ends with a body, in the one order."""
    votes = Vote.objects.open().filter(proposal__body=body).values_list("pk", flat=True)
    return take(body.pk, touched_by_ending(body), votes=list(votes))


def end(taken: Taken, *, at: datetime) -> Body:
    """End a body with all that is open in it. The caller has locked it by `take_all`, or holds all of it already.

    One line in the record says so for all members; mandates, proposals and applications have a line each.
    """
    body = taken.body
    body.ended_at = at
    body.save(update_fields=["ended_at"])
    record("body.ended", body, by=None, at=at)
    for mandate in taken.mandates.values():
        if mandate.ended_at is None:
            mandates.end(mandate, Mandate.Ending.BODY_ENDED, at=at)
    for proposal in Proposal.objects.filter(body=body, stage__in=OPEN_STAGES).order_by("pk"):
        overtaking.overtake(proposal, at=at)
    for application in Application.objects.filter(body=body, stage__in=Application.OPEN_STAGES).order_by("pk"):
        applications.end(application, Application.Stage.WITHDRAWN, at=at)
    Invitation.objects.filter(body=body, ended_at=None).update(ended_at=at)
    Membership.objects.open().filter(body=body).update(ended_at=at, ending=Membership.Ending.BODY_ENDED)
    return body
