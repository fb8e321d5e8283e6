"""Two accounts of one person become one, body by body: two members vouch, and it is recorded (DESIGN 6, docs/adr/0046).

The account that asks stays a member, the other's membership ends. No office, no ballot and no vote passes from one to
the other: what two vouchers say gives nobody more than they had.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from core.actions import memberships
from core.actions.account_news import tell_person
from core.actions.telling import tell
from core.locks import Taken, lock, lock_all, take
from core.models import AccountNews, Body, Cause, Membership, Merging, MergingVouch, Person, RollEntry, Task
from core.permissions import mergings as may
from core.permissions.members import NOT_A_MEMBER, membership_of
from core.record import in_utc, label, record
from core.refusals import Denied
from core.rules.admission import OBJECTION_HOURS, VOUCHES_NEEDED
from core.timekeeping import folkmoot_now


@transaction.atomic
def ask(other: Membership, *, by: Person, at: datetime) -> Merging:
    """Say that another membership of a body is one's own too. The other account and all members are told."""
    mine = membership_of(by, other.body)
    if mine is None:
        raise Denied(NOT_A_MEMBER)
    rows = {row.pk: row for row in lock_all(Membership, [mine.pk, other.pk])}
    body = lock(other.body)
    other = rows[other.pk]
    other.body = body
    may.can_ask(by, other).or_deny()
    merging = Merging.objects.create(body=body, stays=rows[mine.pk], ends=other, asked_at=at)
    record("merging.asked", body, by=rows[mine.pk], at=at, merging=merging.pk, ends=label(other))
    key = str(merging.pk)
    tell(Cause.What.MERGING_ASKED, body, key=key, at=at, person=other.person, by=by)
    tell_person(other.person, AccountNews.What.MERGING_ASKED, at=at, about=by, body=body)
    return merging


@transaction.atomic
def vouch(merging: Merging, *, by: Person, at: datetime) -> Merging:
    """Vouch that the two are one person. The second vouch begins the wait. Doing it again changes nothing."""
    merging = take_both(merging, also=by)
    may.can_vouch(by, merging, at=at).or_deny()
    membership = membership_of(by, merging.body)
    if membership is None or merging.vouches.filter(membership=membership).exists():
        return merging
    MergingVouch.objects.create(merging=merging, membership=membership, at=at)
    standing = merging.vouches.filter(membership__ended_at__isnull=True).count()
    if standing >= VOUCHES_NEEDED and merging.until is None:
        merging.until = at + timedelta(hours=OBJECTION_HOURS)
        merging.save(update_fields=["until"])
        until = in_utc(merging.until)
    else:
        until = None
    record("merging.vouched", merging.body, by=membership, at=at, merging=merging.pk, until=until)
    return merging


@transaction.atomic
def agree(merging: Merging, *, by: Person, at: datetime) -> Merging:
    """The account that would end says that it is the same person: then nobody has to wait."""
    merging = take_both(merging)
    may.can_agree(by, merging).or_deny()
    merging.agreed_at = at
    merging.save(update_fields=["agreed_at"])
    record("merging.agreed", merging.body, by=merging.ends, at=at, merging=merging.pk)
    return merging


@transaction.atomic
def stop(merging: Merging, *, by: Person, at: datetime) -> Merging:
    """Either of the two takes it back, or any member says that these are two people."""
    merging = take_both(merging, also=by)
    may.can_stop(by, merging).or_deny()
    end(merging, Merging.Ending.STOPPED, at=at)
    record("merging.stopped", merging.body, by=by, at=at, merging=merging.pk)
    return merging


def take_both(merging: Merging, *, also: Person | None = None) -> Merging:
    """Both memberships (and that of who acts), the body, then the merging: locked in the one order, read anew."""
    acting = membership_of(also, merging.body) if also is not None else None
    wanted = [merging.stays_id, merging.ends_id, *([acting.pk] if acting is not None else [])]
    rows = {row.pk: row for row in lock_all(Membership, wanted)}
    body = lock(merging.body)
    merging = lock(merging)
    merging.body, merging.stays, merging.ends = body, rows[merging.stays_id], rows[merging.ends_id]
    return merging


def end(merging: Merging, ending: Merging.Ending, *, at: datetime) -> None:
    """End a locked merging."""
    merging.ended_at, merging.ending = at, ending
    merging.save(update_fields=["ended_at", "ending"])


def due(at: datetime) -> Iterable[int]:
    """Mergings that are vouched for and have waited or been agreed to, or whose accounts are no members any more."""
    still = Merging.objects.filter(ended_at__isnull=True)
    ripe = Q(until__lte=at) | Q(until__isnull=False, agreed_at__isnull=False)
    gone = Q(stays__ended_at__isnull=False) | Q(ends__ended_at__isnull=False)
    return still.filter(ripe | gone).values_list("pk", flat=True)


def finish_if_ripe(merging_id: int) -> bool:
    """Carry out a merging; False while it waits, also for a vote in which both might count."""
    with transaction.atomic():
        merging = Merging.objects.get(pk=merging_id)
        going = memberships.touched_by_going(merging.ends)
        touched = replace(going, memberships=going.memberships | {merging.stays_id})
        taken = take(merging.body_id, touched)
        merging, at = lock(merging), folkmoot_now()
        stays, ends = taken.memberships[merging.stays_id], taken.memberships[merging.ends_id]
        if merging.ended_at is not None:
            return False
        if stays.ended_at is not None or ends.ended_at is not None or taken.body.ended_at is not None:
            end(merging, Merging.Ending.LAPSED, at=at)
            return True
        ripe = merging.until is not None and (merging.agreed_at is not None or merging.until <= at)
        if not ripe or has_voted_beside(stays, ends):
            return False
        carry_out(merging, taken, stays, ends, at=at)
        return True


def has_voted_beside(stays: Membership, ends: Membership) -> bool:
    """Whether the account that ends has voted in an open vote that has both on its roll: their one ballot must not
    become two. Both memberships are locked, so neither is casting now.
    """
    open_votes = RollEntry.objects.filter(membership=ends, vote__counted_at__isnull=True)
    voted = open_votes.filter(Q(used=True) | Q(ballot__isnull=False))
    beside = RollEntry.objects.filter(vote=OuterRef("vote"), membership=stays)
    return voted.filter(Exists(beside)).exists()


def carry_out(merging: Merging, taken: Taken, stays: Membership, ends: Membership, *, at: datetime) -> None:
    """End the one membership, with the mandates held under it; tasks and the earlier voice go to the other."""
    voice_from = min(stays.voice_from, max(ends.voice_from, stays.joined_at))
    if voice_from < stays.voice_from:
        stays.voice_from = voice_from
        stays.save(update_fields=["voice_from"])
    end(merging, Merging.Ending.DONE, at=at)
    memberships.go(
        ends,
        taken,
        Membership.Ending.MERGED,
        at=at,
        merging=merging.pk,
        into=label(stays),
        voice_from=in_utc(stays.voice_from),
    )
    hand_over_tasks(taken.body, ends.person, stays.person)
    tell(Cause.What.MEMBER_MERGED, taken.body, key=str(merging.pk), at=at, person=stays.person, by=ends.person)


def hand_over_tasks(body: Body, ends: Person, stays: Person) -> None:
    """What the one had still to do, the other does."""
    Task.objects.filter(proposal__body=body, person=ends, done_at__isnull=True).update(person=stays)
