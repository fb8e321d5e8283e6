"""Reading groups and teach-ins over the API."""

from collections.abc import Callable
from typing import ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.acting import act, taken, who
from core.api.lists import OfBody
from core.api.shown import PersonShown
from core.api.taken import Shape
from core.models import Body
from core.timekeeping import folkmoot_now
from councils.actions import studies
from councils.models import Study


class StudyTaken(Shape):
    """What is announced; without `places` as many come as like to."""

    kind = serializers.ChoiceField(choices=Study.Kind.choices)
    title = serializers.CharField(max_length=120)
    about = serializers.CharField(max_length=4000, required=False, default="", allow_blank=True)
    place = serializers.CharField(max_length=120)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    places = serializers.IntegerField(min_value=1, max_value=1000, required=False, allow_null=True, default=None)


class StudyShown(serializers.ModelSerializer[Study]):
    """A date: when, where, who leads, how many come, and whether the caller does."""

    leader = PersonShown(read_only=True)
    coming = serializers.IntegerField(source="seats.count", read_only=True)
    i_come = serializers.SerializerMethodField()

    class Meta:
        model = Study
        fields: ClassVar = [
            *("id", "kind", "title", "about", "place", "starts_at", "ends_at", "places"),
            *("leader", "coming", "i_come", "called_off_at"),
        ]

    def get_i_come(self, study: Study) -> bool:
        """Whether the caller has a place."""
        return any(seat.person_id == self.context["request"].user.pk for seat in study.seats.all())


def dates(request: Request) -> QuerySet[Study]:
    """Of the caller's bodies, with all that is shown."""
    found = Study.objects.filter(body__in=Body.objects.of(who(request)))
    return found.select_related("body", "leader").prefetch_related("seats")


@extend_schema_view(get=extend_schema(operation_id="study_list"))
class StudyList(OfBody[Study]):
    """What is ahead, soonest first."""

    queryset = Study.objects.none()
    serializer_class = StudyShown

    def get_queryset(self) -> QuerySet[Study]:
        """Of a body the caller is a member of."""
        ahead = dates(self.request).filter(body=self.body(), called_off_at__isnull=True, ends_at__gt=folkmoot_now())
        return ahead.order_by("starts_at", "pk")


@extend_schema(operation_id="study_announce", request=StudyTaken, responses={201: StudyShown})
@api_view(["POST"])
def study_announce(request: Request, slug: str) -> Response:
    """Announce a reading group or a teach-in, which one leads."""
    body = get_object_or_404(Body.objects.of(who(request)), slug=slug)
    plan = studies.Plan(**taken(StudyTaken, request))
    return act(request, lambda: studies.announce(body, plan, by=who(request), at=folkmoot_now()), StudyShown, made=True)


def on_study(request: Request, pk: int, do: Callable[[Study], object]) -> Response:
    """One act on a date; the answer is the date afterwards."""
    study = get_object_or_404(dates(request), pk=pk)

    def acting() -> Study:
        do(study)
        return dates(request).get(pk=pk)

    return act(request, acting, StudyShown)


@extend_schema(operation_id="study_come", request=None, responses=StudyShown)
@api_view(["POST"])
def study_come(request: Request, pk: int) -> Response:
    """Take a place."""
    return on_study(request, pk, lambda study: studies.come(study, by=who(request)))


@extend_schema(operation_id="study_stay_away", request=None, responses=StudyShown)
@api_view(["POST"])
def study_stay_away(request: Request, pk: int) -> Response:
    """Give the place back."""
    return on_study(request, pk, lambda study: studies.stay_away(study, by=who(request)))


@extend_schema(operation_id="study_call_off", request=None, responses=StudyShown)
@api_view(["POST"])
def study_call_off(request: Request, pk: int) -> Response:
    """It does not take place."""
    return on_study(request, pk, lambda study: studies.call_off(study, by=who(request)))
