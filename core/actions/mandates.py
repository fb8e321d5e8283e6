"""Mandates: offered, accepted, granted, reported on, resigned, and ended in one of the ways of DESIGN 3.4."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actions import auditing, overtaking
from core.actions.telling import tell
from core.locks import lock, take_mandate
from core.models import Cause, Election, Mandate, Membership, Offer, Person, Proposal, Report, Stage, Vote, Withdrawal
from core.permissions import mandates as may
from core.permissions.proposals import can_accept
from core.queries.charters import get_charter
from core.queries.holding import held_before
from core.record import Datum, in_utc, label_from, label_of, record
from core.refusals import Invalid, WrongStep
from core.registry import Asked, Impossible, belongs, may_be_elected, pillars_allow, rests
from core.rules.chain import commitment
from core.timekeeping import folkmoot_now


@dataclass(frozen=True, slots=True)
class Terms:
    """What a mandate asks for: the delegate, the task, the limits, for how long, how often a report."""

    person: Person
    task: str
    limits: str
    term_days: int
    report_days: int | None = None


@transaction.atomic
def offer(proposal: Proposal, terms: Terms, *, by: Person) -> Offer:
    """Say what mandate a proposal (still an idea) would grant, and to whom."""
    proposal = lock(proposal)
    charter = get_charter(proposal.body)
    if proposal.kind != "mandate" or proposal.author_id != by.pk:
        raise Invalid(_("Only the author of a proposal for a mandate can say what it asks for."))
    if proposal.stage != Stage.IDEA or hasattr(proposal, "offer"):
        raise WrongStep(_("This is not possible at its present stage."))
    if not 1 <= terms.term_days <= charter.term_days:
        raise Invalid(_("The charter does not allow so long a term."))
    if not terms.task.strip() or not terms.limits.strip():
        raise Invalid(_("A mandate needs a task and its limits."))
    if not belongs(terms.person, proposal.body):
        raise Invalid(_("Choose a member of this body."))
    pillars_allow(Asked.HOLD, terms.person, proposal.body, at=folkmoot_now()).or_deny()
    renews = held_before(proposal.body, proposal.title, terms.person)
    if renews is not None and renews.renewal_no >= charter.renewals:
        raise Invalid(_("This person has held the mandate as many times in a row as the charter allows."))
    return Offer.objects.create(
        proposal=proposal,
        person=terms.person,
        task=terms.task,
        limits=terms.limits,
        term_days=terms.term_days,
        report_days=terms.report_days,
        renews=renews,
    )


@transaction.atomic
def accept(proposal: Proposal, *, by: Person, at: datetime) -> Offer:
    """The person named accepts: without it no vote opens."""
    proposal = lock(proposal)
    can_accept(by, proposal).or_deny()
    pillars_allow(Asked.HOLD, by, proposal.body, at=at).or_deny()
    accepted = lock(proposal.offer)
    if accepted.accepted_at is None:
        accepted.accepted_at = at
        accepted.save(update_fields=["accepted_at"])
        record("offer.accepted", proposal.body, by=by, at=at, proposal=proposal.pk)
    return accepted


def grant(proposal: Proposal, *, at: datetime) -> Mandate:
    """Give the mandate that an adopted proposal offers. Called in the closing transaction."""
    given = proposal.offer
    if given.accepted_at is None:
        raise Impossible(_("The person named has not accepted."))
    return give(proposal, given.person, given, at=at)


def give(proposal: Proposal, person: Person, given: Offer | Election, *, at: datetime) -> Mandate:
    """Give a mandate to one person, in the closing transaction; `Impossible` if they cannot hold it any more."""
    body = proposal.body
    if not belongs(person, body):
        raise Impossible(_("The person it names is no longer a member."))
    verdict = pillars_allow(Asked.HOLD, person, body, at=at) and may_be_elected(person, proposal, at=at)
    if not verdict:
        raise Impossible(verdict.reason)
    # By the title of today: it may have been reworded.
    renews = held_before(body, proposal.title, person, granting=proposal)
    if renews is not None and renews.renewal_no >= get_charter(body).renewals:
        raise Impossible(_("This person has held the mandate as many times in a row as the charter allows."))
    mandate = Mandate.objects.create(
        body=body,
        person=person,
        granted_by=proposal,
        title=proposal.title,
        task=given.task,
        limits=given.limits,
        report_days=given.report_days,
        renewal_no=renews.renewal_no + 1 if renews else 0,
        starts_at=at,
        ends_at=at + timedelta(days=given.term_days),
    )
    record(
        "mandate.granted",
        body,
        by=person,
        at=at,
        texts={"title": mandate.title, "task": mandate.task, "limits": mandate.limits},
        mandate=mandate.pk,
        proposal=proposal.pk,
        days=given.term_days,
        ends=in_utc(mandate.ends_at),
        renewal=mandate.renewal_no,
        report_days=mandate.report_days,
    )
    tell(Cause.What.MANDATE_GRANTED, body, key=str(mandate.pk), at=at, mandate=mandate, person=person)
    auditing.begin_if_elected(mandate, at=at)
    return mandate


@transaction.atomic
def report(mandate: Mandate, text: str, *, by: Person) -> Report:
    """Tell the body what was done. An act under the mandate: refused from the moment it ends. Reads the clock
    itself.
    """
    mandate = lock(mandate)
    at = folkmoot_now()
    may.can_act(by, mandate, at=at).or_deny()
    rests(mandate, at=at).or_deny()
    if not text.strip():
        raise Invalid(_("Write a sentence or two first."))
    if len(text) > 8000:
        raise Invalid(_("This is too long: a report has at most 8,000 characters."))
    given = Report.objects.create(mandate=mandate, text=text.strip(), at=at)
    record("report.given", mandate.body, by=by, at=at, texts={"text": given.text}, mandate=mandate.pk)
    tell(Cause.What.REPORT_GIVEN, mandate.body, key=str(given.pk), at=at, mandate=mandate, by=by)
    return given


@transaction.atomic
def resign(mandate: Mandate, *, by: Person) -> Mandate:
    """The delegate gives the mandate back."""
    mandate = take_mandate(mandate.pk)
    at = folkmoot_now()
    may.can_act(by, mandate, at=at).or_deny()
    return end(mandate, Mandate.Ending.RESIGNED, at=at, by=by)


def end_if_over(mandate_id: int) -> bool:
    """End a mandate whose term is over; False if it is not, or was ended already.

    A recall that closed before the term was over is counted first: it may have ended the mandate.
    """
    with transaction.atomic():
        mandate = take_mandate(mandate_id)
        at = folkmoot_now()
        if mandate.ended_at is not None or mandate.ends_at > at:
            return False
        if Vote.objects.open().filter(proposal__mandate=mandate, closes_at__lt=mandate.ends_at).exists():
            return False
        end(mandate, Mandate.Ending.TERM, at=at)
        return True


def end(
    mandate: Mandate,
    ending: Mandate.Ending,
    *,
    at: datetime,
    by: Person | None = None,
    members: int = 0,
    lost: Mapping[str, Any] | None = None,
    lost_line: str = "",
) -> Mandate:
    """End a mandate that the caller has locked with its open recall. The only place where one ends.

    `by` is the delegate who gives it back; nobody else ends one by themselves. `members` is the number that
    confidence was counted over; `lost` is what a pillar counted instead, where others than members withdraw it.
    `lost_line` is the hash of the line that said so before a backup was restored: then
    who had withdrawn their confidence is no longer known.
    """
    mandate.ended_at = at
    mandate.ending = ending
    mandate.save(update_fields=["ended_at", "ending"])
    if ending != Mandate.Ending.RECALL:
        overtaking.overtake_recalls(mandate, at=at)
    by_confidence = ending == Mandate.Ending.CONFIDENCE and not lost_line
    if by_confidence and lost is None:
        lost = lost_confidence(mandate, members)
    again: dict[str, Any] = {"lost_line": lost_line} if lost_line else {}
    record(
        "mandate.ended",
        mandate.body,
        by=by,
        at=at,
        mandate=mandate.pk,
        how=ending.value,
        holder=label_of(mandate.person, mandate.body),
        **(lost or {}),
        **again,
    )
    tell(Cause.What.MANDATE_ENDED, mandate.body, key=str(mandate.pk), at=at, mandate=mandate, person=mandate.person)
    return mandate


def lost_confidence(mandate: Mandate, members: int) -> dict[str, Datum]:
    """What the record says of an ending by confidence: the numbers, and one commitment for each who had withdrawn.

    Who withdrew can open their own commitment with the nonce on their page; nobody else can (DESIGN section 8).
    """
    voices = Membership.objects.filter(body=mandate.body_id).with_voice(mandate.ended_at or mandate.ends_at)
    rows = Withdrawal.objects.filter(mandate=mandate, membership__in=voices)
    secrets = rows.values_list("nonce", "membership__label_key")  # half of ten thousand: no objects for them
    commitments: list[Datum] = [*sorted(commitment(bytes(nonce), label_from(key)) for nonce, key in secrets)]
    return {"members": members, "withdrawn": len(commitments), "commitments": commitments}
