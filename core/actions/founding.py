"""How the first charter of a body comes into force: adopted by enough founding members, with nobody against it where it
takes their consensus.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actions import charters
from core.actions.telling import tell
from core.locks import Touched, take
from core.models import Body, Cause, Charter, CharterObjection, Membership, Person
from core.permissions.members import NOT_A_MEMBER, is_member, membership_of
from core.queries.charters import get_charter
from core.record import record
from core.refusals import Denied, Invalid, Stale, WrongStep
from core.registry import Asked, pillars_allow
from core.rules.founding import by_consensus, decides

REASON_MAX = 2000


def take_founder(charter: Charter, person: Person, *, at: datetime) -> tuple[Body, Membership]:
    """The locked body and the membership of somebody who has a say in the draft that they have read."""
    membership = membership_of(person, charter.body)
    taken = take(charter.body_id, Touched(memberships=frozenset([membership.pk] if membership else [])))
    body = taken.body
    is_member(person, body).or_deny()
    if body.adopted_at is not None:
        raise WrongStep(_("The charter is adopted already."))
    if get_charter(body).pk != charter.pk:
        raise Stale(_("The draft was changed meanwhile. Read the new one first."))
    pillars_allow(Asked.ADOPT, person, body, at=at).or_deny()
    found = taken.memberships.get(membership.pk) if membership else None
    if found is None or found.ended_at is not None:
        raise Denied(NOT_A_MEMBER)
    return body, found


def begin_if_agreed(body: Body, *, at: datetime) -> Body:
    """Bring the draft of a locked body into force, if its founding members agree on it by now."""
    if body.adopted_at is not None:
        return body
    charter = get_charter(body)
    standing = charter.objections.filter(taken_back_at=None, membership__ended_at=None)
    adopted = charter.adoptions.filter(membership__ended_at=None).count()
    members = Membership.objects.open().filter(body=body).count()
    if decides(adopted, needed=body.founders, members=members, objections=standing.count()):
        body.adopted_at = at
        body.save(update_fields=["adopted_at"])
        charters.bring_into_force(charter, at=at)
    return body


@transaction.atomic
def object(charter: Charter, reason: str, *, by: Person, at: datetime) -> CharterObjection:  # noqa: A001  (the verb)
    """A founding member objects to the draft and says why, where it takes consensus. Once more changes nothing."""
    body, membership = take_founder(charter, by, at=at)
    if not by_consensus(body.founders):
        raise WrongStep(_("Here a charter needs no consensus: do not adopt it, or change the draft."))
    reason = reason.strip()
    if not reason:
        raise Invalid(_("An objection needs its reason."))
    if len(reason) > REASON_MAX:
        raise Invalid(_("This is too long: a reason has at most 2,000 characters."))
    standing = charter.objections.filter(membership=membership, taken_back_at=None).first()
    if standing is not None:
        return standing
    objection = CharterObjection.objects.create(charter=charter, membership=membership, reason=reason, at=at)
    record("charter.objected_by", body, by=by, at=at, texts={"reason": reason}, charter=charter.number)
    tell(Cause.What.CHARTER_OBJECTED, body, key=str(objection.pk), at=at, by=by)
    return objection


@transaction.atomic
def take_back(charter: Charter, *, by: Person, at: datetime) -> Body:
    """Object no longer. If that was all that stood in the way, the charter is in force."""
    body, membership = take_founder(charter, by, at=at)
    objection = charter.objections.filter(membership=membership, taken_back_at=None).first()
    if objection is None:
        raise WrongStep(_("You do not object."))
    objection.taken_back_at = at
    objection.save(update_fields=["taken_back_at"])
    record("charter.objection_taken_back", body, by=by, at=at, charter=charter.number)
    return begin_if_agreed(body, at=at)
