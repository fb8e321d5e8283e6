"""The end of a body: decided as a charter change, in force after 30 days. What is open ends with it, what it did stays
readable (DESIGN section 3).
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.actions import applications, mandates, overtaking, proposals
from core.actions.telling import tell
from core.locks import Taken, Touched, lock, lock_all, own_vote, take
from core.models import Application, Body, Cause, Invitation, Mandate, Membership, Person, Proposal, Stage, Vote
from core.permissions.members import is_deciding_member, membership_of
from core.record import record
from core.refusals import Invalid, WrongStep
from core.rules.ending import NOTICE
from core.timekeeping import folkmoot_now

KIND = "dissolution"

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
    votes = Vote.objects.open().filter(proposal__body=body).order_by("pk")
    known = list(votes.values_list("pk", flat=True))
    taken = take(body.pk, touched_by_ending(body), votes=known)
    for opened_meanwhile in votes.exclude(pk__in=known).values_list("pk", flat=True):  # none any more, from here on
        own_vote(opened_meanwhile)
    return taken


@transaction.atomic
def propose(body: Body, text: str, *, by: Person, at: datetime) -> Proposal:
    """Propose that a body ends; the text says why, and what becomes of what it holds."""
    membership = membership_of(by, body)
    lock_all(Membership, [membership.pk] if membership else [])  # first in the order; putting up takes it again
    body = lock(body)
    is_deciding_member(by, body).or_deny()
    if body.hosted.filter(ended_at=None).exists():
        raise Invalid(_("Other bodies answer to this one. They choose a new host first."))
    if under_way(body).exists():
        raise WrongStep(_("It is proposed already that this body ends. Speak and vote there."))
    title = str(_("End %(body)s") % {"body": body.name})[:120]
    proposal = proposals.draft(body, by=by, at=at, title=title, text=text, kind=KIND)
    return proposals.put_up(proposal, by=by, at=at)


def under_way(body: Body, *kinds: str) -> QuerySet[Proposal]:
    """Proposals of these kinds that are being decided, or adopted and in force; to end a body, if none is named."""
    of_kinds = Proposal.objects.filter(body=body, kind__in=kinds or [KIND])
    decided = Q(stage=Stage.ADOPTED, stands=True, ended_at=None, effect="")
    return of_kinds.filter(decided | Q(stage__in=OPEN_STAGES))


def due(at: datetime) -> Iterable[int]:
    """Adopted decisions to end a body whose 30 days have passed. While bodies answer to it, it goes on."""
    decided = Proposal.objects.in_force().filter(kind=KIND, closed_at__lte=at - NOTICE, body__ended_at=None)
    return decided.exclude(body__hosted__in=Body.objects.filter(ended_at=None)).values_list("pk", flat=True)


def end_if_due(proposal_id: int) -> bool:
    """End the body that has decided so, on its day; False if it is not due, or a later decision has replaced this one.

    Idempotent; called by settle().
    """
    with transaction.atomic():
        body = Body.objects.get(proposals=proposal_id)
        taken = take_all(body)
        at = folkmoot_now()
        if taken.body.ended_at is not None or proposal_id not in due(at):
            return False
        end(taken, at=at, proposal=proposal_id)
        return True


def end(taken: Taken, *, at: datetime, proposal: int | None = None) -> Body:
    """End a body with all that is open in it. The caller has locked it by `take_all`, or holds all of it already.

    `proposal` is the key of the decision; a founding that ran out of time has none. One line in the record says so for
    all members; mandates, proposals and applications have a line each.
    """
    body = taken.body
    body.ended_at = at
    body.save(update_fields=["ended_at"])
    record("body.ended", body, by=None, at=at, proposal=proposal)
    for mandate in taken.mandates.values():
        if mandate.ended_at is None:
            mandates.end(mandate, Mandate.Ending.BODY_ENDED, at=at)
    for still_open in Proposal.objects.filter(body=body, stage__in=OPEN_STAGES).order_by("pk"):
        overtaking.overtake(still_open, at=at)
    for application in Application.objects.filter(body=body, stage__in=Application.OPEN_STAGES).order_by("pk"):
        applications.end(application, Application.Stage.WITHDRAWN, at=at)
    Invitation.objects.filter(body=body, ended_at=None).update(ended_at=at)
    Membership.objects.open().filter(body=body).update(ended_at=at, ending=Membership.Ending.BODY_ENDED)
    tell(Cause.What.BODY_ENDED, body, key=str(body.pk), at=at)
    return body
