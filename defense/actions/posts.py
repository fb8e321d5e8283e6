"""The chain of command: posts opened and closed by the host's decision, filled by the host's election."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actions import elections, proposals
from core.locks import lock, lock_all
from core.models import Body, Membership, Person, Proposal
from core.permissions.members import membership_of
from core.record import record
from core.refusals import Invalid
from core.registry import Impossible
from core.rules.lines import one_line
from defense.models import Closing, Filling, Post, Requirement, Training
from defense.permissions import bodies as may
from defense.rules.codes import POST_DAYS_AT_MOST

KIND, CLOSING = "post", "post_closing"
OPENED, CLOSED = "post.opened", "post.closed"
NOT_OPEN = _("This post is not open.")
UNDER_IT = _("Other posts stand under it. Close those first.")


@dataclass(frozen=True, slots=True)
class Place:
    """A post: its name, the one above it, whether it is an expert's, and which sorts of training it requires."""

    name: str
    above: Post | None = None
    expert: bool = False
    requires: tuple[str, ...] = ()


@transaction.atomic
def propose(body: Body, place: Place, why: str, *, by: Person, at: datetime) -> Proposal:
    """Propose, in the host, to open a post in a defence body."""
    host = body.host
    membership = membership_of(by, host) if host is not None else None
    lock_all(Membership, [membership.pk] if membership else [])  # first in the order; putting up takes it again
    may.can_decide(by, body).or_deny()
    name = one_line(place.name)
    if host is None or not name or len(name) > 120:
        raise Invalid(_("Say what the post is called."))
    if place.above is not None and (place.above.body_id != body.pk or place.above.ended_at is not None):
        raise Invalid(_("A post stands under another one of the same body."))
    if not set(place.requires) <= set(Training.Sort.values):
        raise Invalid(_("Choose trainings from the list."))
    title = _("Post in %(body)s: %(name)s") % {"body": body.name, "name": name}
    proposal = proposals.draft(host, by=by, at=at, title=str(title)[:120], text=why, kind=KIND)
    post = Post.objects.create(body=body, name=name, above=place.above, expert=place.expert, proposal=proposal)
    Requirement.objects.bulk_create(Requirement(post=post, sort=sort) for sort in sorted(set(place.requires)))
    return proposals.put_up(proposal, by=by, at=at)


def open_post(proposal: Proposal, *, at: datetime) -> Post:
    """The host has decided: the post is there, and can be filled. Called in the closing transaction."""
    post = proposal.opens_post
    if post.body.host_id != proposal.body_id or post.body.ended_at is not None:
        raise Impossible(_("The body does not answer to this host any more."))
    if post.above is not None and not post.above.is_open:
        raise Impossible(_("The post above it is not open."))
    post.in_force_at = at
    post.save(update_fields=["in_force_at"])
    record(OPENED, proposal.body, by=None, at=at, texts={"name": post.name}, proposal=proposal.pk, post=post.pk)
    record(OPENED, post.body, by=None, at=at, texts={"name": post.name}, proposal=None, post=post.pk)
    return post


@transaction.atomic
def call_election(post: Post, terms: elections.Terms, why: str, *, by: Person, at: datetime) -> Proposal:
    """Propose, in the host, to elect who holds a post; its roll is body and neighbours together."""
    body = post.body
    may.can_decide(by, body).or_deny()
    if body.host is None or not post.is_open:
        raise Invalid(NOT_OPEN)
    if terms.term_days > POST_DAYS_AT_MOST:
        raise Invalid(_("A post lasts a year at most."))
    proposal = proposals.draft(body.host, by=by, at=at, title=post.name, text=why, kind="election")
    elections.set_out(proposal, terms, by=by)
    Filling.objects.create(proposal=proposal, post=lock(post))
    return proposals.put_up(proposal, by=by, at=at)


@transaction.atomic
def propose_closing(post: Post, why: str, *, by: Person, at: datetime) -> Proposal:
    """Propose, in the host, to close a post that is no longer needed."""
    body = post.body
    host = body.host
    membership = membership_of(by, host) if host is not None else None
    lock_all(Membership, [membership.pk] if membership else [])  # first in the order; putting up takes it again
    may.can_decide(by, body).or_deny()
    if host is None or not post.is_open:
        raise Invalid(NOT_OPEN)
    if post.below.standing().exists():
        raise Invalid(UNDER_IT)
    title = _("Close a post in %(body)s: %(name)s") % {"body": body.name, "name": post.name}
    proposal = proposals.draft(host, by=by, at=at, title=str(title)[:120], text=why, kind=CLOSING)
    Closing.objects.create(proposal=proposal, post=lock(post))
    return proposals.put_up(proposal, by=by, at=at)


def close_post(proposal: Proposal, *, at: datetime) -> Post:
    """The host has decided: nobody is elected to it any more. Called in the closing transaction.

    Who holds it keeps the mandate to its end: closing a post ends none (DESIGN 3.4).
    """
    post = lock(proposal.closes_post.post)
    if post.body.host_id != proposal.body_id:
        raise Impossible(_("The body does not answer to this host any more."))
    if not post.is_open:
        raise Impossible(NOT_OPEN)
    if post.below.standing().exists():
        raise Impossible(UNDER_IT)
    post.ended_at = at
    post.save(update_fields=["ended_at"])
    record(CLOSED, proposal.body, by=None, at=at, texts={"name": post.name}, proposal=proposal.pk, post=post.pk)
    record(CLOSED, post.body, by=None, at=at, texts={"name": post.name}, proposal=None, post=post.pk)
    return post
