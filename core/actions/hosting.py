"""What a host decides about a body that answers to it: its restructuring, and the end of its recognition."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.actions import proposals
from core.actions.proposals import Todo
from core.actions.telling import tell
from core.locks import lock, lock_all
from core.models import Body, HostedMatter, Membership, Person, Proposal
from core.permissions import hosting as may
from core.permissions.members import membership_of
from core.record import record
from core.registry import Impossible

WITHDRAWN = "recognition.withdrawn"
LOST = "recognition.lost"


@transaction.atomic
def propose(host: Body, body: Body, kind: str, title: str, text: str, *, by: Person, at: datetime) -> Proposal:
    """Propose, in the host, to restructure a body that answers to it, or to recognise it no longer."""
    membership = membership_of(by, host)
    lock_all(Membership, [membership.pk] if membership else [])  # first in the order; putting up takes it again
    body = next(row for row in lock_all(Body, [host.pk, body.pk]) if row.pk == body.pk)
    may.can_propose(by, host, body, kind).or_deny()
    todo = Todo(_("Carry it out together with %(body)s") % {"body": body.name})
    tasks = [todo] if kind == may.RESTRUCTURING else []
    proposal = proposals.draft(host, by=by, at=at, title=title, text=text, kind=kind, tasks=tasks)
    HostedMatter.objects.create(proposal=proposal, body=body)
    return proposals.put_up(proposal, by=by, at=at)


def end_recognition(proposal: Proposal, *, at: datetime) -> Body:
    """The body no longer answers to this host; one that cannot be without a host is suspended.

    Called in the closing transaction, which holds both bodies.
    """
    body = lock(proposal.hosted_matter.body)  # held already by the closer
    if body.host_id != proposal.body_id or body.ended_at is not None:
        raise Impossible(_("The body does not answer to this host any more."))
    body.host = None
    if body.kind in may.GOVERNED:
        body.suspended_at = at
    body.save(update_fields=["host", "suspended_at"])
    record(WITHDRAWN, proposal.body, by=None, at=at, texts={"body": body.name}, proposal=proposal.pk)
    record(LOST, body, by=None, at=at, suspended=body.suspended_at is not None)
    tell(LOST, body, key=str(proposal.pk), at=at, title=body.name, path=body.get_absolute_url())
    return body
