"""Invitations by link: who invited whom is kept, the token is not."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actions import applications
from core.locks import lock
from core.models import Application, Body, Invitation, Membership, Person
from core.permissions.members import is_member, membership_of
from core.record import record
from core.refusals import Denied, Invalid, UsedUp

USES_MAX = 200
DAYS_MAX = 90


@transaction.atomic
def invite(
    body: Body, *, by: Person, at: datetime, note: str = "", uses: int = 1, days: int = 14, token: str = ""
) -> tuple[Invitation, str]:
    """Make a link for so many people and days. The token is returned once; only its hash is kept.

    `token` is for the demo, whose links are known beforehand.
    """
    is_member(by, body).or_deny()
    invitation, token = make(body, membership_of(by, body), at=at, note=note, uses=uses, days=days, token=token)
    record("invitation.made", body, by=by, at=at, invitation=invitation.pk, uses=uses, days=days)
    return invitation, token


def make(
    body: Body,
    membership: Membership | None,
    *,
    at: datetime,
    note: str = "",
    uses: int = 1,
    days: int = 14,
    token: str = "",
) -> tuple[Invitation, str]:
    """Write an invitation of a member, or of somebody whom a pillar lets invite; the caller records it."""
    if not 1 <= uses <= USES_MAX or not 1 <= days <= DAYS_MAX:
        raise Invalid(_("An invitation is for 1 to 200 people and for 1 to 90 days."))
    token = token or secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        body=body,
        by=membership,
        note=note.strip()[:80],
        token_hash=hashed(token),
        created_at=at,
        expires_at=at + timedelta(days=days),
        uses_left=uses,
    )
    return invitation, token


def hashed(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_with(token: str, *, at: datetime) -> Invitation:
    """The invitation of a link; `UsedUp` with its sentence if it does not work, or does not work any more."""
    found = Invitation.objects.select_related("body", "by__person").filter(token_hash=hashed(token)).first()
    if found is None:
        raise UsedUp(_("This link does not work. Check that it is complete, or ask for a new one."))
    return checked(found, at=at)


def checked(invitation: Invitation, *, at: datetime) -> Invitation:
    """Raise `UsedUp` unless the invitation still works."""
    if invitation.ended_at is not None:
        raise UsedUp(_("This invitation was taken back. Ask for a new one."))
    if invitation.expires_at <= at:
        raise UsedUp(_("This invitation has expired. Ask for a new one."))
    if invitation.uses_left < 1:
        raise UsedUp(_("This invitation is used up. Ask for a new one."))
    if invitation.by is not None and invitation.by.ended_at is not None:
        raise UsedUp(_("Who invited you is no longer a member. Ask somebody else for an invitation."))
    return invitation


@transaction.atomic
def accept(token: str, *, by: Person, at: datetime) -> Application | Membership:
    """Use a link: a member at once, or an application, as the charter says. Never more often than it allows."""
    found = open_with(token, at=at)
    if found.body is None:
        raise UsedUp(_("This link is for the first person of this house."))
    body = lock(found.body)
    invitation = checked(lock(found), at=at)
    there = already_there(by, body)
    if there is not None:
        return there
    invitation.uses_left -= 1
    invitation.uses += 1
    invitation.save(update_fields=["uses_left", "uses"])
    return applications.apply(body, by=by, at=at, invited_by=invitation.by)


def already_there(person: Person, body: Body) -> Application | Membership | None:
    """The membership, or the application that is under way, of somebody who comes by a link once more."""
    asked = Application.objects.filter(body=body, person=person, stage__in=Application.OPEN_STAGES)
    return membership_of(person, body) or asked.first()


def led_to(token: str, person: Person) -> Application | Membership | None:
    """Where a link, also one that is used up by now, has led this person before."""
    found = Invitation.objects.filter(token_hash=hashed(token)).select_related("body").first()
    return already_there(person, found.body) if found is not None and found.body is not None else None


@transaction.atomic
def end(invitation: Invitation, *, by: Person, at: datetime) -> Invitation:
    """Take a link back: who made it can, and nobody else."""
    invitation = lock(invitation)
    if invitation.by is None or invitation.by.person_id != by.pk:
        raise Denied(_("Only who made an invitation can take it back."))
    if invitation.ended_at is None:
        invitation.ended_at = at
        invitation.save(update_fields=["ended_at"])
        if invitation.body is not None:
            ender = by if invitation.by.body_id == invitation.body_id else None  # a pseudonym stays in its own record
            record("invitation.ended", invitation.body, by=ender, at=at, invitation=invitation.pk)
    return invitation


def first_link(*, at: datetime) -> str:
    """A link for the first person of an empty house; earlier ones end."""
    if Person.objects.exists():
        raise Denied(_("Somebody lives here already: ask them for an invitation."))
    Invitation.objects.filter(body=None, ended_at=None).update(ended_at=at)
    token = secrets.token_urlsafe(24)
    Invitation.objects.create(token_hash=hashed(token), created_at=at, expires_at=at + timedelta(days=7))
    return token
