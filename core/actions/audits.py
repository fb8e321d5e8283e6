"""Audits: set out by an election, read under its mandate, found, answered, reported; and what the host does then.

Every reading is written down, in both records, before anything is shown of it (DESIGN 6).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from core.actions import hosting, mandates, recalls
from core.actions.telling import tell
from core.locks import lock, lock_all
from core.models import (
    ANSWER_MAX,
    FOUND_MAX,
    Audit,
    AuditReading,
    Body,
    Evidence,
    Finding,
    FindingAnswer,
    FindingStep,
    Mandate,
    Membership,
    Person,
    Proposal,
    Report,
)
from core.permissions import audits as may
from core.permissions.members import membership_of
from core.queries.audits import find_item
from core.queries.charters import today_in
from core.record import record
from core.refusals import Invalid
from core.registry import MATTERS
from core.rules.lines import one_line
from core.timekeeping import folkmoot_now

READ, FOUND, ANSWERED, REPORTED = "audit.read", "finding.made", "finding.answered", "audit.reported"
ANSWER_WITHIN = (3, 90)
"""The days within which a body is asked to answer: time to meet, and an end."""
EVIDENCE_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class Scope:
    """What is to be audited: which body, which matters, from when on."""

    body: Body
    matters: tuple[str, ...]
    since: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as the auditor writes it. `evidence` are the keys of readings of one thing each."""

    title: str
    text: str
    severity: str
    answer_by: date
    evidence: tuple[int, ...]


@transaction.atomic
def set_out(proposal: Proposal, scope: Scope, *, by: Person) -> Audit:
    """Say what an election (still an idea) sends its auditor to read."""
    proposal = lock(proposal)
    may.can_set_out(by, proposal, scope.body).or_deny()
    matters = [name for name in MATTERS if name in scope.matters]
    if not matters or len(matters) != len(set(scope.matters)):
        raise Invalid(_("Choose what the auditor reads."))
    if scope.since > folkmoot_now():
        raise Invalid(_("An audit looks back: choose a day that has passed."))
    return Audit.objects.create(proposal=proposal, body=scope.body, matters=matters, since=scope.since)


@transaction.atomic
def read(audit: Audit, matter: str, *, by: Person, item: int | None = None, page: int = 1) -> AuditReading:
    """Write down that the auditor reads something; whoever calls this shows it only afterwards.

    Without `item` it is a page of a list. Both records have a line of it. Reads the clock after its locks.
    """
    audit, mandate = take(audit, by)
    at = folkmoot_now()
    mandate = may.require_auditor(by, audit, mandate, at=at)
    if matter not in audit.matters:
        raise Invalid(_("This was not given to the auditor to read."))
    title = find_item(audit, matter, item, by).title if item is not None else ""
    reading = AuditReading.objects.create(
        audit=audit, mandate=mandate, matter=matter, item=item, title=title, page=max(page, 1), at=at
    )
    said: dict[str, Any] = {"reading": reading.pk, "matter": matter, "item": item}
    write_in_both(READ, audit, by=by, at=at, texts={"title": title}, mandate=mandate, **said)
    return reading


@transaction.atomic
def find(audit: Audit, found: Found, *, by: Person) -> Finding:
    """Write down a finding: host and body are told, the body is asked to answer. Reads the clock after its locks."""
    audit, mandate = take(audit, by)
    at = folkmoot_now()
    mandate = may.require_auditor(by, audit, mandate, at=at)
    title, text = one_line(found.title), found.text.strip()
    if not title or not text or len(title) > 120 or len(text) > FOUND_MAX:
        raise Invalid(_("Say what you found: a title, and a text of 8,000 characters at most."))
    if found.severity not in Finding.Severity.values:
        raise Invalid(_("Say how serious it is."))
    today = today_in(audit.body, at)
    if not today + timedelta(ANSWER_WITHIN[0]) <= found.answer_by <= today + timedelta(ANSWER_WITHIN[1]):
        raise Invalid(_("Give the body three days at least to answer, and ninety at most."))
    shown = readings_of(audit, found.evidence)
    number = (audit.findings.aggregate(last=Max("number"))["last"] or 0) + 1
    finding = Finding.objects.create(
        audit=audit,
        mandate=mandate,
        number=number,
        title=title,
        text=text,
        severity=found.severity,
        answer_by=found.answer_by,
        at=at,
    )
    Evidence.objects.bulk_create(Evidence(finding=finding, reading=reading) for reading in shown)
    said: dict[str, Any] = {
        "finding": number,
        "severity": found.severity,
        "answer_by": found.answer_by.isoformat(),
        "evidence": sorted(reading.pk for reading in shown),
    }
    write_in_both(FOUND, audit, by=by, at=at, texts={"title": title, "text": text}, mandate=mandate, **said)
    for body in (audit.proposal.body, audit.body):
        tell_of(FOUND, body, finding, key=f"{finding.pk}.{body.pk}", at=at, by=by)
    return finding


