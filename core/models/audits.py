"""Audits: what an elected auditor is to read in a body that answers to the host, what was read, found and answered.

The auditor's power is a mandate like any other, granted by the host's election; these rows hang on it. None of them is
ever changed or taken away: neither by the auditor nor by the body.
"""

from typing import ClassVar, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .bodies import Body, Membership
from .fields import LineField
from .mandates import Mandate
from .people import Person
from .proposals import Proposal

FOUND_MAX = 8000
ANSWER_MAX = 8000


def never_changes(what: str) -> pgtrigger.Trigger:
    """What is written stays, for every role."""
    return pgtrigger.Trigger(
        name=f"{what}_stays",
        operation=pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        func=f"RAISE EXCEPTION 'of an audit nothing is changed or taken away: {what}';",
    )


OF_A_HOSTED_BODY = """
    IF NOT EXISTS (
        SELECT 1 FROM core_proposal p JOIN core_body b ON b.host_id = p.body_id
        WHERE p.id = NEW.proposal_id AND p.kind = 'election' AND b.id = NEW.body_id
    ) THEN RAISE EXCEPTION 'a host elects an auditor for a body that answers to it'; END IF;
    RETURN NEW;
"""


class AuditQuerySet(models.QuerySet["Audit"]):
    """Filters for audits."""

    def visible_to(self, person: Person | None) -> Self:
        """Members of the host and of the body; of one that was not put up yet, its author alone."""
        if person is None or not person.is_authenticated:
            return self.none()
        mine = Membership.objects.reading().filter(person=person).values("body")
        begun = Q(proposal__granted__isnull=False)
        return self.filter(Q(proposal__in=Proposal.objects.visible_to(person)) | (Q(body__in=mine) & begun)).distinct()


class Audit(models.Model):
    """What an election of the host asks of the auditor: which body, which matters, from when on."""

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="audit")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="audits")
    matters = ArrayField(models.CharField(max_length=20))
    since = models.DateTimeField()

    objects: ClassVar = AuditQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(matters=[]), name="audit_has_matters")]
        triggers: ClassVar = [
            never_changes("audit"),
            pgtrigger.Trigger(
                name="audit_of_a_hosted_body",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=OF_A_HOSTED_BODY,
            ),
        ]

    def __str__(self) -> str:
        return f"audit of {self.body_id}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("core:audit-detail", args=[self.pk])


# No reading and no finding but under a mandate in force, of a body that still answers to the host (invariant 7).
UNDER_ITS_MANDATE = """
    IF NOT EXISTS (
        SELECT 1 FROM core_audit a JOIN core_proposal p ON p.id = a.proposal_id
        JOIN core_body b ON b.id = a.body_id AND b.host_id = p.body_id AND b.ended_at IS NULL
        JOIN core_mandate d ON d.granted_by_id = p.id
        WHERE a.id = NEW.audit_id AND d.id = NEW.mandate_id
        AND d.ended_at IS NULL AND d.ends_at > folkmoot_now() {of_it}
    ) THEN RAISE EXCEPTION 'an audit is done under its mandate'; END IF;
    RETURN NEW;
"""


def under_its_mandate(of_it: str = "") -> pgtrigger.Trigger:
    """The trigger that keeps it so."""
    return pgtrigger.Trigger(
        name="under_its_mandate",
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        func=UNDER_ITS_MANDATE.format(of_it=of_it),
    )


class AuditReading(models.Model):
    """The auditor has read something: a list of a matter, or one thing in it. Written before it is shown."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="readings")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="readings")
    matter = models.CharField(max_length=20)
    item = models.PositiveBigIntegerField(null=True, blank=True)
    title = LineField(max_length=200, blank=True)
    page = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(item__isnull=True, title="") | (Q(item__isnull=False) & ~Q(title="")),
                name="audit_reading_names_what",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["audit", "-at"], name="audit_readings")]
        triggers: ClassVar = [never_changes("reading"), under_its_mandate("AND NEW.matter = ANY (a.matters)")]

    def __str__(self) -> str:
        return f"reading {self.pk}"


class Finding(models.Model):
    """What an auditor found: in words, with what shows it, how serious it is, and until when the body answers."""

    class Severity(models.TextChoices):
        """How serious it is."""

        NOTE = "note", _("worth knowing")
        FAULT = "fault", _("to be put right")
        GRAVE = "grave", _("serious")

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="findings")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="findings")
    number = models.PositiveSmallIntegerField()
    title = LineField(max_length=120)
    text = models.TextField(max_length=FOUND_MAX)
    severity = models.CharField(max_length=5, choices=Severity)
    answer_by = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["audit", "number"], name="finding_number_once"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="finding_says_what"),
            models.CheckConstraint(condition=Q(severity__in=["note", "fault", "grave"]), name="finding_severity_known"),
        ]
        triggers: ClassVar = [never_changes("finding"), under_its_mandate()]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where it stands."""
        return f"{self.audit.get_absolute_url()}#finding-{self.number}"


