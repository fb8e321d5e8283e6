"""Audits over the API: electing an auditor, reading (each reading is written down first), finding, answering, steps."""

from datetime import datetime
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from core.actions import audits, elections, proposals
from core.api import shown
from core.api.acting import act, taken, who
from core.api.lists import OfBody
from core.api.shown import PersonShown
from core.api.taken import Shape, WordsTaken
from core.models import FOUND_MAX, TEXT_MAX, Audit, AuditReading, Body, Finding, FindingAnswer, Mandate, Proposal
from core.permissions.hosting import RECOGNITION, RESTRUCTURING
from core.queries.audits import findings_of, get_shown, hosted_by, seen_audits
from core.timekeeping import folkmoot_now


class ReadingShown(serializers.ModelSerializer[AuditReading]):
    """One line of what was read."""

    person = PersonShown(source="mandate.person", read_only=True)

    class Meta:
        model = AuditReading
        fields: ClassVar = ["id", "person", "matter", "item", "title", "page", "at"]


class AnswerShown(serializers.ModelSerializer[FindingAnswer]):
    """What a member of the body answered."""

    person = PersonShown(source="membership.person", read_only=True)

    class Meta:
        model = FindingAnswer
        fields: ClassVar = ["id", "finding", "person", "text", "at"]


class FindingShown(serializers.ModelSerializer[Finding]):
    """A finding with what shows it and what was answered."""

    evidence = serializers.SerializerMethodField()
    answers = AnswerShown(many=True, read_only=True)

    class Meta:
        model = Finding
        fields: ClassVar = [
            *("id", "audit", "number", "title", "text", "severity", "answer_by", "at", "evidence", "answers"),
        ]

    @extend_schema_field(ReadingShown(many=True))
    def get_evidence(self, finding: Finding) -> Any:
        """The readings that show it."""
        rows = finding.evidence.select_related("reading__mandate__person").order_by("pk")
        return ReadingShown([row.reading for row in rows], many=True).data


class AuditShown(serializers.ModelSerializer[Audit]):
    """An audit: of which body, for which host, what is read."""

    title = serializers.CharField(source="proposal.title", read_only=True)
    host = serializers.SlugRelatedField[Body](source="proposal.body", slug_field="slug", read_only=True)
    body = serializers.SlugRelatedField[Body](slug_field="slug", read_only=True)

    class Meta:
        model = Audit
        fields: ClassVar = ["id", "proposal", "title", "host", "body", "matters", "since"]


class AuditRead(AuditShown):
    """The same with all that was read and found."""

    findings = serializers.SerializerMethodField()
    readings = serializers.SerializerMethodField()

    class Meta(AuditShown.Meta):
        fields: ClassVar = [*AuditShown.Meta.fields, "findings", "readings"]

    @extend_schema_field(FindingShown(many=True))
    def get_findings(self, audit: Audit) -> Any:
        """In their order."""
        return FindingShown(findings_of(audit), many=True).data

    @extend_schema_field(ReadingShown(many=True))
    def get_readings(self, audit: Audit) -> Any:
        """The newest hundred."""
        rows = audit.readings.select_related("mandate__person").order_by("-at", "-pk")[:100]
        return ReadingShown(rows, many=True).data


class AuditTaken(Shape):
    """An election of an auditor: the mandate, and what it is to read in which body; all of it without `since`."""

    audited = serializers.SlugField(max_length=80)
    matters = serializers.ListField(child=serializers.CharField(max_length=20), max_length=20)
    since = serializers.DateTimeField(required=False, allow_null=True, default=None)
    title = serializers.CharField(max_length=120)
    text = serializers.CharField(max_length=TEXT_MAX)
    task = serializers.CharField(max_length=4000)
    limits = serializers.CharField(max_length=2000)
    term_days = serializers.IntegerField(min_value=1, max_value=730)
    report_days = serializers.IntegerField(min_value=7, max_value=730, required=False, allow_null=True, default=None)
    ranked = serializers.BooleanField(required=False, default=False)


class ReadTaken(Shape):
    """A page of a matter's list, or one thing in it."""

    matter = serializers.CharField(max_length=20)
    item = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False, allow_null=True, default=None)
    page = serializers.IntegerField(min_value=1, max_value=2**31 - 1, required=False, default=1)


class FindingTaken(Shape):
    """A finding; `evidence` are the numbers of readings of one thing each."""

    title = serializers.CharField(max_length=120)
    text = serializers.CharField(max_length=FOUND_MAX)
    severity = serializers.ChoiceField(choices=Finding.Severity.choices)
    answer_by = serializers.DateField()
    evidence = serializers.ListField(child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), max_length=20)


class StepTaken(Shape):
    """What the host is to decide about the body."""

    kind = serializers.ChoiceField(choices=[RESTRUCTURING, RECOGNITION])
    title = serializers.CharField(max_length=120)
    text = serializers.CharField(max_length=TEXT_MAX)


class RecallTaken(Shape):
    """Which mandate among what shows the finding, and why."""

    mandate = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    text = serializers.CharField(max_length=4000)


def seen(request: Request, pk: int) -> Audit:
    """An audit that the caller may see, else 404."""
    audit: Audit = get_object_or_404(seen_audits(who(request)), pk=pk)
    return audit


def seen_finding(request: Request, pk: int) -> Finding:
    """A finding of such an audit."""
    found = Finding.objects.filter(audit__in=seen_audits(who(request)))
    finding: Finding = get_object_or_404(found.select_related("audit__body", "audit__proposal__body"), pk=pk)
    return finding


