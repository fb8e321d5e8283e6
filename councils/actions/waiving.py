"""Waiving what is left of the discussion minimum of a proposal, by consensus of those present (DESIGN 6).

The rule is in councils.rules.waiving; the record says in labels who was there and who agreed, so that anyone can
repeat it. The vote then opens as always, and stays open as long as always: who was not there votes too.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.actions import waivers
from core.locks import lock, lock_all
from core.models import Body, Membership, Person, Proposal
from core.queries.charters import get_charter
from core.record import Datum, label, record
from core.refusals import Denied, Stale, WrongStep
from councils.actions.duties import own_membership
from councils.actions.lines import write
from councils.actions.speaking import require_in_the_room
from councils.actions.stages import require_stage
from councils.models import AgendaItem, Assembly, Attendance, Consent, MinuteLine, Waiver
from councils.models.assemblies import Stage
from councils.permissions import assemblies as may
from councils.rules.waiving import Answer, Present, answer

Kind = MinuteLine.Kind


@transaction.atomic
def ask(item: AgendaItem, *, by: Person, at: datetime) -> Waiver:
    """Put the question to those present, for the text as it is now."""
    assembly = lock(item.assembly)
    item = lock(item)
    may.can_guide(by, assembly).or_deny()
    require_stage(assembly, Stage.OPEN)
    if item.proposal is None or not item.is_running:
        raise WrongStep(_("Ask while the proposal is being talked over."))
    proposal = lock(item.proposal)
    waivers.require_waivable(proposal, at=at)
    if open_question(assembly) is not None:
        raise WrongStep(_("A question is open already. Settle it first."))
    write(assembly, Kind.ASKED, at=at, item=item)
    return Waiver.objects.create(
        assembly=assembly, proposal=proposal, version=newest(proposal), asked_by=by, asked_at=at
    )


@transaction.atomic
def say(waiver: Waiver, agrees: bool, *, by: Person, at: datetime) -> Consent:
    """Say yes or no oneself. It can be changed until the question is settled."""
    assembly = lock(waiver.assembly)
    may.can_signal(by, assembly).or_deny()
    return write_down(waiver, assembly, own_membership(by, assembly), agrees, by=None, at=at)


@transaction.atomic
def enter(waiver: Waiver, membership: Membership, agrees: bool, *, by: Person, at: datetime) -> Consent:
    """Enter by name what somebody in the room has said aloud."""
    [membership] = lock_all(Membership, [membership.pk])
    assembly = lock(waiver.assembly)
    may.can_guide(by, assembly).or_deny()
    require_in_the_room(membership, assembly)
    return write_down(waiver, assembly, membership, agrees, by=by, at=at)


def write_down(
    waiver: Waiver, assembly: Assembly, membership: Membership, agrees: bool, *, by: Person | None, at: datetime
) -> Consent:
    """One answer; a later one takes its place."""
    require_stage(assembly, Stage.OPEN)
    waiver = lock(waiver)
    if waiver.settled_at is not None:
        raise WrongStep(_("This question is settled."))
    values = {"agrees": agrees, "entered_by": by, "at": at}
    row, _fresh = Consent.objects.update_or_create(waiver=waiver, membership=membership, defaults=values)
    return row


@transaction.atomic
def settle(waiver: Waiver, *, by: Person, at: datetime) -> Answer:
    """Count those present and those who agreed. Carried or not, the question is over.

    Who entered the yes of others does not count it: a yes that is not one's own takes two who have heard it.
    """
    body = lock(waiver.assembly.body)
    assembly = lock(waiver.assembly)
    may.can_guide(by, assembly).or_deny()
    require_stage(assembly, Stage.OPEN)
    proposal = lock(waiver.proposal)
    waiver = lock(waiver)
    if waiver.settled_at is not None:
        raise WrongStep(_("This question is settled."))
    waivers.require_waivable(proposal, at=at)
    if newest(proposal) != waiver.version:
        raise Stale(_("The text was changed meanwhile. Read the new version, then ask again."))

    here = members_here(assembly, at=at)
    answers = Consent.objects.filter(waiver=waiver, membership__in=here)
    require_heard_by_another(answers, by)
    said = dict(answers.values_list("membership", "agrees"))
    agreed = [each for each in here if said.get(each.pk)]
    quorum = get_charter(body).numbers.quorum
    counted = Present(
        voices=body.memberships.with_voice(at).count(),
        present=len(here),
        agree=len(agreed),
        against=sum(not agrees for agrees in said.values()),
    )
    found = answer(counted, quorum)
    waiver.settled_at, waiver.carried = at, found == Answer.WAIVED
    waiver.save(update_fields=["settled_at", "carried"])
    item = assembly.items.filter(proposal=proposal).first()
    kind = Kind.WAIVED if waiver.carried else Kind.NOT_WAIVED
    write(assembly, kind, at=at, item=item, numbers={**asdict(counted), "answer": found.value})
    if waiver.carried:
        waivers.waive(proposal, at=at)
        shares: list[Datum] = [quorum.num, quorum.den]
        who: dict[str, Datum] = {"present": labels(here), "agreed": labels(agreed), "voices": counted.voices}
        record_waived(waiver, body, {**who, "quorum": shares}, by=by, at=at)
    return found


def require_heard_by_another(answers: QuerySet[Consent], by: Person) -> None:
    """Raise `Denied` where who counts has entered a yes of others."""
    if answers.filter(agrees=True, entered_by=by).exists():
        raise Denied(_("You have entered the yes of others. Another who guides counts: two have to hear it."))


def record_waived(waiver: Waiver, body: Body, counted: dict[str, Datum], *, by: Person, at: datetime) -> None:
    """The answer, as the record has it: with all it takes to repeat it."""
    record(
        "discussion.waived",
        body,
        by=by,
        at=at,
        texts=None,
        proposal=waiver.proposal_id,
        assembly=waiver.assembly_id,
        version=waiver.version,
        **counted,
    )


def labels(people: Sequence[Membership]) -> list[Datum]:
    """Their pseudonyms, in an order that tells nothing."""
    return [*sorted(label(each) for each in people)]


def open_question(assembly: Assembly) -> Waiver | None:
    """The question that those present are answering now."""
    return Waiver.objects.filter(assembly=assembly, settled_at__isnull=True).first()


def newest(proposal: Proposal) -> int:
    """The number of the newest version of its text."""
    return int(proposal.texts.order_by("-number").values_list("number", flat=True)[0])


def members_here(assembly: Assembly, *, at: datetime) -> list[Membership]:
    """The members with a voice who are in the room."""
    here = Attendance.objects.present().filter(assembly=assembly, membership__voice_from__lte=at)
    return [each.membership for each in here.select_related("membership")]
