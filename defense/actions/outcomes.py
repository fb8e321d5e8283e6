"""What the outcome of a case does in a defence body: a post ends, training comes first, a member goes (DESIGN 6)."""

from datetime import datetime

from core.actions import findings, memberships
from core.locks import Touched
from core.models import Case, Mandate, Membership
from core.record import record
from core.registry import NO_LONGER_MEMBER, Impossible
from defense.models import Retraining

ORDERED = "training.ordered"


def member_of(case: Case) -> Membership | None:
    """The membership in the body of whom the case is about."""
    mine = Membership.objects.open().filter(body=case.body_id, person=case.subject_id)
    return mine.select_related("body", "person").first()


def posts_of(case: Case) -> frozenset[int]:
    """The mandates for posts in the body that they hold."""
    held = Mandate.objects.filter(
        person=case.subject_id, ended_at=None, granted_by__fills_post__post__body=case.body_id
    )
    return frozenset(held.values_list("pk", flat=True))


def mandate_touched(case: Case) -> Touched:
    """The mandate that ends."""
    return Touched(mandates=frozenset([case.mandate_id] if case.mandate_id else []))


def end_post(case: Case, at: datetime) -> None:
    """The post ends. Who held it stays a member, and can be elected to another one."""
    findings.end_mandate(case, at=at)


def member_touched(case: Case) -> Touched:
    """The membership, in its body."""
    membership = member_of(case)
    found = frozenset([membership.pk] if membership is not None else [])
    return Touched(memberships=found, bodies=frozenset([case.body_id]))


def train(case: Case, at: datetime) -> None:
    """A post that the member holds, or is given, rests until they have come to a training."""
    membership = require_member(case)
    Retraining.objects.create(membership=membership, case=case, at=at)
    record(ORDERED, case.body, by=membership, at=at)


def dismissal_touches(case: Case) -> Touched:
    """All that goes with a member, and the posts that the host has given them."""
    membership = member_of(case)
    going = memberships.touched_by_going(membership) if membership is not None else Touched()
    return Touched(
        memberships=going.memberships,
        bodies=going.bodies | {case.body_id},
        mandates=posts_of(case),
        standing=True,
    )


def dismiss(case: Case, at: datetime) -> None:
    """Dismissed to civilian life: the membership ends with all posts; in the council nothing changes."""
    membership = require_member(case)
    for mandate in Mandate.objects.filter(pk__in=posts_of(case)).order_by("pk"):
        findings.end_by_panel(mandate, at=at)
    memberships.remove(membership, at=at, panel=True)


def require_member(case: Case) -> Membership:
    """Whom it is about, as a member of the body; `Impossible` if they have left."""
    membership = member_of(case)
    if membership is None:
        raise Impossible(NO_LONGER_MEMBER)
    return membership
