"""Raised hands, the turn to speak, and waves. Phones raise hands; whoever guides may do it for people without one."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.locks import lock, lock_all
from core.models import Membership, Person
from core.refusals import Invalid, Stale, WrongStep
from councils.actions.duties import own_membership, require_member
from councils.actions.lines import running_item
from councils.actions.stages import require_since_opened, require_stage
from councils.models import Assembly, Attendance, Turn, Wave
from councils.models.assemblies import Stage
from councils.permissions import assemblies as may
from councils.rules.speakers import Hand, Raised

Order = Callable[[Assembly], list[Raised]]
SPOKEN_SINCE = _("This hand was raised before the last turn to speak. Raise it again to speak once more.")
"""A hand that a device without connection sent later, when its turn had come by another way."""


@transaction.atomic
def raise_hand(assembly: Assembly, hand: str, *, by: Person, at: datetime) -> Turn:
    """Raise one's own hand. A hand that is up already says from now on what this one says, and keeps its place."""
    assembly = lock(assembly)
    may.can_signal(by, assembly).or_deny()
    return up(assembly, own_membership(by, assembly), hand, at=at)


@transaction.atomic
def raise_for(assembly: Assembly, membership: Membership, hand: str, *, by: Person, at: datetime) -> Turn:
    """Raise the hand of somebody in the room who has no phone."""
    [membership] = lock_all(Membership, [membership.pk])
    assembly = lock(assembly)
    may.can_guide(by, assembly).or_deny()
    return up(assembly, membership, hand, at=at)


def up(assembly: Assembly, membership: Membership, hand: str, *, at: datetime) -> Turn:
    """A hand that is up."""
    require_stage(assembly, Stage.OPEN)
    require_since_opened(assembly, at)
    require_in_the_room(membership, assembly)
    if hand not in list(Hand):
        raise Invalid(_("There is no such sign."))
    if Turn.objects.filter(assembly=assembly, membership=membership, called_at__gt=at).exists():
        raise Stale(SPOKEN_SINCE)
    turn = hands_up(assembly).filter(membership=membership).first()
    if turn is None:
        item = running_item(assembly)
        return Turn.objects.create(assembly=assembly, item=item, membership=membership, kind=hand, raised_at=at)
    turn.kind = hand
    turn.save(update_fields=["kind"])
    return turn


@transaction.atomic
def lower(assembly: Assembly, *, by: Person, at: datetime) -> None:
    """Lower one's own hand. It may be down already; one that was raised after this was noted stays up."""
    assembly = lock(assembly)
    may.can_signal(by, assembly).or_deny()
    require_stage(assembly, Stage.OPEN)
    own = hands_up(assembly).filter(membership=own_membership(by, assembly), raised_at__lte=at)
    own.update(lowered_at=at)


@transaction.atomic
def give_word(assembly: Assembly, membership: Membership, *, by: Person, at: datetime) -> Turn:
    """Let somebody in the room speak. Nobody else may be speaking."""
    [membership] = lock_all(Membership, [membership.pk])
    assembly = lock(assembly)
    may.can_guide(by, assembly).or_deny()
    require_stage(assembly, Stage.OPEN)
    require_since_opened(assembly, at)
    require_in_the_room(membership, assembly)
    now = speaking(assembly)
    if now is not None and now.membership_id == membership.pk:
        return now
    if now is not None:
        name = now.membership.person.display_name
        raise WrongStep(_("%(name)s is speaking. Say first that this turn is over.") % {"name": name})
    return begin(assembly, membership, at=at)


@transaction.atomic
def call_next(assembly: Assembly, order: Order, *, seen: int, by: Person, at: datetime) -> Turn:
    """End the turn of who speaks and let the first on the list speak.

    `seen` is the turn that the caller saw under way (0 for none): two who press at once move the list on by one.
    """
    assembly = lock(assembly)
    may.can_guide(by, assembly).or_deny()
    require_stage(assembly, Stage.OPEN)
    now = speaking(assembly)
    if (now.pk if now else 0) != seen:
        raise Stale(_("Somebody else has moved the list on already."))
    if now is not None:
        end(now, at=at)
    waiting = order(assembly)
    if not waiting:
        raise WrongStep(_("No hand is up."))
    return begin(assembly, Membership.objects.get(pk=waiting[0].who), at=at)


@transaction.atomic
def stop(assembly: Assembly, *, by: Person, at: datetime) -> Turn | None:
    """The turn is over. There may be none."""
    assembly = lock(assembly)
    may.can_guide(by, assembly).or_deny()
    require_stage(assembly, Stage.OPEN)
    require_since_opened(assembly, at)
    now = speaking(assembly)
    return end(now, at=at) if now is not None else None


@transaction.atomic
def wave(assembly: Assembly, sign: str, *, by: Person, at: datetime) -> Wave:
    """Show how one feels about what is being talked over. The newest wave counts."""
    assembly = lock(assembly)
    may.can_signal(by, assembly).or_deny()
    require_stage(assembly, Stage.OPEN)
    if sign not in Wave.Sign.values:
        raise Invalid(_("There is no such sign."))
    item = running_item(assembly)
    if item is None:
        raise WrongStep(_("Nothing is being talked over now."))
    values = {"sign": sign, "at": at}
    row, _fresh = Wave.objects.update_or_create(item=item, membership=own_membership(by, assembly), defaults=values)
    return row


def require_in_the_room(membership: Membership, assembly: Assembly) -> None:
    """Raise unless the member is on the list at the door."""
    require_member(membership, assembly)
    if not Attendance.objects.present().filter(assembly=assembly, membership=membership).exists():
        raise WrongStep(_("This person is not on the list at the door."))


def hands_up(assembly: Assembly) -> QuerySet[Turn]:
    """Hands that wait."""
    return Turn.objects.filter(assembly=assembly, called_at__isnull=True, lowered_at__isnull=True)


def speaking(assembly: Assembly) -> Turn | None:
    """Who speaks now."""
    now = Turn.objects.filter(assembly=assembly, called_at__isnull=False, ended_at__isnull=True)
    return now.select_related("membership__person").first()


def begin(assembly: Assembly, membership: Membership, *, at: datetime) -> Turn:
    """The turn of a raised hand begins; without one it is a turn all the same."""
    turn = hands_up(assembly).filter(membership=membership).first()
    item = running_item(assembly)
    if turn is None:
        kind = Hand.SPEAK.value
        return Turn.objects.create(
            assembly=assembly, item=item, membership=membership, kind=kind, raised_at=at, called_at=at
        )
    turn.called_at, turn.item = at, item
    turn.save(update_fields=["called_at", "item"])
    return turn


def end(turn: Turn, *, at: datetime) -> Turn:
    """A turn is over."""
    turn.ended_at = max(at, turn.called_at or at)
    turn.save(update_fields=["ended_at"])
    return turn
