"""Who may do what about a defence body; members are members of the host."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.models import Body, Mandate, Membership, Person, Proposal
from core.permissions.members import is_deciding_member, is_member
from core.refusals import ALLOWED, Verdict, denied
from defense.models import Filling, Post
from defense.queries.standing import is_in_good_standing, trains_first

HOST_ONLY = _("Members of a defence body are members of the council it answers to. Join that first.")
PENDING = _(
    "Only members who have accepted both codes of conduct, in the version in force, can hold a post. Accept them first."
)


def may_join(person: Person, body: Body, _at: datetime) -> Verdict:
    """Only members of the host."""
    if body.kind != Body.Kind.DEFENSE:
        return ALLOWED
    if body.suspended_at is not None:
        return denied(_("This body is suspended. Nobody joins until it has another host."))
    if not Membership.objects.open().filter(body=body.host_id, person=person).exists():
        return denied(HOST_ONLY)
    return ALLOWED


def may_audit(person: Person, body: Body, at: datetime) -> Verdict:
    """Who holds a post in the body, as an expert too, does not audit it."""
    held = Mandate.objects.in_force(at).filter(person=person, granted_by__fills_post__post__body=body)
    return denied(_("Who holds a post in a body does not audit it.")) if held.exists() else ALLOWED


def may_be_posted(person: Person, proposal: Proposal, at: datetime) -> Verdict:
    """Members in good standing; an expert need not be a member, but audits the body for nobody."""
    post = post_of(proposal)
    if post is None:
        return ALLOWED
    if post.ended_at is not None:
        return denied(_("This post has ended."))
    auditing = Mandate.objects.in_force(at).filter(person=person, granted_by__audit__body=post.body_id)
    if auditing.exists():
        return denied(_("Who audits a body holds no post in it."))
    if not post.expert and not is_in_good_standing(person, post.body, at=at):
        return denied(PENDING)
    return ALLOWED


def post_of(proposal: Proposal) -> Post | None:
    """The post that an election fills; nothing for all other proposals."""
    if proposal.kind != "election":
        return None
    filling = Filling.objects.filter(proposal=proposal).select_related("post__body").first()
    return filling.post if filling is not None else None


def touched_by(proposal: Proposal) -> frozenset[int]:
    """The body whose post an election fills."""
    post = post_of(proposal)
    return frozenset([post.body_id] if post is not None else [])


def may_act(mandate: Mandate, at: datetime) -> Verdict:
    """A post rests while the membership of who holds it is pending, or training comes first; it does not end."""
    post = post_of(mandate.granted_by)
    if post is None or post.expert:
        return ALLOWED
    if trains_first(post.body).filter(membership__person=mandate.person).exists():
        return denied(_("This post rests until you have come to a training: so a panel has decided."))
    if is_in_good_standing(mandate.person, post.body, at=at):
        return ALLOWED
    return denied(
        _("This post rests: accept the new version of the codes of conduct first. The mandate goes on meanwhile.")
    )


def can_decide(person: Person, body: Body) -> Verdict:
    """The host decides code, posts and structure of a defence body (DESIGN 3.8): any of its members proposes."""
    if body.kind != Body.Kind.DEFENSE:
        return denied(_("This is not a defence body."))
    if body.ended_at is not None or body.host is None or body.suspended_at is not None:
        return denied(_("This body answers to no host any more."))
    return is_deciding_member(person, body.host)


def can_form(person: Person, host: Body) -> Verdict:
    """Members of a council; other kinds of bodies host none."""
    if host.kind != Body.Kind.COUNCIL:
        return denied(_("A defence body answers to a council."))
    return is_deciding_member(person, host)


def can_train(person: Person, body: Body) -> Verdict:
    """Any member of the body."""
    if body.kind != Body.Kind.DEFENSE:
        return denied(_("This is not a defence body."))
    return is_member(person, body)