def readings_of(audit: Audit, keys: Iterable[int]) -> list[AuditReading]:
    """What shows a finding: things that were read in this audit, each once. Raises `Invalid` without any."""
    wanted = set(keys)
    found = list(audit.readings.filter(pk__in=wanted, item__isnull=False).order_by("pk"))
    if not found or len(found) != len(wanted) or len(found) > EVIDENCE_AT_MOST:
        raise Invalid(_("Choose what shows it: one to twenty things that you have read in this audit."))
    return found


@transaction.atomic
def answer(finding: Finding, text: str, *, by: Person) -> FindingAnswer:
    """A member of the body answers, by name; after the day as well. The host is told."""
    membership = membership_of(by, finding.audit.body)
    lock_all(Membership, [membership.pk] if membership else [])
    audit, _mandate = take(finding.audit, by)
    finding.audit = audit
    at = folkmoot_now()
    may.can_answer(by, finding).or_deny()
    text = text.strip()
    if not text or len(text) > ANSWER_MAX or membership is None:
        raise Invalid(_("Write a sentence or two first, 8,000 characters at most."))
    given = FindingAnswer.objects.create(finding=finding, membership=membership, text=text, at=at)
    write_in_both(ANSWERED, audit, by=by, at=at, texts={"text": text}, inside=True, finding=finding.number)
    tell_of(ANSWERED, audit.proposal.body, finding, key=str(given.pk), at=at, by=by)
    return given


@transaction.atomic
def report(audit: Audit, text: str, *, by: Person) -> Report:
    """The auditor reports to the host, as any delegate does; the body is told that there is a report."""
    mandate = may.require_auditor(by, audit, may.mandate_of(by, audit), at=folkmoot_now())
    given = mandates.report(mandate, text, by=by)
    tell(
        REPORTED,
        audit.body,
        key=str(given.pk),
        at=given.at,
        by=by,
        title=mandate.title,
        path=audit.get_absolute_url(),
    )
    return given


@transaction.atomic
def recall(finding: Finding, mandate: Mandate, reason: str, *, by: Person) -> Proposal:
    """From a finding, open the recall of a mandate that shows it: by a member of whoever granted it, as any recall."""
    may.is_open(finding.audit).or_deny()
    if not finding.evidence.filter(reading__matter="mandates", reading__item=mandate.pk).exists():
        raise Invalid(_("This mandate is not among what shows the finding."))
    opened = recalls.open_recall(mandate, reason, by=by)
    FindingStep.objects.create(finding=finding, proposal=opened)
    return opened


@transaction.atomic
def propose(finding: Finding, kind: str, title: str, text: str, *, by: Person, at: datetime) -> Proposal:
    """From a finding, propose in the host to restructure the body, or to recognise it no longer."""
    may.can_take_steps(by, finding).or_deny()
    audit = finding.audit
    proposal = hosting.propose(audit.proposal.body, audit.body, kind, title, text, by=by, at=at)
    FindingStep.objects.create(finding=finding, proposal=proposal)
    return proposal


def take(audit: Audit, by: Person) -> tuple[Audit, Mandate | None]:
    """Lock both bodies, in the order of their keys, and the mandate under which this person audits, if there is one.

    Who writes in two records holds both bodies: no two wait for each other's heads.
    """
    rows = {row.pk: row for row in lock_all(Body, [audit.body_id, audit.proposal.body_id])}
    audit.body = rows[audit.body_id]
    audit.proposal.body = rows[audit.proposal.body_id]
    mandate = may.mandate_of(by, audit)
    return audit, lock(mandate) if mandate is not None else None


def write_in_both(
    what: str,
    audit: Audit,
    *,
    by: Person,
    at: datetime,
    texts: dict[str, str],
    inside: bool = False,
    mandate: Mandate | None = None,
    **said: Any,
) -> None:
    """A line in the record of the host and one in that of the body, which the caller has locked.

    Each has the label of who is of that body: the auditor in the host, who answers (`inside`) in the body.
    """
    host, body = audit.proposal.body, audit.body
    for each in sorted((host, body), key=lambda row: row.pk):
        theirs = each == (body if inside else host)
        under: dict[str, Any] = {"mandate": mandate.pk} if mandate is not None and each == host else {}
        record(what, each, by=by if theirs else None, at=at, texts=texts, audit=audit.pk, **under, **said)


def tell_of(what: str, body: Body, finding: Finding, *, key: str, at: datetime, by: Person | None = None) -> None:
    """News about a finding; it leads to where the finding stands."""
    tell(what, body, key=key, at=at, by=by, title=finding.title, path=finding.get_absolute_url())
