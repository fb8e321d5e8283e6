"""Votes that two members enter for a third."""

from typing import Any, ClassVar, cast

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from core.actions import entering, papers
from core.api import taken as shape
from core.api.acting import act, taken, who
from core.api.proposals import choice_of, member, seen
from core.api.shown import PersonShown
from core.models import Body, EnteredBallot, Proposal, Vote
from core.refusals import Invalid
from core.timekeeping import folkmoot_now
from core.words.entering import NO_VOTE


class EnteredShown(serializers.ModelSerializer[EnteredBallot]):
    """A vote that was entered for somebody: by whom and where, not what it says."""

    person = PersonShown(source="roll.person", read_only=True)
    first = PersonShown(source="first.person", read_only=True)
    second = PersonShown(source="second.person", read_only=True, allow_null=True, default=None)
    counts = serializers.BooleanField(read_only=True)

    class Meta:
        model = EnteredBallot
        fields: ClassVar = [
            "id",
            "vote",
            "person",
            "way",
            "number",
            "first",
            "second",
            "entered_at",
            "confirmed_at",
            "ended_at",
            "ending",
            "counts",
        ]


def among_members(request: Request, pk: int) -> Proposal:
    """A proposal in a body of one's own; else 404."""
    proposal = seen(request, pk)
    get_object_or_404(Body.objects.of(who(request)), pk=proposal.body_id)
    return proposal


def entry(request: Request, pk: int) -> EnteredBallot:
    """An entry in a body of one's own; else 404."""
    rows = EnteredBallot.objects.select_related("vote__proposal__body", "roll__person", "first__person", "paper")
    return get_object_or_404(rows, pk=pk, vote__proposal__body__in=Body.objects.of(who(request)))


@extend_schema(operation_id="entered_list", methods=["GET"], request=None, responses=EnteredShown(many=True))
@extend_schema(operation_id="ballot_enter", methods=["POST"], request=shape.EnteredTaken, responses={201: EnteredShown})
@api_view(["GET", "HEAD", "POST"])
def entered(request: Request, pk: int) -> Response:
    """What was entered for others in the votes on a proposal; or write down a vote for somebody."""
    proposal = among_members(request, pk)
    if request.method != "POST":
        rows = EnteredBallot.objects.filter(vote__proposal=proposal).order_by("entered_at", "pk")
        people = rows.select_related("roll__person", "first__person", "second__person")
        return Response(EnteredShown(people, many=True).data)
    given = taken(shape.EnteredTaken, request)
    vote = get_object_or_404(Vote.objects.select_related("proposal__body"), pk=given["vote"], proposal=proposal)

    def enter() -> EnteredBallot:
        person = member(proposal.body, given["person"])
        if person is None:
            raise Invalid(NO_VOTE)
        return entering.enter(
            vote,
            person,
            choice_of(given),
            by=who(request),
            way=given["way"],
            reason=given["reason"],
            number=given["number"],
        )

    return act(request, enter, EnteredShown, made=True)


@extend_schema(operation_id="ballot_confirm", request=shape.ConfirmTaken, responses=EnteredShown)
@api_view(["POST"])
def ballot_confirm(request: Request, pk: int) -> Response:
    """Confirm what another member wrote down, by saying the same."""
    row, given = entry(request, pk), taken(shape.ConfirmTaken, request)
    return act(
        request,
        lambda: entering.confirm(row, choice_of(given), by=who(request), number=given["number"]),
        EnteredShown,
    )


@extend_schema(operation_id="ballot_take_back", request=None, responses=EnteredShown)
@api_view(["POST"])
def ballot_take_back(request: Request, pk: int) -> Response:
    """Take back what one wrote down, before it is confirmed."""
    row = entry(request, pk)
    return act(request, lambda: entering.take_back(row, by=who(request)), EnteredShown)


class PapersShown(serializers.ModelSerializer[Vote]):
    """The numbers of paper ballots that were made for a vote just now; none if the same call was sent before."""

    papers = serializers.SerializerMethodField()

    class Meta:
        model = Vote
        fields: ClassVar = ["id", "papers"]

    def get_papers(self, vote: Vote) -> list[str]:
        """Each with its eight digits."""
        return [paper.number for paper in getattr(vote, "made", [])]


@extend_schema(operation_id="paper_print", request=shape.PapersTaken, responses={201: PapersShown})
@api_view(["POST"])
def paper_print(request: Request, pk: int) -> Response:
    """Make paper ballots of the open vote, to be printed each with its number; two enter them when they come back."""
    proposal, given = among_members(request, pk), taken(shape.PapersTaken, request)
    vote: Any = proposal.votes.select_related("proposal__body").order_by("-number").first()
    if vote is None:
        raise Invalid(NO_VOTE)

    def make() -> Vote:
        vote.made = papers.print_sheet(vote, given["count"], by=who(request), at=folkmoot_now())
        return cast("Vote", vote)

    return act(request, make, PapersShown, made=True)


@extend_schema(operation_id="ballot_contest", request=None, responses=EnteredShown)
@api_view(["POST"])
def ballot_contest(request: Request, pk: int) -> Response:
    """Strike out what was entered for oneself in the open vote."""
    proposal = seen(request, pk)
    vote = proposal.votes.select_related("proposal__body").order_by("-number").first()
    if vote is None:
        raise Invalid(NO_VOTE)
    return act(request, lambda: entering.contest(vote, by=who(request)), EnteredShown)
