"""What the pages about audits show: the audits of a body, and one audit with all that was read and found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.models import (
    Audit,
    AuditReading,
    Body,
    Evidence,
    Finding,
    FindingStep,
    Mandate,
    Person,
    Proposal,
)
from core.permissions import audits as may
from core.permissions import hosting
from core.permissions.mandates import can_recall
from core.permissions.members import membership_of
from core.queries.charters import get_charter, today_in
from core.refusals import Refusal, Verdict
from core.registry import MATTERS, AuditMatter, Panel, Told

PAGE = 30
READINGS_SHOWN = 50
HOSTS = (Body.Kind.COUNCIL, Body.Kind.CONFEDERATION)


class NotThere(Refusal):
    """There is no such thing in what is audited."""

    status = 404


def find_item(audit: Audit, matter: str, item: int, person: Person) -> Told:
    """One thing within the scope of an audit, as its list names it. Raises `NotThere`."""
    return MATTERS[matter].tell([get_row(audit, matter, item)], audit.body, person)[0]


def get_row(audit: Audit, matter: str, item: int) -> Any:
    """The row of it."""
    row = MATTERS[matter].rows(audit.body, audit.since).filter(pk=item).first()
    if row is None:
        raise NotThere(_("This does not belong to what is audited."))
    return row


@dataclass(frozen=True, slots=True)
class Shown:
    """What an auditor reads: one thing whole, or a page of a list."""

    matter: AuditMatter
    row: Any
    page: Page[Any] | None
    listed: list[Told]

    @property
    def panel(self) -> Panel | None:
        """The one thing, as the page shows it."""
        return self.matter.shows(self.row) if self.row is not None else None


def get_shown(reading: AuditReading, person: Person) -> Shown:
    """What was asked for; the reading is written down already."""
    matter, audit = MATTERS[reading.matter], reading.audit
    if reading.item is not None:
        return Shown(matter, get_row(audit, reading.matter, reading.item), None, [])
    page = Paginator(matter.rows(audit.body, audit.since), PAGE).get_page(reading.page)
    return Shown(matter, None, page, matter.tell(list(page), audit.body, person))


@dataclass(frozen=True, slots=True)
class Answering:
    """A finding with what shows it, what was answered and done, and what the reader can do about it."""

    finding: Finding
    late: bool
    steps: list[Proposal]
    recallable: list[Mandate]


@dataclass(frozen=True, slots=True)
class AuditPage:
    """One audit as members of host and body see it."""

    audit: Audit
    body: Body
    host: Body
    labels: list[Any]
    auditors: list[Mandate]
    open: Verdict
    own: Mandate | None
    can_audit: Verdict
    can_answer: Verdict
    can_take_steps: Verdict
    can_restructure: bool
    in_host: bool
    findings: list[Answering]
    readings: list[AuditReading]
    read: int
    time_zone: str

    @property
    def linked(self) -> Body | None:
        """The body, for whoever may open its own page: an unlisted one has none for neighbours."""
        return self.body if self.body.listed or self.can_answer else None

    @property
    def in_force(self) -> bool:
        """Whether an auditor reads on."""
        return bool(self.open) and any(mandate.ended_at is None for mandate in self.auditors)


def seen_audits(person: Person) -> QuerySet[Audit]:
    """Those that a person may see, with body and host."""
    return Audit.objects.visible_to(person).select_related("body", "proposal__body", "proposal__author")


def get_audit_page(audit: Audit, person: Person, *, at: datetime) -> AuditPage:
    """One audit. The caller has checked that the person sees it."""
    body, host = audit.body, audit.proposal.body
    zone = get_charter(body).time_zone
    auditors = list(Mandate.objects.filter(granted_by=audit.proposal_id).select_related("person").order_by("pk"))
    own = next((mandate for mandate in auditors if mandate.person_id == person.pk), None)
    rows = list(findings_of(audit))
    about = Finding(audit=audit)
    readings = audit.readings.select_related("mandate__person").order_by("-at", "-pk")
    return AuditPage(
        audit=audit,
        body=body,
        host=host,
        labels=labels_of(audit),
        auditors=auditors,
        open=may.is_open(audit),
        own=own,
        can_audit=may.can_audit(person, audit, own, at=at),
        can_answer=may.can_answer(person, about),
        can_take_steps=may.can_take_steps(person, about),
        can_restructure=body.kind in hosting.GOVERNED,
        in_host=membership_of(person, host) is not None,
        findings=with_steps(rows, person, at=at, today=today_in(body, at)),
        readings=list(readings[:READINGS_SHOWN]),
        read=audit.readings.count(),
        time_zone=zone,
    )


def labels_of(audit: Audit) -> list[AuditMatter]:
    """The matters, by name and in words."""
    return [MATTERS[name] for name in audit.matters if name in MATTERS]


def findings_of(audit: Audit) -> QuerySet[Finding]:
    """The findings with all that stands beside them."""
    evidence = Prefetch("evidence", Evidence.objects.select_related("reading").order_by("pk"))
    steps = Prefetch("steps", FindingStep.objects.select_related("proposal").order_by("pk"))
    found = audit.findings.select_related("mandate__person").order_by("number")
    return found.prefetch_related(evidence, steps, "answers__membership__person")


def with_steps(findings: Iterable[Finding], person: Person, *, at: datetime, today: date) -> list[Answering]:
    """Each finding with the mandates among its evidence that the reader could recall."""
    rows = list(findings)
    shown = {finding.pk: mandates_shown(finding) for finding in rows}
    wanted = {key for keys in shown.values() for key in keys}
    mandates = Mandate.objects.filter(pk__in=wanted).select_related("person", "body") if wanted else []
    recallable = {mandate.pk: mandate for mandate in mandates if can_recall(person, mandate, at=at)}
    return [
        Answering(
            finding,
            not finding.answers.all() and today > finding.answer_by,
            [step.proposal for step in finding.steps.all()],
            [recallable[key] for key in shown[finding.pk] if key in recallable],
        )
        for finding in rows
    ]


def mandates_shown(finding: Finding) -> list[int]:
    """The keys of mandates among what shows a finding."""
    readings = (evidence.reading for evidence in finding.evidence.all())
    return [reading.item for reading in readings if reading.matter == "mandates" and reading.item is not None]


@dataclass(frozen=True, slots=True)
class AuditList:
    """The audits of a body, and those that it has others audited by."""

    body: Body
    of_it: list[Audit]
    by_it: list[Audit]
    hosted: list[Body]


def get_audit_list(body: Body, person: Person) -> AuditList:
    """Newest first."""
    rows = list(seen_audits(person).filter(Q(body=body) | Q(proposal__body=body)).order_by("-pk"))
    return AuditList(
        body,
        [audit for audit in rows if audit.body_id == body.pk],
        [audit for audit in rows if audit.proposal.body_id == body.pk],
        list(hosted_by(body)),
    )


def hosted_by(body: Body) -> QuerySet[Body]:
    """The bodies that answer to it."""
    return body.hosted.filter(ended_at__isnull=True).order_by("name")


def evidence_of(audit: Audit, mandate: Mandate) -> list[AuditReading]:
    """What this auditor can show a finding by: each thing read, once, the newest reading of it first."""
    things = audit.readings.filter(mandate=mandate, item__isnull=False)
    latest = things.order_by("matter", "item", "-at").distinct("matter", "item")
    return sorted(latest, key=lambda reading: reading.at, reverse=True)


def panels_of(body: Body, person: Person | None, _at: datetime) -> Iterable[Panel]:
    """On the page of a body that answers to a host, for its members: the way to the audits."""
    if person is None or membership_of(person, body) is None:
        return
    if body.host_id is not None or body.suspended_at is not None:
        yield Panel("core/_hosting.html", {"body": body}, beside=True)


def get_hosted_matter(proposal: Proposal) -> Mapping[str, Any]:
    """What the page of a host's proposal says beside its text: the body, and the finding it came from."""
    step = FindingStep.objects.filter(proposal=proposal).select_related("finding__audit").first()
    return {"body": proposal.hosted_matter.body, "finding": step.finding if step is not None else None}