@extend_schema_view(get=extend_schema(operation_id="audit_list"))
class AuditList(OfBody[Audit]):
    """Audits of a body, and those it has others audited by; newest first."""

    queryset = Audit.objects.none()
    serializer_class = AuditShown

    def get_queryset(self) -> QuerySet[Audit]:
        """Of a body the caller is a member of."""
        body = self.body()
        rows = seen_audits(who(self.request))
        return (rows.filter(body=body) | rows.filter(proposal__body=body)).order_by("-pk")


@extend_schema(operation_id="audit_elect", request=AuditTaken, responses={201: shown.ProposalShown})
@api_view(["POST"])
def audit_elect(request: Request, slug: str) -> Response:
    """Propose to elect an auditor for a body that answers to this one."""
    body = get_object_or_404(Body.objects.of(who(request)), slug=slug)
    given = taken(AuditTaken, request)
    audited = get_object_or_404(hosted_by(body), slug=given["audited"])
    at = folkmoot_now()
    return act(request, lambda: elect(request, body, audited, given, at), shown.ProposalShown, made=True)


def elect(request: Request, body: Body, audited: Body, given: dict[str, Any], at: datetime) -> Proposal:
    """Write the election, say what it fills and what is audited, put it up."""
    by = who(request)
    proposal = proposals.draft(body, by=by, at=at, title=given["title"], text=given["text"], kind="election")
    names = ("task", "limits", "term_days", "report_days", "ranked")
    elections.set_out(proposal, elections.Terms(**{name: given[name] for name in names}), by=by)
    scope = audits.Scope(audited, tuple(given["matters"]), given["since"] or audited.formed_at)
    audits.set_out(proposal, scope, by=by)
    return proposals.put_up(proposal, by=by, at=at)


@extend_schema(operation_id="audit_detail", responses=AuditRead)
@api_view(["GET", "HEAD"])
def audit_detail(request: Request, pk: int) -> Response:
    """One audit with all that was read and found."""
    return Response(AuditRead(seen(request, pk)).data)


class ThingShown(serializers.Serializer[Any]):
    """One thing that can be read, as its list names it."""

    key = serializers.IntegerField()
    title = serializers.CharField()
    at = serializers.DateTimeField()


class ReadShown(serializers.Serializer[Any]):
    """The reading that was written down, and what was read: a page of a list, or one thing whole."""

    reading = ReadingShown()
    pages = serializers.IntegerField()
    things = ThingShown(many=True)
    thing = serializers.DictField(allow_null=True)


@extend_schema(operation_id="audit_read", request=ReadTaken, responses=ReadShown)
@api_view(["POST"])
def audit_read(request: Request, pk: int) -> Response:
    """Read a page of a list, or one thing. The line of it is written and committed first, at every call: an
    Idempotency-Key has no effect here.
    """
    audit, given = seen(request, pk), taken(ReadTaken, request)
    reading = audits.read(audit, given["matter"], by=who(request), item=given["item"], page=given["page"])
    found = get_shown(reading, who(request))
    about = {
        "reading": reading,
        "pages": found.page.paginator.num_pages if found.page is not None else 1,
        "things": found.listed,
        "thing": found.matter.data(found.row) if found.row is not None else None,
    }
    return Response(ReadShown(about).data, headers={"Cache-Control": "no-store"})


@extend_schema(operation_id="finding_make", request=FindingTaken, responses={201: FindingShown})
@api_view(["POST"])
def finding_make(request: Request, pk: int) -> Response:
    """The auditor writes down a finding."""
    audit, given = seen(request, pk), taken(FindingTaken, request)
    found = audits.Found(**given | {"evidence": tuple(given["evidence"])})
    return act(request, lambda: audits.find(audit, found, by=who(request)), FindingShown, made=True)


@extend_schema(operation_id="audit_report", request=WordsTaken, responses={201: shown.ReportShown})
@api_view(["POST"])
def audit_report(request: Request, pk: int) -> Response:
    """The auditor reports to the host."""
    audit, text = seen(request, pk), taken(WordsTaken, request)["text"]
    return act(request, lambda: audits.report(audit, text, by=who(request)), shown.ReportShown, made=True)


@extend_schema(operation_id="finding_answer", request=WordsTaken, responses={201: AnswerShown})
@api_view(["POST"])
def finding_answer(request: Request, pk: int) -> Response:
    """A member of the body answers."""
    finding, text = seen_finding(request, pk), taken(WordsTaken, request)["text"]
    return act(request, lambda: audits.answer(finding, text, by=who(request)), AnswerShown, made=True)


@extend_schema(operation_id="finding_recall", request=RecallTaken, responses={201: shown.ProposalShown})
@api_view(["POST"])
def finding_recall(request: Request, pk: int) -> Response:
    """Open the recall of a mandate that shows a finding."""
    finding, given = seen_finding(request, pk), taken(RecallTaken, request)
    mandate = get_object_or_404(Mandate, pk=given["mandate"])
    return act(
        request,
        lambda: audits.recall(finding, mandate, given["text"], by=who(request)),
        shown.ProposalShown,
        made=True,
    )


@extend_schema(operation_id="finding_propose", request=StepTaken, responses={201: shown.ProposalShown})
@api_view(["POST"])
def finding_propose(request: Request, pk: int) -> Response:
    """Propose in the host to restructure the body, or to recognise it no longer."""
    finding, given = seen_finding(request, pk), taken(StepTaken, request)

    def propose() -> Proposal:
        return audits.propose(finding, given["kind"], given["title"], given["text"], by=who(request), at=folkmoot_now())

    return act(request, propose, shown.ProposalShown, made=True)