SHOWN_BY_WHAT_WAS_READ = """
    IF NOT EXISTS (
        SELECT 1 FROM core_finding f JOIN core_auditreading r ON r.audit_id = f.audit_id
        WHERE f.id = NEW.finding_id AND r.id = NEW.reading_id AND r.item IS NOT NULL
    ) THEN RAISE EXCEPTION 'a finding is shown by what was read in its audit'; END IF;
    RETURN NEW;
"""


class Evidence(models.Model):
    """What shows a finding: a thing that the auditor has read in this audit."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="evidence")
    reading = models.ForeignKey(AuditReading, on_delete=models.PROTECT, related_name="shows")

    class Meta:
        verbose_name_plural = "evidence"
        constraints: ClassVar = [models.UniqueConstraint(fields=["finding", "reading"], name="evidence_once")]
        triggers: ClassVar = [
            never_changes("evidence"),
            pgtrigger.Trigger(
                name="evidence_was_read",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=SHOWN_BY_WHAT_WAS_READ,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reading_id} shows {self.finding_id}"


ANSWERED_FROM_INSIDE = """
    IF NOT EXISTS (
        SELECT 1 FROM core_finding f JOIN core_audit a ON a.id = f.audit_id
        JOIN core_membership m ON m.body_id = a.body_id AND m.ended_at IS NULL
        WHERE f.id = NEW.finding_id AND m.id = NEW.membership_id
    ) THEN RAISE EXCEPTION 'a member of the body answers'; END IF;
    RETURN NEW;
"""


class FindingAnswer(models.Model):
    """What a member of the body answers, by name."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="answers")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="finding_answers")
    text = models.TextField(_("answer"), max_length=ANSWER_MAX)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="finding_answer_not_empty")]
        triggers: ClassVar = [
            never_changes("answer"),
            pgtrigger.Trigger(
                name="answered_from_inside",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=ANSWERED_FROM_INSIDE,
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class FindingStep(models.Model):
    """What somebody did about a finding: a recall, or a proposal in the host."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="steps")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="finding_step")

    class Meta:
        triggers: ClassVar = [never_changes("step")]

    def __str__(self) -> str:
        return f"{self.proposal_id} after {self.finding_id}"


# Nobody audits a body they are in, or were in while it did what is audited. Whichever comes first, the other waits for
# the audit's row and is judged after it.
NOT_ONES_OWN_BODY = """
    PERFORM 1 FROM core_audit WHERE proposal_id = NEW.granted_by_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM core_audit a JOIN core_membership m ON m.body_id = a.body_id
        WHERE a.proposal_id = NEW.granted_by_id AND m.person_id = NEW.person_id
        AND (m.ended_at IS NULL OR m.ended_at >= a.since)
    ) THEN RAISE EXCEPTION 'nobody audits a body of their own'; END IF;
    RETURN NEW;
"""
AUDITORS_STAY_OUT = """
    PERFORM 1 FROM core_audit WHERE body_id = NEW.body_id ORDER BY id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM core_audit a JOIN core_mandate d ON d.granted_by_id = a.proposal_id
        WHERE a.body_id = NEW.body_id AND d.person_id = NEW.person_id
        AND d.ended_at IS NULL AND d.ends_at > folkmoot_now()
    ) THEN RAISE EXCEPTION 'who audits a body does not join it'; END IF;
    RETURN NEW;
"""


class Auditing(Mandate):
    """Nobody audits a body of their own: a stand-in that carries the trigger, without rows of its own."""

    class Meta:
        proxy = True
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="not_ones_own_body", operation=pgtrigger.Insert, when=pgtrigger.Before, func=NOT_ONES_OWN_BODY
            )
        ]


class Audited(Membership):
    """Who audits a body does not join it: a stand-in that carries the trigger, without rows of its own."""

    class Meta:
        proxy = True
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="auditors_stay_out", operation=pgtrigger.Insert, when=pgtrigger.Before, func=AUDITORS_STAY_OUT
            )
        ]
