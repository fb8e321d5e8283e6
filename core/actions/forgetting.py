"""Forgetting a label: who has left can have the key destroyed that leads from them to their pseudonym (DESIGN 8).

Lines stay as they are, under a pseudonym that nobody can link any more; what could lead back to it goes too. While
something open still needs the label the wish waits, and the clock carries it out.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.locks import lock, own_label
from core.models import (
    Application,
    Ballot,
    Invitation,
    Membership,
    Merging,
    Person,
    Proposal,
    Receipt,
    Stage,
    Vote,
    Withdrawal,
)
from core.refusals import Denied, WrongStep
from core.timekeeping import folkmoot_now

APPEAL_DAYS = timedelta(days=14)
UNDER_WAY = (Stage.DISCUSSION, Stage.VOTING, Stage.ROUND)


@transaction.atomic
def ask(membership: Membership, *, by: Person, at: datetime) -> Membership:
    """Ask that the label of a membership that has ended be forgotten. Asking again changes nothing."""
    membership = lock(membership)
    if membership.person_id != by.pk:
        raise Denied(_("Only the person it belongs to can ask for this."))
    if membership.ended_at is None:
        raise WrongStep(_("You are still a member here. A label can be forgotten when you have left."))
    if membership.forget_asked_at is None:
        membership.forget_asked_at = at
        membership.save(update_fields=["forget_asked_at"])
    forget_if_free(membership.pk)
    membership.refresh_from_db()
    return membership


def ask_for_all(person: Person, *, at: datetime) -> None:
    """Whoever leaves the house wants all labels forgotten; the clock does it. In the caller's transaction."""
    left = Membership.objects.filter(person=person, ended_at__isnull=False, forget_asked_at__isnull=True)
    left.update(forget_asked_at=at)


def forget_if_free(membership_id: int) -> bool:
    """Destroy the key of a label if nothing open needs it; False if something does. Idempotent."""
    with transaction.atomic():
        membership = lock(Membership.objects.get(pk=membership_id))
        at = folkmoot_now()
        asked = membership.forget_asked_at is not None and membership.forgotten_at is None
        if not asked or is_needed(membership, at=at):
            return False
        membership.label_key = None
        membership.forgotten_at = at
        membership.save(update_fields=["label_key", "forgotten_at"])
        Ballot.objects.filter(roll__membership=membership).update(nonce=b"")
        Withdrawal.objects.filter(membership=membership).delete()
        own_label(membership.pk)
        Receipt.objects.filter(ballot__roll__membership=membership).delete()
        return True


def is_needed(membership: Membership, *, at: datetime) -> bool:
    """Whether a line may still have to name this label: a vote, a proposal, an appeal, an admission that is open."""
    person, body = membership.person_id, membership.body_id
    removed = Proposal.objects.filter(subject=membership)
    can_appeal = Q(stage=Stage.ADOPTED, closed_at__gt=at - APPEAL_DAYS, appeal__isnull=True)
    concerned = removed.filter(can_appeal | Q(stage__in=UNDER_WAY) | Q(appeal__stage__in=UNDER_WAY))
    asking = Application.objects.filter(body=body, stage__in=Application.OPEN_STAGES)
    mine = Q(ends=membership) | Q(stays=membership) | Q(vouches__membership=membership)
    merging = Merging.objects.filter(mine, ended_at__isnull=True)
    inviting = Invitation.objects.filter(by=membership, ended_at__isnull=True, uses_left__gt=0, expires_at__gt=at)
    return (
        Vote.objects.open().filter(roll__membership=membership).exists()
        or Proposal.objects.filter(body=body, author=person, stage__in=UNDER_WAY).exists()
        or concerned.exists()
        or asking.filter(Q(vouches__membership=membership) | Q(invited_by=membership)).exists()
        or inviting.exists()
        or merging.exists()
    )


def asked_for() -> Iterable[int]:
    """Memberships whose label is to be forgotten."""
    return Membership.objects.filter(forget_asked_at__isnull=False, forgotten_at__isnull=True).values_list(
        "pk", flat=True
    )
