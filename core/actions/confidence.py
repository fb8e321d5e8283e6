"""Standing confidence: withdrawn or given back at any time; lost, it ends the mandate at once (DESIGN 3.3)."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from core.actions import mandates
from core.locks import lock, lock_all, take_mandate
from core.models import Mandate, Membership, Person, Withdrawal
from core.permissions import mandates as may
from core.permissions.members import membership_of
from core.rules.confidence import is_lost
from core.timekeeping import folkmoot_now


@transaction.atomic
def withdraw(mandate: Mandate, *, by: Person) -> Mandate:
    """Withdraw one's confidence. The one that makes more than half ends the mandate in this transaction.

    The mandate is locked before it is counted: without that lock, withdrawals at the same moment miss the majority.
    """
    mandate, membership = take_both(mandate, by)
    at = folkmoot_now()
    may.can_withdraw_confidence(by, mandate, at=at).or_deny()
    if membership is not None:
        withdrawal = Withdrawal(mandate=mandate, membership=membership, nonce=secrets.token_bytes(32))
        Withdrawal.objects.bulk_create([withdrawal], ignore_conflicts=True)
    return end_if_lost(mandate, at=at)


@transaction.atomic
def give_back(mandate: Mandate, *, by: Person) -> Mandate:
    """Give one's confidence back. Doing it again changes nothing."""
    mandate, membership = take_both(mandate, by)
    may.can_withdraw_confidence(by, mandate, at=folkmoot_now()).or_deny()
    Withdrawal.objects.filter(mandate=mandate, membership=membership).delete()
    return mandate


def take_both(mandate: Mandate, by: Person) -> tuple[Mandate, Membership | None]:
    """The member's own membership, the body, then the mandate with its open recall.

    The body, so that nobody joins between the count of the members and the line that tells of it.
    """
    membership = membership_of(by, mandate.body)
    lock_all(Membership, [membership.pk] if membership else [])
    lock(mandate.body)
    return take_mandate(mandate.pk), membership


def end_if_lost(mandate: Mandate, *, at: datetime) -> Mandate:
    """Count over the members with a voice, on a locked mandate, and end it if more than half have withdrawn."""
    voices = Membership.objects.filter(body=mandate.body_id).with_voice(at)
    members = voices.count()
    withdrawn = Withdrawal.objects.filter(mandate=mandate, membership__in=voices).count()
    if is_lost(members, withdrawn):
        mandates.end(mandate, Mandate.Ending.CONFIDENCE, at=at, members=members)
    return mandate


def check_all(standing: Iterable[Mandate], *, at: datetime) -> None:
    """After a leaving or removal lowered the number of members: check every locked mandate that still stands."""
    for mandate in standing:
        if mandate.is_in_force(at):
            end_if_lost(mandate, at=at)
