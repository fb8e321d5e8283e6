"""Proposing another charter: the draft and the proposal that would bring it into force."""

from datetime import datetime

from django.db import transaction

from core.actions import charters, proposals
from core.locks import lock, lock_all
from core.models import Body, Membership, Person, Proposal
from core.permissions.members import membership_of


@transaction.atomic
def propose(body: Body, content: charters.Draft, *, by: Person, at: datetime, title: str, text: str) -> Proposal:
    """Draft the next version of a charter and put it up for discussion."""
    membership = membership_of(by, body)
    lock_all(Membership, [membership.pk] if membership else [])  # first in the order; putting up takes it again
    body = lock(body)
    draft = charters.draft(body, content, at=at)
    proposal = proposals.draft(body, by=by, at=at, title=title, text=text, kind="charter", charter=draft)
    return proposals.put_up(proposal, by=by, at=at)
