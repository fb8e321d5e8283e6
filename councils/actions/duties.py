"""Who facilitates and who takes notes: asked by any member, taken by whoever says yes, laid down at any time."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actions.telling import tell
from core.locks import lock, lock_all
from core.models import Membership, Person
from core.refusals import Invalid, WrongStep
from councils.actions.calling import path_of
from councils.actions.stages import require_stage
from councils.models import Assembly, Duty
from councils.models.assemblies import Stage
from councils.news import DUTY_ASKED
from councils.permissions import assemblies as may

BEFORE_AND_IN = (Stage.CALLED, Stage.OPEN)


@transaction.atomic
def ask(assembly: Assembly, role: str, membership: Membership, *, by: Person, at: datetime) -> Duty:
    """Ask a member to take a duty. Who was asked before and has not answered is asked no longer."""
    [membership] = lock_all(Membership, [membership.pk])
    assembly = lock(assembly)
    may.can_take_part(by, assembly).or_deny()
    require_stage(assembly, *BEFORE_AND_IN)
    require_member(membership, assembly)
    make_free(assembly, role, at=at)
    duty = Duty.objects.create(assembly=assembly, role=Duty.Role(role), membership=membership, asked_at=at)
    tell(
        DUTY_ASKED,
        assembly.body,
        key=str(duty.pk),
        at=at,
        person=membership.person,
        by=by,
        title=assembly.title,
        path=path_of(assembly),
    )
    return duty


def require_member(membership: Membership, assembly: Assembly) -> None:
    """Raise unless it is a membership in this body that has not ended."""
    if membership.body_id != assembly.body_id or membership.ended_at is not None:
        raise Invalid(_("Only members take part. Guests are counted as a number."))


def own_membership(person: Person, assembly: Assembly) -> Membership:
    """The membership of somebody of whom a permission has found that they are a member."""
    return Membership.objects.open().get(person=person, body=assembly.body_id)


def make_free(assembly: Assembly, role: str, *, at: datetime) -> None:
    """End what stands in the way: a question not answered, or a holder who keeps the others waiting."""
    if role not in Duty.Role.values:
        raise Invalid(_("There is no such duty."))
    held = Duty.objects.filter(assembly=assembly, role=role, ended_at__isnull=True).select_related("membership").first()
    if held is None:
        return
    if not may.is_free(held, assembly, at=at):
        raise WrongStep(_("Somebody has taken this on. They can lay it down."))
    held.ended_at = at
    held.save(update_fields=["ended_at"])


@transaction.atomic
def accept(duty: Duty, *, by: Person, at: datetime) -> Duty:
    """Say yes. Saying it again changes nothing."""
    assembly = lock(duty.assembly)
    duty = lock(duty)
    may.can_answer_duty(by, duty).or_deny()
    require_stage(assembly, *BEFORE_AND_IN)
    if duty.ended_at is not None:
        raise WrongStep(_("This question is over: somebody else was asked."))
    if duty.accepted_at is None:
        duty.accepted_at = at
        duty.save(update_fields=["accepted_at"])
    return duty


@transaction.atomic
def lay_down(duty: Duty, *, by: Person, at: datetime) -> Duty:
    """Say no, or lay down what one had taken on."""
    assembly = lock(duty.assembly)
    duty = lock(duty)
    may.can_answer_duty(by, duty).or_deny()
    require_stage(assembly, *BEFORE_AND_IN)
    if duty.ended_at is None:
        duty.ended_at = at
        duty.save(update_fields=["ended_at"])
    return duty


@transaction.atomic
def take(assembly: Assembly, role: str, *, by: Person, at: datetime) -> Duty:
    """Take a free duty without being asked."""
    assembly = lock(assembly)
    may.can_take_part(by, assembly).or_deny()
    require_stage(assembly, *BEFORE_AND_IN)
    make_free(assembly, role, at=at)
    return Duty.objects.create(
        assembly=assembly,
        role=Duty.Role(role),
        membership=own_membership(by, assembly),
        asked_at=at,
        accepted_at=at,
    )
