"""The course of an assembly: opened, item after item, closed. Each step leaves its line in the minutes."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.actions.attending import attend
from core.locks import lock
from core.models import Membership, Person
from core.record import record
from core.refusals import Invalid, TooLate, WrongStep
from councils.actions import speaking
from councils.actions.lines import running_item, write
from councils.actions.stages import require_since_opened, require_stage, require_step
from councils.models import AgendaItem, Assembly, Attendance, MinuteLine, Turn, Waiver, Wave
from councils.models.agenda import LONGEST_BOX
from councils.models.assemblies import Stage
from councils.permissions import assemblies as may
from councils.rules.calling import doors_open_at

Kind = MinuteLine.Kind


@transaction.atomic
def open_doors(assembly: Assembly, *, by: Person, at: datetime) -> Assembly:
    """Begin: from an hour before the planned start on, so that nobody comes in time to a meeting half over."""
    assembly = lock(assembly)
    may.can_guide(by, assembly).or_deny()
    require_step(assembly, Stage.OPEN)
    if assembly.starts_at is None or at < doors_open_at(assembly.starts_at):
        raise TooLate(_("It is too early. The doors open an hour before the assembly begins."))
    assembly.stage, assembly.opened_at = Stage.OPEN, at
    assembly.save(update_fields=["stage", "opened_at"])
    record("assembly.opened", assembly.body, by=by, at=at, assembly=assembly.pk)
    write(assembly, Kind.OPENED, at=at)
    return assembly


@transaction.atomic
def begin_item(item: AgendaItem, *, by: Person, at: datetime) -> AgendaItem:
    """Take up an item. The one before it ends."""
    assembly = lock(item.assembly)
    item = lock(item)
    may.can_guide(by, assembly).or_deny()
    require_stage(assembly, Stage.OPEN)
    require_since_opened(assembly, at)
    if item.begun_at is not None:
        if item.ended_at is None:
            return item
        raise WrongStep(_("This item is done. Add it again to come back to it."))
    before = running_item(assembly)
    if before is not None:
        finish(before, assembly, by=by, at=at)
    item.begun_at = at
    item.save(update_fields=["begun_at"])
    write(assembly, Kind.BEGUN, at=at, item=item)
    return item


@transaction.atomic
def end_item(item: AgendaItem, *, by: Person, at: datetime) -> AgendaItem:
    """An item is done. Saying it again changes nothing."""
    assembly = lock(item.assembly)
    item = lock(item)
    may.can_guide(by, assembly).or_deny()
    require_stage(assembly, Stage.OPEN)
    require_since_opened(assembly, at)
    if item.begun_at is None:
        raise WrongStep(_("This item has not begun."))
    return item if item.ended_at is not None else finish(item, assembly, by=by, at=at)


def finish(item: AgendaItem, assembly: Assembly, *, by: Person, at: datetime) -> AgendaItem:
    """End the item that runs, with who spoke and how people felt as numbers."""
    felt = felt_about(item)
    if felt:
        write(assembly, Kind.FELT, at=at, item=item, numbers=felt)
    turns = Turn.objects.filter(item=item, called_at__isnull=False)
    item.ended_at = max(at, item.begun_at or at)
    item.save(update_fields=["ended_at"])
    if item.proposal is not None:
        attend(lock(item.proposal), who_was_there(item), by=by, at=at)
    people = turns.values("membership").distinct().count()
    write(assembly, Kind.ENDED, at=item.ended_at, item=item, numbers={"turns": turns.count(), "people": people})
    return item


def who_was_there(item: AgendaItem) -> list[Membership]:
    """Members who were in the room at some time while the item was talked over, and still are members."""
    in_time = Q(arrived_at__lte=item.ended_at) & (Q(left_at__isnull=True) | Q(left_at__gte=item.begun_at))
    came = Attendance.objects.filter(in_time, assembly=item.assembly_id).values("membership")
    return list(Membership.objects.open().filter(pk__in=came))


def felt_about(item: AgendaItem) -> dict[str, int]:
    """The waves of those who are in the room, by sign; nothing where nobody waved."""
    here = Attendance.objects.present().filter(assembly=item.assembly_id).values("membership")
    counted = Counter(Wave.objects.filter(item=item, membership__in=here).values_list("sign", flat=True))
    return {sign: counted[sign] for sign in Wave.Sign.values} if counted else {}


@transaction.atomic
def lengthen(item: AgendaItem, minutes: int, *, by: Person, at: datetime) -> AgendaItem:
    """Those in the room give an item more time; the minutes say so."""
    assembly = lock(item.assembly)
    item = lock(item)
    may.can_guide(by, assembly).or_deny()
    require_stage(assembly, Stage.OPEN)
    require_since_opened(assembly, at)
    if not item.is_running:
        raise WrongStep(_("Only the item that is being talked over gets more time."))
    if minutes < 1 or item.whole_box + minutes > LONGEST_BOX:
        raise Invalid(_("An item takes 1 to 240 minutes."))
    item.longer += minutes
    item.save(update_fields=["longer"])
    write(assembly, Kind.LONGER, at=at, item=item, numbers={"minutes": minutes})
    return item


@transaction.atomic
def close(assembly: Assembly, *, by: Person, at: datetime) -> Assembly:
    """End the assembly: what runs ends, hands go down, questions that nobody settled are not carried."""
    assembly = lock(assembly)
    may.can_guide(by, assembly).or_deny()
    require_step(assembly, Stage.HELD)
    require_since_opened(assembly, at)
    now, item = speaking.speaking(assembly), running_item(assembly)
    if now is not None:
        speaking.end(now, at=at)
    speaking.hands_up(assembly).update(lowered_at=at)
    Waiver.objects.filter(assembly=assembly, settled_at__isnull=True).update(settled_at=at, carried=False)
    if item is not None:
        finish(item, assembly, by=by, at=at)
    assembly.stage, assembly.closed_at = Stage.HELD, at
    assembly.save(update_fields=["stage", "closed_at"])
    present = Attendance.objects.present().filter(assembly=assembly).count()
    write(assembly, Kind.CLOSED, at=at, numbers={"present": present})
    record("assembly.closed", assembly.body, by=by, at=at, assembly=assembly.pk)
    return assembly
