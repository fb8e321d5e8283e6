"""Questions of confederations over the API: putting one up, reading it, own words, deviations, calls."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from confederation.actions import calling, deviating, forwarding, own_words
from confederation.api.seats import ANYTHING, SORTS_TAKEN, WhyTaken, key_field
from confederation.forms.questions import WHATS, possible_holders
from confederation.models import Ceded, Deviation, Forward, Referral
from confederation.queries.questions import get_question
from confederation.queries.seeing import own_body, own_station, seen_confederation, seen_referral, spoken_station
from confederation.rules.matters import Right, Sort
from confederation.rules.positions import Own, Said
from core.actions.mandates import Terms
from core.api import shown
from core.api.acting import act, taken, who
from core.api.taken import Shape
from core.models import TEXT_MAX, Body, Mandate
from core.timekeeping import folkmoot_now


class ForwardTaken(Shape):
    """What is put before a confederation, and what that kind of question (`what`) needs.

    A decision is on a ceded matter (its key) or for a shared right. A matter to take back has a key, one to cede has
    `sort` and `words`. A recall names the mandate. A mandate names a person, a task, its limits and term.
    """

    what = serializers.ChoiceField(choices=[what.value for what in WHATS], required=False, default=WHATS[0].value)
    title = serializers.CharField(max_length=120)
    text = serializers.CharField(max_length=TEXT_MAX)
    ceded = key_field()
    right = serializers.ChoiceField(choices=[right.value for right in Right], required=False, default="")
    mandate = key_field()
    sort = serializers.ChoiceField(choices=SORTS_TAKEN, required=False, default="")
    words = serializers.CharField(max_length=200, required=False, default="")
    person = key_field()
    task = serializers.CharField(max_length=4000, required=False, default="")
    limits = serializers.CharField(max_length=2000, required=False, default="")
    term_days = serializers.IntegerField(min_value=1, max_value=730, required=False, default=1)
    report_days = serializers.IntegerField(min_value=7, max_value=365, required=False, allow_null=True, default=None)
    days = serializers.IntegerField(min_value=14, max_value=60, required=False, default=14)


def plan_of(body: Body, confederation: Body, given: dict[str, Any]) -> forwarding.Plan:
    """The same as the action takes it; 404 for what it names and is not there."""
    ceded, mandate, person = given["ceded"], given["mandate"], given["person"]
    about = (given["task"], given["limits"], given["term_days"], given["report_days"])
    who_holds = get_object_or_404(possible_holders(body, confederation), pk=person) if person else None
    return forwarding.Plan(
        confederation,
        Forward.What(given["what"]),
        given["title"],
        given["text"],
        ceded=get_object_or_404(Ceded, pk=ceded, confederation=confederation) if ceded else None,
        right=Right(given["right"]) if given["right"] else None,
        mandate=get_object_or_404(Mandate, pk=mandate, body=confederation) if mandate else None,
        sort=Sort(given["sort"]) if given["sort"] else None,
        words=given["words"],
        terms=Terms(who_holds, *about) if who_holds is not None else None,
        days=given["days"],
    )


class OwnWordTaken(Shape):
    """What a body is to say above."""

    says = serializers.ChoiceField(choices=[own.value for own in Own])
    text = serializers.CharField(max_length=TEXT_MAX)


class DeviationTaken(Shape):
    """What a free delegate says, and why."""

    says = serializers.ChoiceField(choices=[said.value for said in (Said.AGREE, Said.DISAGREE, Said.ASIDE)])
    reason = serializers.CharField(max_length=2000)


class ReferralShown(serializers.ModelSerializer[Referral]):
    """How far a question is."""

    class Meta:
        model = Referral
        fields: ClassVar = [
            *("id", "matter", "right", "asked_at", "base_closes_at", "counted_at", "outcome", "narrow"),
            *("in_force_from", "called_down_at"),
        ]


class DeviationShown(serializers.ModelSerializer[Deviation]):
    """What a free delegate said."""

    class Meta:
        model = Deviation
        fields: ClassVar = ["id", "says", "reason", "at"]


@extend_schema(operation_id="referral_read", responses=ANYTHING)
@api_view(["GET", "HEAD"])
def referral_read(request: Request, pk: int) -> Response:
    """Where a question is at each level, what bodies said, the result for bodies and beside it for people."""
    referral = seen_referral(who(request), pk)
    page = get_question(referral, who(request), request.query_params.get("under", ""), at=referral.read_at)
    return Response(
        {
            **ReferralShown(referral).data,
            "title": referral.proposal.title,
            "text": page.words,
            "levels": [
                {
                    "level": each.number,
                    "closes_at": each.closes_at,
                    "bodies": each.bodies,
                    "decided": each.decided,
                    "late": each.late,
                }
                for each in page.levels
            ],
            "said": [
                {
                    "station": each.station.pk,
                    "body": each.station.body.slug,
                    "said": each.station.said,
                    "home": each.station.home,
                    "counts": each.station.counts,
                }
                for each in page.stops
            ],
            "bodies": page.top.tally if page.top else None,
            "people": page.top.people if page.top else None,
            "called": {"bodies": len(page.standing.called.calling), "people": page.standing.called.people_calling},
            "mine": page.standing.mine,
        }
    )


@extend_schema(operation_id="referral_call", request=None, responses=ReferralShown)
@api_view(["POST"])
def referral_call(request: Request, pk: int) -> Response:
    """Call a decision down."""
    referral = seen_referral(who(request), pk)
    return act(request, lambda: calling.call(referral, by=who(request)), ReferralShown)


@extend_schema(operation_id="referral_take_back", request=None, responses=ReferralShown)
@api_view(["POST"])
def referral_take_back(request: Request, pk: int) -> Response:
    """Take one's own call back."""
    referral = seen_referral(who(request), pk)
    return act(request, lambda: calling.take_back(referral, by=who(request)), ReferralShown)


