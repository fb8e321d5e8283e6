"""Cases over the API: the same acts as on the page. What was said is read with the reading passphrase in the call."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from core.actions import cases, findings, panels, reading_keys, sealed_files
from core.api.acting import act, taken, who
from core.api.shown import PersonShown
from core.api.taken import Shape
from core.forms.reading import LENGTH
from core.models import Body, Case, CaseFinding, Mandate, Person
from core.permissions import cases as may
from core.queries.cases import get_lot, get_mine, get_numbers, papers_for
from core.refusals import Invalid
from core.rules.cases import WORDS_MAX
from core.timekeeping import folkmoot_now


class CaseShown(serializers.ModelSerializer[Case]):
    """A case, for both sides and its panel. What was said is not in it."""

    body = serializers.SlugRelatedField[Body](slug_field="slug", read_only=True)
    bench = serializers.SlugRelatedField[Body](slug_field="slug", read_only=True)
    complainant = PersonShown(read_only=True)
    subject = PersonShown(read_only=True)

    class Meta:
        model = Case
        fields: ClassVar = [
            *("id", "body", "bench", "complainant", "subject", "stage", "opened_at", "acknowledged_at", "sit_by"),
            *("sat_at", "decided_at", "outcome", "mandate", "appeal", "closed_at", "ending", "effect"),
        ]


class CaseFindingShown(serializers.ModelSerializer[CaseFinding]):
    """What one of the panel thinks should follow."""

    agreeing = serializers.IntegerField(source="assents.count", read_only=True)

    class Meta:
        model = CaseFinding
        fields: ClassVar = ["id", "case", "outcome", "mandate", "agreeing", "at"]


class OutcomeCounted(serializers.Serializer[Any]):
    """How often cases had an outcome."""

    outcome = serializers.CharField()
    cases = serializers.IntegerField()


class CasesShown(serializers.Serializer[Any]):
    """What all members see: numbers. And one's own cases."""

    bench = serializers.CharField(help_text="Whose members judge.")
    opened = serializers.IntegerField()
    closed = serializers.IntegerField()
    acknowledged = serializers.IntegerField(help_text="Within 24 hours.")
    sat = serializers.IntegerField(help_text="Within two working days.")
    outcomes = OutcomeCounted(many=True, help_text="Of three closed cases or more.")
    mine = CaseShown(many=True)


class PaperShown(serializers.Serializer[Any]):
    """One paper that was read."""

    kind = serializers.CharField()
    author = PersonShown()
    at = serializers.DateTimeField()
    words = serializers.CharField(allow_null=True, help_text="Null: not sealed to your key yet.")


class DrawnShown(serializers.Serializer[Any]):
    """One number of the list, and whom it stands for."""

    number = serializers.IntegerField()
    person = PersonShown()
    commitment = serializers.CharField()


class LotShown(serializers.Serializer[Any]):
    """The lot of a case, to draw it again."""

    seed = serializers.CharField(allow_blank=True)
    list_secret = serializers.CharField(allow_blank=True)
    among = DrawnShown(many=True)


class ComplaintTaken(Shape):
    """A complaint: about whom (a person's id), what happened, who else has to do with it."""

    subject = serializers.IntegerField()
    words = serializers.CharField(max_length=WORDS_MAX)
    named = serializers.ListField(child=serializers.IntegerField(), required=False, max_length=50)


class StatementTaken(Shape):
    """What somebody has to say."""

    words = serializers.CharField(max_length=WORDS_MAX)


class CaseFindingTaken(Shape):
    """What should follow, and why."""

    outcome = serializers.CharField(max_length=30)
    reasons = serializers.CharField(max_length=WORDS_MAX)
    mandate = serializers.IntegerField(required=False, allow_null=True)


class PassphraseGiven(Shape):
    """The reading passphrase."""

    passphrase = serializers.CharField(max_length=LENGTH, trim_whitespace=False)


@extend_schema(operation_id="case_list", methods=["GET"], responses=CasesShown)
@extend_schema(operation_id="case_open", methods=["POST"], request=ComplaintTaken, responses={201: CaseShown})
@api_view(["GET", "HEAD", "POST"])
def case_list(request: Request, slug: str) -> Response:
    """Numbers, and one's own cases; or complain about somebody's conduct."""
    body = get_object_or_404(Body.objects.of(who(request)).select_related("host"), slug=slug)
    bench = may.bench_of(body)
    if request.method != "POST":
        numbers = get_numbers(bench)
        counted = [{"outcome": outcome.name, "cases": n} for outcome, n in numbers.outcomes]
        shown = {name: getattr(numbers, name) for name in ("opened", "closed", "acknowledged", "sat")}
        mine = get_mine(who(request), bench)
        return Response(CasesShown({**shown, "bench": bench.slug, "outcomes": counted, "mine": mine}).data)
    given = taken(ComplaintTaken, request)

    def complain() -> Case:
        subject = Person.objects.filter(pk=given["subject"]).first()
        if subject is None:
            raise Invalid(may.NOT_OF_THIS_BODY)
        named = Person.objects.filter(pk__in=given.get("named", []))
        return cases.open_case(body, subject, given["words"], by=who(request), at=folkmoot_now(), named=named)

    return act(request, complain, CaseShown, made=True, sealed=True)


