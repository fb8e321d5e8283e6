"""The kinds of proposals about defence bodies, all of the host, and what adopting each one does."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.locks import Touched
from core.models import Body, Mandate, Proposal
from core.registry import CaseOutcome, Kind, Panel, register, register_outcome
from core.rules.terms import Matter
from defense.actions import codes, forming, outcomes, posts
from defense.models import Code


def form_body(proposal: Proposal, at: datetime) -> None:
    """The defence body is there."""
    forming.form(proposal, at=at)


def adopt_code(proposal: Proposal, at: datetime) -> None:
    """The version is in force, after two weeks if there was one before."""
    codes.adopt(proposal, at=at)


def open_post(proposal: Proposal, at: datetime) -> None:
    """The post is there."""
    posts.open_post(proposal, at=at)


def close_post(proposal: Proposal, at: datetime) -> None:
    """The post is closed."""
    posts.close_post(proposal, at=at)


def code_touches(proposal: Proposal) -> Touched:
    """The bodies that it is for: nobody is given a post there meanwhile."""
    return Touched(bodies=frozenset(body.pk for body in codes.bodies_of(proposal.code)))


def post_touches(proposal: Proposal) -> Touched:
    """The body whose post it is."""
    return Touched(bodies=frozenset([proposal.opens_post.body_id]))


def closing_touches(proposal: Proposal) -> Touched:
    """The body whose post it is."""
    return Touched(bodies=frozenset([proposal.closes_post.post.body_id]))


def body_shown(proposal: Proposal) -> Panel:
    """What would be formed."""
    return Panel("defense/_body_proposed.html", {"plan": proposal.forms_defense})


def code_shown(proposal: Proposal) -> Panel:
    """The code as it would be, and what changes."""
    code = proposal.code
    earlier = Code.objects.adopted().filter(host=code.host_id, body=code.body_id).exclude(pk=code.pk)
    if code.number is not None:
        earlier = earlier.filter(number__lt=code.number)
    return Panel("defense/_code_proposed.html", {"code": code, "before": earlier.order_by("-number").first()})


def post_shown(proposal: Proposal) -> Panel:
    """The post that would be opened."""
    post = proposal.opens_post
    return Panel("defense/_post_proposed.html", {"post": post, "requires": list(post.requires.order_by("sort"))})


def closing_shown(proposal: Proposal) -> Panel:
    """The post that would be closed, and until when somebody holds it."""
    post = proposal.closes_post.post
    held = Mandate.objects.filter(granted_by__fills_post__post=post, ended_at=None).select_related("person")
    return Panel("defense/_closing_proposed.html", {"post": post, "held": list(held.order_by("starts_at", "pk"))})


def register_defense_kinds() -> None:
    """Called once at start-up."""

    def ordinary(_proposal: Proposal) -> Matter:
        return Matter.ORDINARY

    register(Kind(forming.KIND, _("New defence body"), ordinary, form_body, shows=body_shown))
    register(Kind(codes.KIND, _("Code of conduct"), ordinary, adopt_code, touches=code_touches, shows=code_shown))
    register(Kind(posts.KIND, _("Post in a defence body"), ordinary, open_post, touches=post_touches, shows=post_shown))
    shut = Kind(posts.CLOSING, _("End of a post"), ordinary, close_post, touches=closing_touches, shows=closing_shown)
    register(shut)


def register_defense_outcomes() -> None:
    """What a case about conduct in a defence body can lead to, beside no case, pardon and commendation; called once."""
    here = frozenset({Body.Kind.DEFENSE.value})

    def ends(name: str, label: Promise) -> CaseOutcome:
        return CaseOutcome(name, label, outcomes.end_post, outcomes.mandate_touched, ends_mandate=True, kinds=here)

    register_outcome(ends("post_removal", _("Removal from the post, or from another mandate")))
    moved = _("Reassignment: this post ends, and the council can elect them to another one")
    register_outcome(ends("reassignment", moved))
    again = _("Training: a post rests until they have come to one")
    register_outcome(CaseOutcome("training", again, outcomes.train, outcomes.member_touched, kinds=here))
    gone = _("Dismissal to civilian life: the membership here ends, with all posts")
    register_outcome(CaseOutcome("dismissal", gone, outcomes.dismiss, outcomes.dismissal_touches, kinds=here))
