"""At the door: who comes and goes. Members by name, guests only as a number."""

from datetime import datetime

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from core.locks import lock, lock_all
from core.models import Membership, Person
from core.refusals import Invalid, WrongStep
from councils.actions.duties import require_member
from councils.actions.lines import write
from councils.actions.stages import require_since_opened, require_stage
from councils.models import Assembly, Attendance, MinuteLine, Turn
from councils.models.assemblies import Stage
from councils.permissions import assemblies as may

GUESTS_AT_MOST = 10_000
Kind = MinuteLine.Kind


@transaction.atomic
def arrive(assembly: Assembly, membership: Membership, *, by: Person, at: datetime) -> Attendance:
    """Put a member on the list. Who is on it already stays there: two at the door may enter the same person."""
    [membership] = lock_all(Membership, [membership.pk])
    assembly = lock(assembly)
    may.can_guide(by, assembly).or_deny()
    require_stage(assembly, Stage.OPEN)
    require_since_opened(assembly, at)
    require_member(membership, assembly)
    here = Attendance.objects.filter(assembly=assembly, membership=membership, left_at__isnull=True).first()
    if here is not None:
        return here
    write(assembly, Kind.ARRIVED, at=at, membership=membership)
    return Attendance.objects.create(assembly=assembly, membership=membership, arrived_at=at)


@transaction.atomic
def leave(assembly: Assembly, membership: Membership, *, by: Person, at: datetime) -> Attendance:
    """Somebody goes: off the list, and off the speakers' list; a turn to speak ends."""
    [membership] = lock_all(Membership, [membership.pk])
    assembly = lock(assembly)
    may.can_guide(by, assembly).or_deny()
    require_stage(assembly, Stage.OPEN)
    require_since_opened(assembly, at)
    here = Attendance.objects.filter(assembly=assembly, membership=membership, left_at__isnull=True).first()
    if here is None:
        raise WrongStep(_("This person is not on the list."))
    here.left_at = max(at, here.arrived_at)
    here.save(update_fields=["left_at"])
    waiting = Turn.objects.filter(assembly=assembly, membership=membership, called_at__isnull=True)
    waiting.filter(lowered_at__isnull=True).update(lowered_at=at)
    Turn.objects.filter(
        assembly=assembly, membership=membership, called_at__isnull=False, ended_at__isnull=True
    ).update(ended_at=Greatest("called_at", Value(here.left_at)))
    write(assembly, Kind.LEFT, at=here.left_at, membership=membership)
    return here


@transaction.atomic
def count_guests(assembly: Assembly, number: int, *, by: Person, at: datetime) -> Assembly:
    """Say how many guests are in the room. The number replaces the one before."""
    assembly = lock(assembly)
    may.can_guide(by, assembly).or_deny()
    require_stage(assembly, Stage.OPEN)
    require_since_opened(assembly, at)
    if not 0 <= number <= GUESTS_AT_MOST:
        raise Invalid(_("Write how many guests there are, as a number."))
    if assembly.guests != number:
        assembly.guests = number
        assembly.save(update_fields=["guests"])
        write(assembly, Kind.GUESTS, at=at, numbers={"guests": number})
    return assembly