def seen(request: Request, pk: int) -> Case:
    """A case that the caller has to do with, or 404."""
    related = ("body", "bench", "complainant", "subject")
    return get_object_or_404(Case.objects.visible_to(who(request)).select_related(*related), pk=pk)


@extend_schema(operation_id="case_read", responses=CaseShown)
@api_view(["GET", "HEAD"])
def case_read(request: Request, pk: int) -> Response:
    """Where a case is."""
    return Response(CaseShown(seen(request, pk)).data)


@extend_schema(operation_id="case_lot", responses=LotShown)
@api_view(["GET", "HEAD"])
def case_lot(request: Request, pk: int) -> Response:
    """The lot, with whom each number stands for; empty before the draw."""
    case = seen(request, pk)
    if case.drawn_at is None:
        return Response(LotShown({"seed": "", "list_secret": "", "among": []}).data)
    return Response(LotShown({"seed": case.seed, "list_secret": case.list_secret, "among": get_lot(case)}).data)


@extend_schema(operation_id="case_papers", request=PassphraseGiven, responses=PaperShown(many=True))
@api_view(["POST"])
def case_papers(request: Request, pk: int) -> Response:
    """Read what was said. Each reading is in the reading log before this answers."""
    case = seen(request, pk)
    pair = reading_keys.open_with(who(request), taken(PassphraseGiven, request)["passphrase"])
    papers = papers_for(case, who(request))
    opened = sealed_files.read([paper.file for paper in papers], pair, by=who(request))
    words = {name: cases.words_in(content) for name, content in opened.items()}
    shown = [
        {"kind": paper.kind, "author": paper.author, "at": paper.at, "words": words.get(paper.file_id)}
        for paper in papers
    ]
    return Response(PaperShown(shown, many=True).data)


def on_case(request: Request, pk: int, do: Callable[[Case], object], *, sealed: bool = False) -> Response:
    """One act on a case that the caller has to do with."""
    case = seen(request, pk)

    def acting() -> Case:
        do(case)
        return Case.objects.get(pk=case.pk)

    return act(request, acting, CaseShown, sealed=sealed)


@extend_schema(operation_id="case_take_seat", request=None, responses=CaseShown)
@api_view(["POST"])
def case_take_seat(request: Request, pk: int) -> Response:
    """Take the seat one was drawn for."""
    return on_case(request, pk, lambda case: panels.take_seat(case, by=who(request), at=folkmoot_now()))


@extend_schema(operation_id="case_recuse", request=None, responses=CaseShown)
@api_view(["POST"])
def case_recuse(request: Request, pk: int) -> Response:
    """Give the seat back; the lot goes on."""
    return on_case(request, pk, lambda case: panels.recuse(case, by=who(request), at=folkmoot_now()))


@extend_schema(operation_id="case_sit", request=None, responses=CaseShown)
@api_view(["POST"])
def case_sit(request: Request, pk: int) -> Response:
    """The first sitting has begun."""
    return on_case(request, pk, lambda case: panels.sit(case, by=who(request), at=folkmoot_now()))


@extend_schema(operation_id="case_say", request=StatementTaken, responses=CaseShown)
@api_view(["POST"])
def case_say(request: Request, pk: int) -> Response:
    """Add a statement."""
    words = taken(StatementTaken, request)["words"]
    return on_case(request, pk, lambda case: cases.say(case, words, by=who(request), at=folkmoot_now()), sealed=True)


@extend_schema(operation_id="case_find", request=CaseFindingTaken, responses={201: CaseFindingShown})
@api_view(["POST"])
def case_find(request: Request, pk: int) -> Response:
    """Write down what should follow, and why."""
    case, given = seen(request, pk), taken(CaseFindingTaken, request)

    def find() -> CaseFinding:
        mandate = Mandate.objects.filter(pk=given.get("mandate") or 0).first()
        outcome, reasons = given["outcome"], given["reasons"]
        return findings.find(case, outcome, reasons, by=who(request), at=folkmoot_now(), mandate=mandate)

    return act(request, find, CaseFindingShown, made=True, sealed=True)


@extend_schema(operation_id="case_assent", request=None, responses=CaseShown)
@api_view(["POST"])
def case_assent(request: Request, pk: int) -> Response:
    """Agree with a finding whose reasons one has read."""
    found = CaseFinding.objects.filter(case__in=Case.objects.visible_to(who(request))).select_related("case", "paper")
    finding = get_object_or_404(found, pk=pk)
    return act(request, lambda: findings.assent(finding, by=who(request), at=folkmoot_now()), CaseShown)


@extend_schema(operation_id="case_appeal", request=StatementTaken, responses=CaseShown)
@api_view(["POST"])
def case_appeal(request: Request, pk: int) -> Response:
    """Ask the assembly whether the outcome shall stand. All members read these words."""
    words = taken(StatementTaken, request)["words"]
    return on_case(request, pk, lambda case: findings.appeal(case, words, by=who(request), at=folkmoot_now()))