@extend_schema(operation_id="forward_propose", request=ForwardTaken, responses={201: shown.ProposalShown})
@api_view(["POST"])
def forward_propose(request: Request, slug: str, above: str) -> Response:
    """Propose to one's own body to put something before a confederation."""
    body, confederation = own_body(who(request), slug), seen_confederation(who(request), above)
    plan = plan_of(body, confederation, taken(ForwardTaken, request))
    return act(
        request,
        lambda: forwarding.propose(body, plan, by=who(request), at=folkmoot_now()),
        shown.ProposalShown,
        made=True,
    )


@extend_schema(operation_id="own_word_propose", request=OwnWordTaken, responses={201: shown.ProposalShown})
@api_view(["POST"])
def own_word_propose(request: Request, pk: int) -> Response:
    """Propose to one's own body to block above, or to stand aside."""
    station, given = own_station(who(request), pk), taken(OwnWordTaken, request)
    return act(
        request,
        lambda: own_words.propose(station, Own(given["says"]), given["text"], by=who(request)),
        shown.ProposalShown,
        made=True,
    )


@extend_schema(operation_id="call_propose", request=WhyTaken, responses={201: shown.ProposalShown})
@api_view(["POST"])
def call_propose(request: Request, pk: int) -> Response:
    """Propose to one's own body to call a decision down."""
    station, given = own_station(who(request), pk), taken(WhyTaken, request)
    return act(
        request,
        lambda: calling.propose(station.referral, station.body, given["text"], by=who(request)),
        shown.ProposalShown,
        made=True,
    )


@extend_schema(operation_id="deviation_make", request=DeviationTaken, responses={201: DeviationShown})
@api_view(["POST"])
def deviation_make(request: Request, pk: int) -> Response:
    """Say something else above than home, as a delegate who was sent free."""
    station, mandate = spoken_station(who(request), pk)
    given = taken(DeviationTaken, request)
    return act(
        request,
        lambda: deviating.deviate(station, mandate, Said(given["says"]), given["reason"], by=who(request)),
        DeviationShown,
        made=True,
    )
