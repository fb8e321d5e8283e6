"""Codes of conduct: proposed in the host, adopted, in force after two weeks, accepted by each member, on a day."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import CharField, Exists, Max, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from core.actions import proposals
from core.actions.telling import tell
from core.locks import lock, lock_all
from core.models import Body, Cause, Membership, Person, Proposal
from core.permissions.members import is_member, membership_of
from core.record import in_utc, record
from core.refusals import Invalid, Stale
from core.registry import Impossible
from core.timekeeping import folkmoot_now
from defense.models import CODE_MAX, Acceptance, Code
from defense.permissions import bodies as may
from defense.queries.standing import get_codes
from defense.rules.codes import OWN, in_force_from

KIND = "code"
ADOPTED, ACCEPTED = "code.adopted", "code.accepted"
COMING, PENDING = "code.coming", "code.pending"
REMINDED_BEFORE = timedelta(days=3)


@transaction.atomic
def propose(body: Body, scope: str, code: str, why: str, *, by: Person, at: datetime) -> Proposal:
    """Propose a version of a code in the host: of this body, or the confederation's for all that answer to the host."""
    host = body.host
    membership = membership_of(by, host) if host is not None else None
    lock_all(Membership, [membership.pk] if membership else [])  # first in the order; putting up takes it again
    may.can_decide(by, body).or_deny()
    code = code.strip()
    if host is None or not code or len(code) > CODE_MAX:
        raise Invalid(_("Write the code, in 20,000 characters at most."))
    names = {"body": body.name}
    title = _("Code of conduct of %(body)s") % names if scope == OWN else _("Code of conduct of the confederation")
    proposal = proposals.draft(host, by=by, at=at, title=str(title)[:120], text=why, kind=KIND)
    Code.objects.create(host=host, body=body if scope == OWN else None, proposal=proposal, text=code, drafted_at=at)
    return proposals.put_up(proposal, by=by, at=at)


def bodies_of(code: Code) -> Iterable[Body]:
    """The defence bodies that a code is for, in the order of their keys."""
    found = Body.objects.filter(kind=Body.Kind.DEFENSE, host=code.host_id, ended_at__isnull=True).order_by("pk")
    return found.filter(pk=code.body_id) if code.body_id is not None else found


def adopt(proposal: Proposal, *, at: datetime) -> Code:
    """The host has decided. Called in the closing transaction, which holds the bodies that it is for."""
    code = proposal.code
    if code.body is not None and code.body.host_id != code.host_id:
        raise Impossible(_("The body does not answer to this host any more."))
    before = Code.objects.filter(host=code.host_id, body=code.body_id).aggregate(last=Max("number"))["last"]
    code.number = (before or 0) + 1
    code.adopted_at, code.in_force_at = at, in_force_from(at, first=code.number == 1)
    code.save(update_fields=["number", "adopted_at", "in_force_at"])
    said = {"number": code.number, "scope": code.scope, "in_force": in_utc(code.in_force_at)}
    record(ADOPTED, proposal.body, by=None, at=at, texts={"code": code.text}, proposal=proposal.pk, **said)
    for body in bodies_of(code):
        record(ADOPTED, body, by=None, at=at, texts={"code": code.text}, proposal=None, **said)
        tell_of(ADOPTED, body, f"{code.pk}.{body.pk}", at=at)
    return code


@transaction.atomic
def accept(body: Body, scope: str, number: int, *, by: Person) -> Acceptance:
    """A member accepts the newest version of a code; again, nothing changes. Reads the clock after its locks."""
    membership = membership_of(by, body)
    lock_all(Membership, [membership.pk] if membership else [])
    body = lock(body)
    is_member(by, body).or_deny()
    at = folkmoot_now()
    codes = get_codes(body, at=at).get(scope)
    newest = codes.newest if codes is not None else None
    if newest is None or membership is None:
        raise Invalid(_("There is no such code yet."))
    if newest.number != number:
        raise Stale(_("There is a newer version of this code. Read and accept that one."))
    given, fresh = Acceptance.objects.get_or_create(membership=membership, code=newest, defaults={"at": at})
    if fresh:
        record(ACCEPTED, body, by=by, at=at, scope=scope, number=number)
    return given


def tell_of(what: str, body: Body, key: str, *, at: datetime, person: Person | None = None) -> None:
    """News about a code; it leads to the page where it is accepted."""
    tell(what, body, key=key, at=at, title=body.name, path=f"{body.get_absolute_url()}codes/", person=person)


def to_remind(at: datetime) -> Iterable[int]:
    """New versions that come into force within three days, or have, and of which members were not reminded."""
    lately = Code.objects.adopted().filter(number__gt=1, in_force_at__gt=at - timedelta(days=60))
    coming = lately.filter(in_force_at__gt=at, in_force_at__lte=at + REMINDED_BEFORE).exclude(told(COMING))
    begun = lately.filter(in_force_at__lte=at).exclude(told(PENDING))
    return [*coming.values_list("pk", flat=True), *begun.values_list("pk", flat=True)]


def told(what: str) -> Exists:
    """Whether such news of a code was queued."""
    start = Concat(Value(f"{what}:"), Cast(OuterRef("pk"), CharField()), Value("."))
    return Exists(Cause.objects.filter(what=what, key__startswith=start))


@transaction.atomic
def remind(code_id: int) -> bool:
    """Remind members who have not accepted it: before it is in force, and once it is. Once each, whoever calls it."""
    code = lock(Code(pk=code_id))
    at = folkmoot_now()
    if code.in_force_at is None or code.in_force_at > at + REMINDED_BEFORE:
        return False
    what = PENDING if code.in_force_at <= at else COMING
    if Code.objects.filter(pk=code_id).filter(told(what)).exists():
        return False
    for body in bodies_of(code):
        tell_of(what, body, f"{code.pk}.{body.pk}", at=at)
    return True
