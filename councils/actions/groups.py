"""Groups already at work: listed by members, invited by a link to form a body of their own (DESIGN section 6)."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actions import bodies, charters
from core.actions.invitations import hashed
from core.actions.telling import tell
from core.locks import lock
from core.models import Body, Person
from core.permissions.members import membership_of
from core.record import record
from core.refusals import Invalid, UsedUp
from core.rules.lines import one_line
from councils.models import GroupInvitation, KnownGroup
from councils.permissions import groups as may

LINK_LASTS = timedelta(days=60)
FORMED = "group.formed"


@transaction.atomic
def add(body: Body, name: str, does: str, reach: str, *, by: Person, at: datetime) -> KnownGroup:
    """Put a group on the list: what it does, and a public way to reach it."""
    body = lock(body)
    may.can_list(by, body).or_deny()
    name, does, reach = one_line(name), does.strip(), one_line(reach)
    if not name or not does or not reach:
        raise Invalid(_("Say what the group is called, what it does, and how anybody can reach it."))
    if KnownGroup.objects.listed().filter(body=body, name=name).exists():
        raise Invalid(_("This group is on the list already."))
    return KnownGroup.objects.create(body=body, name=name, does=does, reach=reach, added_at=at)


@transaction.atomic
def take_off(group: KnownGroup, *, by: Person, at: datetime) -> KnownGroup:
    """Take a group off the list; its link ends."""
    group = lock(group)
    may.can_take_off(by, group).or_deny()
    group.gone_at = at
    group.save(update_fields=["gone_at"])
    end_links(group, at=at)
    return group


def end_links(group: KnownGroup, *, at: datetime) -> None:
    """The link of a locked group that is still open works no longer."""
    group.invitations.filter(ended_at=None).update(ended_at=at)


@transaction.atomic
def invite(group: KnownGroup, *, by: Person, at: datetime) -> tuple[GroupInvitation, str]:
    """Make a link with which the group forms a body of its own; an earlier one ends. The token is returned once."""
    body = lock(group.body)
    group = lock(group)
    may.can_invite(by, group).or_deny()
    membership = membership_of(by, body)
    assert membership is not None  # noqa: S101  (for the type checker: who may invite is a member)
    end_links(group, at=at)
    token = secrets.token_urlsafe(24)
    row = GroupInvitation.objects.create(
        group=group,
        by=membership,
        token_hash=hashed(token),
        made_at=at,
        expires_at=at + LINK_LASTS,
    )
    record("group.invited", body, by=by, at=at, texts={"group": group.name}, group=group.pk)
    return row, token


def open_with(token: str, *, at: datetime) -> GroupInvitation:
    """The invitation of a link; `UsedUp` with its sentence if it does not work, or does not work any more."""
    found = GroupInvitation.objects.select_related("group__body", "by__person").filter(token_hash=hashed(token)).first()
    if found is None:
        raise UsedUp(_("This link does not work. Check that it is complete, or ask for a new one."))
    return checked(found, at=at)


def checked(invitation: GroupInvitation, *, at: datetime) -> GroupInvitation:
    """Raise `UsedUp` unless the invitation still works."""
    if invitation.formed_id is not None:
        raise UsedUp(_("With this link a body was formed already. Ask its members for an invitation."))
    if invitation.ended_at is not None:
        raise UsedUp(_("This invitation was taken back. Ask for a new one."))
    if invitation.expires_at <= at:
        raise UsedUp(_("This invitation has expired. Ask for a new one."))
    if invitation.group.body.ended_at is not None:
        raise UsedUp(_("The body that invited you has ended. You can form a body all the same."))
    return invitation


@transaction.atomic
def form(
    token: str, name: str, content: charters.Draft, *, by: Person, at: datetime, kind: Body.Kind, listed: bool
) -> Body:
    """Form a body by a link, once. Who invited hears its name only if it is listed, and never who formed it."""
    found = open_with(token, at=at)
    group = lock(found.group)
    invitation = checked(lock(found), at=at)
    body = bodies.form(name, content, by=by, at=at, kind=kind, listed=listed)
    invitation.formed, invitation.ended_at = body, at
    invitation.save(update_fields=["formed", "ended_at"])
    if listed:
        tell(FORMED, group.body, key=str(invitation.pk), at=at, title=body.name, path=body.get_absolute_url())
    return body
