"""Being in confederations over the API: what is above a body, founding, joining, leaving, sending."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from confederation.actions import delegates, founding, from_below, joining, leaving
from confederation.models import Ceded
from confederation.queries.ours import get_places, get_told
from confederation.queries.picture import Row, get_rows
from confederation.queries.seeing import above_own, own_body, own_seat, seen_confederation
from confederation.rules.matters import Sort
from core.actions import elections, mandates
from core.api import shown
from core.api.acting import act, taken, who
from core.api.taken import Shape
from core.models import TEXT_MAX, Body, Person, Proposal
from core.timekeeping import folkmoot_now

ANYTHING = inline_serializer("Confederation", {})
KEY_AT_MOST = 2**63 - 1
SORTS_TAKEN = [(sort.value, sort.value) for sort in Sort]


def key_field() -> serializers.IntegerField:
    """The key of something, or none."""
    return serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1, max_value=KEY_AT_MOST)


def slug_field() -> serializers.SlugField:
    """The slug of a body, or none."""
    return serializers.SlugField(max_length=100, required=False, default="")


class MatterTaken(Shape):
    """What is ceded: what it is about, and what exactly."""

    sort = serializers.ChoiceField(choices=SORTS_TAKEN)
    words = serializers.CharField(max_length=200)


class FoundingTaken(Shape):
    """A confederation with others, which are named by their slugs; `first` is a confederation above that is to found it
    with them, instead of the body.
    """

    first = slug_field()
    name = serializers.CharField(max_length=80)
    purpose = serializers.CharField(max_length=4000)
    unity = serializers.CharField(max_length=8000)
    matters = MatterTaken(many=True)
    others = serializers.ListField(child=serializers.SlugField(max_length=100), min_length=1, max_length=4)
    text = serializers.CharField(max_length=TEXT_MAX)


class JoiningTaken(Shape):
    """The confederation, by its slug; without a voice one speaks there only. `first` is a confederation above that is
    to join it, instead of the body.
    """

    first = slug_field()
    confederation = serializers.SlugField(max_length=100)
    voice = serializers.BooleanField(required=False, default=True)
    text = serializers.CharField(max_length=TEXT_MAX)


class WhyTaken(Shape):
    """Why."""

    text = serializers.CharField(max_length=TEXT_MAX)


class LeavingTaken(WhyTaken):
    """Why; and for the seat of a confederation the own body below it that proposes it there."""

    by = slug_field()


class SendingTaken(Shape):
    """Whom a body sends: a person, or nobody yet, and then it elects."""

    person = key_field()
    alternate = serializers.BooleanField(required=False, default=False)
    bound = serializers.BooleanField(required=False, default=True)
    task = serializers.CharField(max_length=4000)
    limits = serializers.CharField(max_length=2000)
    term_days = serializers.IntegerField(min_value=1, max_value=730)
    report_days = serializers.IntegerField(min_value=7, max_value=730, required=False, allow_null=True, default=None)
    text = serializers.CharField(max_length=TEXT_MAX)


def place(row: Row) -> dict[str, Any]:
    """A seat with who was sent to it."""
    return {
        "seat": row.seat.pk,
        "body": row.seat.body.slug,
        "voice": row.seat.voice,
        "since": row.seat.joined_at,
        "delegate": row.delegate.person.display_name if row.delegate else None,
        "alternate": row.alternate.person.display_name if row.alternate else None,
    }


@extend_schema(operation_id="confederation_read", responses=ANYTHING)
@api_view(["GET", "HEAD"])
def confederation_read(request: Request, slug: str) -> Response:
    """The bodies in a confederation, a page at a time (`?page=`), and what it decides on."""
    body = seen_confederation(who(request), slug)
    page, rows = get_rows(body, request.query_params.get("page"))
    matters = Ceded.objects.standing().filter(confederation=body).order_by("pk")
    return Response(
        {
            "pages": page.paginator.num_pages,
            "bodies": [place(row) for row in rows],
            "matters": [{"id": each.pk, "sort": each.sort, "words": each.words} for each in matters],
        }
    )


@extend_schema(operation_id="above_read", responses=ANYTHING)
@api_view(["GET", "HEAD"])
def above_read(request: Request, slug: str) -> Response:
    """What a body is in, and the questions above it (`?page=`) with what it said."""
    body = own_body(who(request), slug)
    page, told = get_told(body, request.query_params.get("page"))
    return Response(
        {
            "places": [place(row) | {"confederation": row.seat.confederation.slug} for row in get_places(body)],
            "pages": page.paginator.num_pages,
            "questions": [
                {
                    "referral": each.referral.pk,
                    "title": each.referral.proposal.title,
                    "confederation": each.referral.proposal.body.slug,
                    "said": each.station.said if each.station else "",
                    "home": each.station.home if each.station else "",
                    "outcome": each.referral.outcome,
                    "stage": each.referral.proposal.stage,
                }
                for each in told
            ],
        }
    )


@extend_schema(operation_id="confederation_propose", request=FoundingTaken, responses={201: shown.ProposalShown})
@api_view(["POST"])
def confederation_propose(request: Request, slug: str) -> Response:
    """Propose to found a confederation with others, or that a confederation above does so."""
    body, given = own_body(who(request), slug), taken(FoundingTaken, request)
    others = [get_object_or_404(Body, slug=other, listed=True) for other in given["others"]]
    matters = [founding.Matter(each["sort"], each["words"]) for each in given["matters"]]
    plan = founding.Plan(given["name"], given["purpose"], given["unity"], matters, others, given["text"])
    first = above_own(body, given["first"]) if given["first"] else None

    def propose() -> Proposal:
        by, at = who(request), folkmoot_now()
        if first is None:
            return founding.propose(body, plan, by=by, at=at)
        return from_below.propose_founding(body, first, plan, by=by, at=at)

    return act(request, propose, shown.ProposalShown, made=True)


@extend_schema(operation_id="seat_join", request=JoiningTaken, responses={201: shown.ProposalShown})
@api_view(["POST"])
def seat_join(request: Request, slug: str) -> Response:
    """Propose to join a confederation, or that a confederation above does so."""
    body, given = own_body(who(request), slug), taken(JoiningTaken, request)
    into = get_object_or_404(Body, slug=given["confederation"], listed=True)
    first = above_own(body, given["first"]) if given["first"] else None
    text, voice = given["text"], given["voice"]

    def propose() -> Proposal:
        by, at = who(request), folkmoot_now()
        if first is None:
            return joining.propose(body, into, text, voice=voice, by=by, at=at)
        return from_below.propose_joining(body, first, into, text, voice=voice, by=by, at=at)

    return act(request, propose, shown.ProposalShown, made=True)


@extend_schema(operation_id="seat_leave", request=LeavingTaken, responses={201: shown.ProposalShown})
@api_view(["POST"])
def seat_leave(request: Request, pk: int) -> Response:
    """Propose to leave a confederation, or that a confederation above leaves the one it is in."""
    given = taken(LeavingTaken, request)
    seat, by_body = own_seat(who(request), pk, given["by"]), given["by"]
    body = own_body(who(request), by_body) if by_body else seat.body

    def propose() -> Proposal:
        by, at = who(request), folkmoot_now()
        if body == seat.body:
            return leaving.propose(seat, given["text"], by=by, at=at)
        return from_below.propose_leaving(body, seat, given["text"], by=by, at=at)

    return act(request, propose, shown.ProposalShown, made=True)


@extend_schema(operation_id="delegate_send", request=SendingTaken, responses={201: shown.ProposalShown})
@api_view(["POST"])
def delegate_send(request: Request, pk: int) -> Response:
    """Propose whom the body sends to its seat."""
    seat, given = own_seat(who(request), pk), taken(SendingTaken, request)
    about = (given["task"], given["limits"], given["term_days"], given["report_days"])
    members = Person.objects.filter(memberships__body=seat.body, memberships__ended_at=None)
    person = get_object_or_404(members, pk=given["person"]) if given["person"] else None
    terms = mandates.Terms(person, *about) if person else elections.Terms(*about)
    return act(
        request,
        lambda: delegates.send(
            seat,
            terms,
            given["text"],
            alternate=given["alternate"],
            bound=given["bound"],
            by=who(request),
            at=folkmoot_now(),
        ),
        shown.ProposalShown,
        made=True,
    )
