"""Who may do what at an assembly. When it may be done at all is a matter of its stage (actions.stages)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.models import Body, Person
from core.permissions.members import is_member
from core.refusals import ALLOWED, Verdict, denied
from councils.models import AgendaItem, Assembly, Attendance, Duty

NOT_ON_DUTY = _("Only the facilitator and the note-taker do this.")
NOT_PRESENT = _("Only members in the room do this. Tell them at the door that you are here.")


def holds(person: Person, assembly: Assembly, *roles: Duty.Role) -> bool:
    """Whether somebody facilitates or takes notes here (or has the duty named), and has accepted it."""
    mine = Duty.objects.filter(assembly=assembly, membership__person=person, membership__ended_at__isnull=True)
    mine = mine.filter(accepted_at__isnull=False, ended_at__isnull=True)
    return (mine.filter(role__in=roles) if roles else mine).exists()


def is_present(person: Person, assembly: Assembly) -> bool:
    """Whether somebody is on the list at the door now."""
    return Attendance.objects.present().filter(assembly=assembly, membership__person=person).exists()


def is_free(duty: Duty, assembly: Assembly, *, at: datetime) -> bool:
    """Whether somebody else may take a duty: its holder has not accepted, has left, or keeps the others waiting.

    So does who is not in the open room, and who has not opened the doors when the assembly was to begin.
    """
    if duty.accepted_at is None or duty.membership.ended_at is not None:
        return True
    if assembly.is_open:
        return not is_present(duty.membership.person, assembly)
    return assembly.starts_at is not None and at >= assembly.starts_at


def can_call(person: Person, body: Body) -> Verdict:
    """Any member, also before the charter is adopted: a body whose officers alone could call would not meet on them."""
    return is_member(person, body)


def can_cancel(person: Person, assembly: Assembly) -> Verdict:
    """Who called it. Anybody else calls another one."""
    if assembly.called_by_id != person.pk:
        return denied(_("Only who called the assembly can call it off."))
    return is_member(person, assembly.body)


def can_settle_date(person: Person, assembly: Assembly) -> Verdict:
    """Who asked for the dates."""
    if assembly.called_by_id != person.pk:
        return denied(_("Only who called the assembly sets its date."))
    return is_member(person, assembly.body)


def can_take_part(person: Person, assembly: Assembly) -> Verdict:
    """Members: say which dates suit, put something on the agenda, ask for a duty or take one."""
    return is_member(person, assembly.body)


def can_change_item(person: Person, item: AgendaItem) -> Verdict:
    """Who put it there, who called the assembly, and who guides it."""
    assembly = item.assembly
    if person.pk not in (item.added_by_id, assembly.called_by_id) and not holds(person, assembly):
        return denied(_("Only who added it, who called the assembly and who guides it change this item."))
    return is_member(person, assembly.body)


def can_answer_duty(person: Person, duty: Duty) -> Verdict:
    """The one who is asked."""
    if duty.membership.person_id != person.pk:
        return denied(_("Only the person who is asked can answer."))
    return is_member(person, duty.assembly.body)


def can_guide(person: Person, assembly: Assembly) -> Verdict:
    """The facilitator and the note-taker: the door, the agenda, the speakers' list, the notes."""
    if not holds(person, assembly):
        return denied(NOT_ON_DUTY)
    return is_member(person, assembly.body)


def can_signal(person: Person, assembly: Assembly) -> Verdict:
    """Members in the room raise hands, wave, and say whether they agree to waive."""
    verdict = is_member(person, assembly.body)
    if not verdict:
        return verdict
    return ALLOWED if is_present(person, assembly) else denied(NOT_PRESENT)


def can_publish(person: Person, assembly: Assembly, *, anybody: bool) -> Verdict:
    """The note-taker and the facilitator; `anybody` once they have had their time for it."""
    if not anybody and not holds(person, assembly):
        return denied(_("For seven days only the note-taker and the facilitator publish the minutes."))
    return is_member(person, assembly.body)
