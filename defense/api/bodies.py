"""Defence bodies over the API: forming one, codes and acceptances, posts, training."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from core.actions import elections
from core.api import shown
from core.api.acting import act, taken, who
from core.api.taken import Shape
from core.models import TEXT_MAX, Body, Membership
from core.queries.charters import today_in
from core.timekeeping import folkmoot_now
from defense.actions import codes, forming, posts, training
from defense.models import CODE_MAX, Acceptance, DefenseBody, Post, Training, TrainingDay
from defense.queries.chain import Node, get_chain
from defense.queries.seeing import seen_body
from defense.queries.standing import get_codes, get_standings
from defense.queries.training import get_training_page
from defense.rules.codes import POST_DAYS_AT_MOST, SCOPES

ANYTHING = inline_serializer("Defense", {})


class DefenseTaken(Shape):
    """A defence body that a council is to form."""

    name = serializers.CharField(max_length=80)
    sort = serializers.ChoiceField(choices=DefenseBody.Sort.choices)
    purpose = serializers.CharField(max_length=4000)
    text = serializers.CharField(max_length=TEXT_MAX)


class CodeTaken(Shape):
    """A version of a code: that of the body, or of the confederation."""

    scope = serializers.ChoiceField(choices=SCOPES)
    code = serializers.CharField(max_length=CODE_MAX)
    text = serializers.CharField(max_length=TEXT_MAX)


class AcceptTaken(Shape):
    """Which version of which code."""

    scope = serializers.ChoiceField(choices=SCOPES)
    number = serializers.IntegerField(min_value=1, max_value=32_767)


class PostTaken(Shape):
    """A post, under another one (by its key) or under none."""

    name = serializers.CharField(max_length=120)
    above = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False, allow_null=True, default=None)
    expert = serializers.BooleanField(required=False, default=False)
    requires = serializers.ListField(child=serializers.ChoiceField(choices=Training.Sort.choices), required=False)
    text = serializers.CharField(max_length=TEXT_MAX)


class PostElectionTaken(Shape):
    """What who is elected to a post gets."""

    task = serializers.CharField(max_length=4000)
    limits = serializers.CharField(max_length=2000)
    term_days = serializers.IntegerField(min_value=1, max_value=POST_DAYS_AT_MOST)
    report_days = serializers.IntegerField(
        min_value=7, max_value=POST_DAYS_AT_MOST, required=False, allow_null=True, default=None
    )
    text = serializers.CharField(max_length=TEXT_MAX)


class PostClosingTaken(Shape):
    """Why a post is no longer needed."""

    text = serializers.CharField(max_length=TEXT_MAX)


class TrainingTaken(Shape):
    """What is taught, and for how many days it holds."""

    sort = serializers.ChoiceField(choices=Training.Sort.choices)
    valid_days = serializers.IntegerField(min_value=1, max_value=3650, required=False, allow_null=True, default=None)


class DayTaken(Shape):
    """On which day what is taught."""

    sort = serializers.ChoiceField(choices=Training.Sort.choices)
    on = serializers.DateField()


class CameTaken(Shape):
    """The keys of the memberships of who came."""

    came = serializers.ListField(child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), max_length=1000)


class AcceptanceShown(serializers.ModelSerializer[Acceptance]):
    """That a version was accepted, and when."""

    class Meta:
        model = Acceptance
        fields: ClassVar = ["id", "code", "at"]


class TrainingShown(serializers.ModelSerializer[Training]):
    """What is taught, and for how long it holds."""

    class Meta:
        model = Training
        fields: ClassVar = ["id", "sort", "valid_days"]


class DayShown(serializers.ModelSerializer[TrainingDay]):
    """A day of training."""

    came = serializers.IntegerField(source="trained.count", read_only=True)

    class Meta:
        model = TrainingDay
        fields: ClassVar = ["id", "training", "on", "called_off_at", "came"]


@extend_schema(operation_id="defense_propose", request=DefenseTaken, responses={201: shown.ProposalShown})
@api_view(["POST"])
def defense_propose(request: Request, slug: str) -> Response:
    """Propose, in a council, to form a defence body that answers to it."""
    body = get_object_or_404(Body.objects.of(who(request)), slug=slug)
    given = taken(DefenseTaken, request)
    plan = forming.Plan(given["name"], given["sort"], given["purpose"])
    return act(
        request,
        lambda: forming.propose(body, plan, given["text"], by=who(request), at=folkmoot_now()),
        shown.ProposalShown,
        made=True,
    )


@extend_schema(operation_id="code_list", responses=ANYTHING)
@api_view(["GET", "HEAD"])
def code_list(request: Request, slug: str) -> Response:
    """Both codes with their versions, and who has accepted which."""
    body, at = seen_body(who(request), slug), folkmoot_now()
    both = get_codes(body, at=at)
    versions = {
        scope: [
            {"id": code.pk, "number": code.number, "text": code.text, "in_force_at": code.in_force_at}
            for code in each.adopted
        ]
        for scope, each in both.items()
    }
    members = [
        {"name": each.membership.person.display_name, "good_standing": each.good, "accepted": each.days}
        for each in get_standings(body, both, at=at)
    ]
    return Response({"codes": versions, "members": members})


@extend_schema(operation_id="code_propose", request=CodeTaken, responses={201: shown.ProposalShown})
@api_view(["POST"])
def code_propose(request: Request, slug: str) -> Response:
    """Propose, in the host, a version of a code."""
    body, given = seen_body(who(request), slug), taken(CodeTaken, request)
    return act(
        request,
        lambda: codes.propose(body, given["scope"], given["code"], given["text"], by=who(request), at=folkmoot_now()),
        shown.ProposalShown,
        made=True,
    )


@extend_schema(operation_id="code_accept", request=AcceptTaken, responses=AcceptanceShown)
@api_view(["POST"])
def code_accept(request: Request, slug: str) -> Response:
    """Accept the newest version of a code."""
    body, given = seen_body(who(request), slug), taken(AcceptTaken, request)
    return act(request, lambda: codes.accept(body, given["scope"], given["number"], by=who(request)), AcceptanceShown)


def node_shown(node: Node) -> dict[str, Any]:
    """A post with all under it."""
    return {
        "id": node.post.pk,
        "name": node.post.name,
        "requires": node.requires,
        "closed_at": node.post.ended_at,
        "held_by": [
            {"mandate": mandate.pk, "name": mandate.person.display_name, "rests": mandate.pk in node.resting}
            for mandate in node.held
        ],
        "below": [node_shown(below) for below in node.below],
    }


@extend_schema(operation_id="chain_read", responses=ANYTHING)
@api_view(["GET", "HEAD"])
def chain_read(request: Request, slug: str) -> Response:
    """The chain of command, and the experts."""
    chain = get_chain(seen_body(who(request), slug), at=folkmoot_now())
    return Response(
        {"posts": [node_shown(node) for node in chain.top], "experts": [node_shown(n) for n in chain.experts]}
    )


@extend_schema(operation_id="post_propose", request=PostTaken, responses={201: shown.ProposalShown})
@api_view(["POST"])
def post_propose(request: Request, slug: str) -> Response:
    """Propose, in the host, to open a post."""
    body, given = seen_body(who(request), slug), taken(PostTaken, request)
    above = get_object_or_404(Post, pk=given["above"], body=body) if given["above"] is not None else None
    place = posts.Place(given["name"], above, given["expert"], tuple(given.get("requires", ())))
    return act(
        request,
        lambda: posts.propose(body, place, given["text"], by=who(request), at=folkmoot_now()),
        shown.ProposalShown,
        made=True,
    )


@extend_schema(operation_id="post_elect", request=PostElectionTaken, responses={201: shown.ProposalShown})
@api_view(["POST"])
def post_elect(request: Request, pk: int) -> Response:
    """Propose, in the host, to elect who holds a post."""
    post = get_object_or_404(Post.objects.standing().select_related("body__host"), pk=pk)
    seen_body(who(request), post.body.slug)
    given = taken(PostElectionTaken, request)
    names = ("task", "limits", "term_days", "report_days")
    terms = elections.Terms(**{name: given[name] for name in names})
    return act(
        request,
        lambda: posts.call_election(post, terms, given["text"], by=who(request), at=folkmoot_now()),
        shown.ProposalShown,
        made=True,
    )


@extend_schema(operation_id="post_close", request=PostClosingTaken, responses={201: shown.ProposalShown})
@api_view(["POST"])
def post_close(request: Request, pk: int) -> Response:
    """Propose, in the host, to close a post."""
    post = get_object_or_404(Post.objects.standing().select_related("body__host"), pk=pk)
    seen_body(who(request), post.body.slug)
    given = taken(PostClosingTaken, request)
    return act(
        request,
        lambda: posts.propose_closing(post, given["text"], by=who(request), at=folkmoot_now()),
        shown.ProposalShown,
        made=True,
    )


@extend_schema(operation_id="training_read", responses=ANYTHING)
@api_view(["GET", "HEAD"])
def training_read(request: Request, slug: str) -> Response:
    """What is taught, on which days, who is trained until when, and who lacks what a post requires."""
    body, at = seen_body(who(request), slug), folkmoot_now()
    page = get_training_page(body, today_in(body, at), at)
    return Response(
        {
            "trainings": [
                {
                    **TrainingShown(each.training).data,
                    "days": DayShown([*each.ahead, *each.over], many=True).data,
                    "trained": [{"name": who_.person.display_name, "until": until} for who_, until in each.trained],
                }
                for each in page.shown
            ],
            "lacking": [
                {"post": post.name, "name": mandate.person.display_name, "lacks": lacks}
                for post, mandate, lacks in page.lacking
            ],
        }
    )


@extend_schema(operation_id="training_set", request=TrainingTaken, responses=TrainingShown)
@api_view(["POST"])
def training_set(request: Request, slug: str) -> Response:
    """Say what is taught, and for how long it holds."""
    body, given = seen_body(who(request), slug), taken(TrainingTaken, request)
    return act(
        request,
        lambda: training.set_up(body, given["sort"], given["valid_days"], by=who(request), at=folkmoot_now()),
        TrainingShown,
    )


@extend_schema(operation_id="day_announce", request=DayTaken, responses={201: DayShown})
@api_view(["POST"])
def day_announce(request: Request, slug: str) -> Response:
    """Announce a day of training."""
    body, given = seen_body(who(request), slug), taken(DayTaken, request)
    row = get_object_or_404(Training, body=body, sort=given["sort"])
    return act(
        request, lambda: training.announce(row, given["on"], by=who(request), at=folkmoot_now()), DayShown, made=True
    )


def seen_day(request: Request, pk: int) -> TrainingDay:
    """A day of a body that the caller may see, else 404."""
    day = get_object_or_404(TrainingDay.objects.select_related("training__body", "announced_by"), pk=pk)
    seen_body(who(request), day.training.body.slug)
    return day


@extend_schema(operation_id="day_enter", request=CameTaken, responses=DayShown)
@api_view(["POST"])
def day_enter(request: Request, pk: int) -> Response:
    """Write down who came."""
    day, given = seen_day(request, pk), taken(CameTaken, request)
    came = list(Membership.objects.filter(pk__in=given["came"], body=day.training.body_id))

    def enter() -> TrainingDay:
        training.enter(day, came, by=who(request))
        return day

    return act(request, enter, DayShown)


@extend_schema(operation_id="day_call_off", request=None, responses=DayShown)
@api_view(["POST"])
def day_call_off(request: Request, pk: int) -> Response:
    """It does not take place."""
    day = seen_day(request, pk)
    return act(request, lambda: training.call_off(day, by=who(request), at=folkmoot_now()), DayShown)
