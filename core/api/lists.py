"""Lists of what lies in a body: proposals, decisions, mandates, members, the record. Only for its members."""

from typing import ClassVar, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404
from django_filters import FilterSet, TypedChoiceFilter
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import generics

from core.api import shown
from core.api.acting import who
from core.models import Body, Mandate, Membership, Notice, Proposal, RecordLine

Row = TypeVar("Row", bound=Model)


class OfBody(generics.ListAPIView[Row]):
    """A list in a body; whoever is not its member gets 404."""

    def body(self) -> Body:
        """The body, if the caller is a member of it now."""
        slug = self.kwargs["slug"]
        found = Body.objects.of(who(self.request)).filter(slug=slug).first()
        if found is None:
            raise Http404
        return found


@extend_schema_field({"type": "string", "enum": ["true", "false"]})
class YesNoFilter(TypedChoiceFilter):  # type: ignore[misc]
    """`true` or `false`, and nothing else."""


class ProposalFilter(FilterSet):  # type: ignore[misc]
    """What narrows a list of proposals; a word it does not know is a bad request."""

    urgent = YesNoFilter(choices=[("true", "true"), ("false", "false")], coerce=lambda said: said == "true")

    class Meta:
        model = Proposal
        fields: ClassVar = ["stage", "kind", "urgent"]


@extend_schema_view(get=extend_schema(operation_id="proposal_list"))
class ProposalList(OfBody[Proposal]):
    """Proposals, newest first; `?stage=` and `?kind=` narrow them."""

    queryset = Proposal.objects.none()
    serializer_class = shown.ProposalShown
    filterset_class = ProposalFilter

    def get_queryset(self) -> QuerySet[Proposal]:
        """Those the caller may see."""
        mine = Proposal.objects.visible_to(who(self.request)).filter(body=self.body())
        return mine.select_related("author", "body").order_by("-created_at", "-pk")


@extend_schema_view(get=extend_schema(operation_id="decision_list"))
class DecisionList(OfBody[Proposal]):
    """The register: decisions in force."""

    queryset = Proposal.objects.none()
    serializer_class = shown.ProposalShown

    def get_queryset(self) -> QuerySet[Proposal]:
        """Newest first."""
        in_force = Proposal.objects.in_force().filter(body=self.body())
        return in_force.select_related("author", "body").order_by("-closed_at", "-pk")


@extend_schema_view(get=extend_schema(operation_id="mandate_list"))
class MandateList(OfBody[Mandate]):
    """Mandates the body has granted."""

    queryset = Mandate.objects.none()
    serializer_class = shown.MandateShown

    def get_queryset(self) -> QuerySet[Mandate]:
        """Newest first."""
        return Mandate.objects.filter(body=self.body()).select_related("person", "body").order_by("-starts_at", "-pk")


@extend_schema_view(get=extend_schema(operation_id="member_list"))
class MemberList(OfBody[Membership]):
    """Members now."""

    queryset = Membership.objects.none()
    serializer_class = shown.MembershipShown

    def get_queryset(self) -> QuerySet[Membership]:
        """In the order of joining."""
        return Membership.objects.open().filter(body=self.body()).select_related("person").order_by("joined_at", "pk")


@extend_schema_view(get=extend_schema(operation_id="record_list"))
class RecordList(OfBody[RecordLine]):
    """The record, from its first line."""

    queryset = RecordLine.objects.none()
    serializer_class = shown.RecordLineShown
    filterset_fields = ("what",)

    def get_queryset(self) -> QuerySet[RecordLine]:
        """In order."""
        return RecordLine.objects.filter(body=self.body()).order_by("seq")


@extend_schema_view(get=extend_schema(operation_id="body_list"))
class BodyList(generics.ListAPIView[Body]):
    """Listed bodies, and one's own."""

    queryset = Body.objects.none()
    serializer_class = shown.BodyShown

    def get_queryset(self) -> QuerySet[Body]:
        """By name."""
        return Body.objects.visible_to(who(self.request)).order_by("name", "pk")


@extend_schema_view(get=extend_schema(operation_id="notice_list"))
class NoticeList(generics.ListAPIView[Notice]):
    """News for oneself, newest first."""

    queryset = Notice.objects.none()
    serializer_class = shown.NoticeShown

    def get_queryset(self) -> QuerySet[Notice]:
        """One's own."""
        mine = Notice.objects.filter(person=who(self.request))
        return mine.select_related("cause__body").order_by("-at", "-pk")
