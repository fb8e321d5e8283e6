"""Becoming a member, leaving, being removed."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, transaction
from django.utils.translation import gettext_lazy as _

from core.actions import confidence, founding, mandates
from core.actions.telling import tell
from core.locks import Taken, Touched, take
from core.models import Body, Cause, Mandate, Membership, Person
from core.permissions.members import NOT_A_MEMBER, membership_of
from core.queries.charters import get_charter
from core.record import in_utc, label, record
from core.refusals import Denied, Stale
from core.registry import Asked, Impossible, deny_for_the_database, needs_this_one, pillars_allow
from core.timekeeping import folkmoot_now


def admit(
    body: Body,
    person: Person,
    *,
    at: datetime,
    invited_by: Membership | None = None,
    vouched_by: list[str] | None = None,
    application: int | None = None,
    removal: int | None = None,
    voice_now: bool = False,
    quietly: bool = False,
) -> Membership:
    """Make somebody a member of a locked body, in the caller's transaction. Being one already changes nothing.

    Who joins before the charter is adopted has a voice at once, everybody else after the charter's waiting
    time. `vouched_by` are the labels of those who vouched. `application` and `removal` are the keys of what lets
    somebody in: an admission, or the removal that an appeal has overturned. `quietly` tells nobody: many come at once.
    """
    existing = membership_of(person, body)
    if existing is not None:
        return existing
    waits = timedelta(0) if body.adopted_at is None or voice_now else timedelta(days=get_charter(body).waiting_days)
    membership = Membership(body=body, person=person, invited_by=invited_by, joined_at=at, voice_from=at + waits)
    enter(membership, at=at)
    record(
        "member.joined",
        body,
        by=membership,
        at=at,
        how=way_in(body, application, removal),
        application=application,
        removal=removal,
        waiting_days=waits.days,
        voice_from=in_utc(membership.voice_from),
        invited_by=inviter_label(body, invited_by),
        vouched_by=list(vouched_by or []),
    )
    if not quietly:
        tell(Cause.What.MEMBER_JOINED, body, key=str(membership.pk), at=at, person=person)
    return membership


def bring_over(body: Body, person: Person, *, voice_from: datetime, at: datetime) -> Membership:
    """Make a member of a body that became one with this locked one a member here, with the waiting time they have."""
    membership = Membership(body=body, person=person, joined_at=at, voice_from=max(at, voice_from))
    enter(membership, at=at)
    record(
        "member.joined",
        body,
        by=membership,
        at=at,
        how="union",
        waiting_days=(membership.voice_from - at).days,
        voice_from=in_utc(membership.voice_from),
    )
    return membership


def enter(membership: Membership, *, at: datetime) -> None:
    """Store a new membership, unless a pillar refuses; raises `Denied`."""
    pillars_allow(Asked.JOIN, membership.person, membership.body, at=at).or_deny()
    try:
        membership.save(force_insert=True)
    except DatabaseError as problem:  # it became so between our look and the database's own
        deny_for_the_database(problem)
        raise


def inviter_label(body: Body, inviter: Membership | None) -> str | None:
    """The pseudonym of who invited; none for somebody of another body, whose pseudonym there stays there."""
    return label(inviter) if inviter is not None and inviter.body_id == body.pk else None


def way_in(body: Body, application: int | None, removal: int | None) -> str:
    """How somebody comes in, as the record says it."""
    if body.adopted_at is None:
        return "founding"
    if removal is not None:
        return "appeal"
    return "open" if application is None else "application"


@transaction.atomic
def leave(body: Body, *, by: Person) -> Membership:
    """Leave at once: every right ends, mandates held here end, confidence in the others is counted anew (DESIGN
    3.9).
    """
    membership = membership_of(by, body)
    if membership is None:
        raise Denied(NOT_A_MEMBER)
    taken = take(body.pk, touched_by_going(membership))
    membership = taken.memberships[membership.pk]
    if membership.ended_at is not None:
        raise Denied(NOT_A_MEMBER)
    return go(membership, taken, Membership.Ending.LEFT, at=folkmoot_now())


def touched_by_going(membership: Membership) -> Touched:
    """The membership, those of other bodies that need it, and every standing mandate of all these: those the person
    holds end, the others are counted anew.
    """
    needing = needs_this_one(membership.body)
    needed_by = following(membership, needing)
    return Touched(memberships=frozenset([membership.pk, *needed_by]), bodies=needing, standing=True)


def following(membership: Membership, bodies: frozenset[int]) -> list[int]:
    """The person's memberships in bodies whose members are members of this one."""
    if not bodies:
        return []
    mine = Membership.objects.open().filter(person=membership.person_id, body__in=bodies)
    return list(mine.values_list("pk", flat=True))


def remove(membership: Membership, *, at: datetime, **said: Any) -> Membership:
    """Carry out the removal of a member. The closer has locked what `touched_by_going` names. `said` as in `go`."""
    taken = take(membership.body_id, touched_by_going(membership))  # all held already by this transaction
    membership = taken.memberships[membership.pk]
    if membership.ended_at is not None:
        raise Impossible(_("The person it names is no longer a member."))
    go(membership, taken, Membership.Ending.REMOVED, at=at, **said)
    tell(Cause.What.MEMBER_REMOVED, taken.body, key=str(membership.pk), at=at, person=membership.person)
    return membership


def go(membership: Membership, taken: Taken, how: Membership.Ending, *, at: datetime, **said: Any) -> Membership:
    """End a locked membership, then the person's mandates here, then whatever has lost confidence thereby.

    `said` is what the line tells beside it.
    """
    membership.ended_at = at
    membership.ending = how
    membership.save(update_fields=["ended_at", "ending"])
    record(f"member.{how.value}", taken.body, by=membership, at=at, **said)
    ending = Mandate.Ending.REMOVED if how == Membership.Ending.REMOVED else Mandate.Ending.LEFT
    of_it = [mandate for mandate in taken.mandates.values() if mandate.body_id == membership.body_id]
    for mandate in of_it:
        if mandate.person_id == membership.person_id and mandate.is_in_force(at):
            mandates.end(mandate, ending, at=at)
    confidence.check_all(of_it, at=at)
    follow(membership, taken, at=at)
    if taken.body.adopted_at is None and pillars_allow(Asked.ADOPT, membership.person, taken.body, at=at):
        founding.begin_if_agreed(taken.body, at=at)  # who leaves may have been all that stood in the way
    return membership


def follow(gone: Membership, taken: Taken, *, at: datetime) -> None:
    """Who is no longer a member here leaves the bodies whose members are members of this one.

    Who joined one of those since its members were locked waits in vain for its lock; it is tried again.
    """
    for key in following(gone, needs_this_one(gone.body)):
        if key not in taken.memberships:
            raise Stale(_("Something changed meanwhile. Try again."))
        membership = taken.memberships[key]
        go(membership, replace(taken, body=taken.others[membership.body_id]), Membership.Ending.LEFT, at=at)


def take_back(removed: Membership, *, removal: int, at: datetime) -> Membership:
    """A removal was overturned on appeal: the person is a member again, with a voice."""
    if membership_of(removed.person, removed.body) is not None:
        raise Impossible(_("The person is a member already."))
    return admit(removed.body, removed.person, at=at, invited_by=removed.invited_by, removal=removal, voice_now=True)
