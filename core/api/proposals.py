"""Proposals and votes: read one, and everything that can be done with it."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from core.actions import ballots, comments, elections, mandates, opening, proposals, secret_ballots
from core.api import shown
from core.api import taken as shape
from core.api.acting import act, act_counted, taken, who
from core.models import Body, Comment, Membership, Person, Proposal, Vote
from core.queries.ballots import get_shown_ballots
from core.refusals import Invalid, Stale
from core.rules.choices import Choice, Marked
from core.rules.positions import Position
from core.timekeeping import folkmoot_now


def seen(request: Request, pk: int) -> Proposal:
    """The proposal, if the caller may see it; else 404."""
    found = Proposal.objects.visible_to(who(request)).select_related("body", "author", "mandate", "subject")
    return get_object_or_404(found, pk=pk)


def own_body(request: Request, slug: str) -> Body:
    """The body, if the caller is a member of it; else 404."""
    return get_object_or_404(Body.objects.of(who(request)), slug=slug)


def member(body: Body, person_id: int | None) -> Person | None:
    """A member of the body by the person's id; None for None."""
    if person_id is None:
        return None
    row = Membership.objects.open().filter(body=body, person_id=person_id).select_related("person").first()
    if row is None:
        raise Invalid(_("Choose a member of this body."))
    return row.person


@extend_schema(operation_id="proposal_read", responses=shown.ProposalWhole)
@api_view(["GET", "HEAD"])
def proposal_read(request: Request, pk: int) -> Response:
    """A proposal with its texts, votes, tasks and offer."""
    proposal = seen(request, pk)
    return Response(shown.ProposalWhole(proposal).data)


@extend_schema(operation_id="proposal_create", request=shape.ProposalTaken, responses={201: shown.ProposalWhole})
@api_view(["POST"])
def proposal_create(request: Request, slug: str) -> Response:
    """Write a proposal and, unless told otherwise, put it up for discussion."""
    body, given = own_body(request, slug), taken(shape.ProposalTaken, request)
    return act(request, lambda: create(body, given, by=who(request)), shown.ProposalWhole, made=True)


def create(body: Body, given: dict[str, Any], *, by: Person) -> Proposal:
    """One transaction of the caller's key: draft, offer, put up."""
    at = folkmoot_now()
    todos = [
        proposals.Todo(todo["what"], member(body, todo.get("person")), todo.get("due_on"))
        for todo in given.get("tasks", [])
    ]
    proposal = proposals.draft(
        body,
        by=by,
        at=at,
        title=given["title"],
        text=given["text"],
        kind=given["kind"],
        urgent=given["urgent"],
        sum=given["sum"],
        review_on=given.get("review_on"),
        replaces=replaced(body, given.get("replaces")),
        tasks=todos,
        **removed(body, given),
    )
    if given["kind"] == "mandate":
        make_offer(proposal, given.get("offer"), by=by)
    if given["kind"] == "election":
        set_out(proposal, given.get("election"), by=by)
    return proposals.put_up(proposal, by=by, at=at) if given["put_up"] else proposal


def replaced(body: Body, pk: int | None) -> Proposal | None:
    """The decision in force that a new one would replace."""
    return None if pk is None else get_object_or_404(Proposal.objects.in_force().filter(body=body), pk=pk)


def removed(body: Body, given: dict[str, Any]) -> dict[str, Membership]:
    """Whose removal is proposed."""
    if given["kind"] != "removal":
        return {}
    members = Membership.objects.open().filter(body=body)
    return {"subject": get_object_or_404(members, pk=given.get("member") or 0)}


def make_offer(proposal: Proposal, offer: dict[str, Any] | None, *, by: Person) -> None:
    """What the mandate asks for, and of whom."""
    person = member(proposal.body, offer["person"]) if offer else None
    if offer is None or person is None:
        raise Invalid(_("A mandate needs a person, a task and its limits."))
    terms = mandates.Terms(person, offer["task"], offer["limits"], offer["term_days"], offer.get("report_days"))
    mandates.offer(proposal, terms, by=by)


def set_out(proposal: Proposal, election: dict[str, Any] | None, *, by: Person) -> None:
    """What an election fills, and how it is counted."""
    if election is None:
        raise Invalid(_("Say first what the election fills, and how it is counted."))
    elections.set_out(proposal, elections.Terms(**election), by=by)


@extend_schema(operation_id="proposal_revise", request=shape.RevisionTaken, responses=shown.TextShown)
@api_view(["POST"])
def proposal_revise(request: Request, pk: int) -> Response:
    """Write a new version."""
    proposal, given = seen(request, pk), taken(shape.RevisionTaken, request)
    return act(
        request, lambda: proposals.revise(proposal, by=who(request), at=folkmoot_now(), **given), shown.TextShown
    )


@extend_schema(operation_id="proposal_put_up", request=None, responses=shown.ProposalShown)
@api_view(["POST"])
def proposal_put_up(request: Request, pk: int) -> Response:
    """Put an idea up for discussion."""
    proposal = seen(request, pk)
    return act(request, lambda: proposals.put_up(proposal, by=who(request), at=folkmoot_now()), shown.ProposalShown)


@extend_schema(operation_id="proposal_withdraw", request=None, responses=shown.ProposalShown)
@api_view(["POST"])
def proposal_withdraw(request: Request, pk: int) -> Response:
    """Take it back before its vote opens."""
    proposal = seen(request, pk)
    return act(request, lambda: proposals.withdraw(proposal, by=who(request), at=folkmoot_now()), shown.ProposalShown)


@extend_schema(operation_id="proposal_second", request=None, responses=shown.ProposalShown)
@api_view(["POST"])
def proposal_second(request: Request, pk: int) -> Response:
    """Second an urgent proposal."""
    proposal = seen(request, pk)

    def second() -> Proposal:
        proposals.second(proposal, by=who(request), at=folkmoot_now())
        return proposal

    return act(request, second, shown.ProposalShown)


@extend_schema(operation_id="proposal_accept", request=None, responses=shown.ProposalWhole)
@api_view(["POST"])
def proposal_accept(request: Request, pk: int) -> Response:
    """Accept the mandate that is offered."""
    proposal = seen(request, pk)

    def accept() -> Proposal:
        mandates.accept(proposal, by=who(request), at=folkmoot_now())
        return Proposal.objects.get(pk=proposal.pk)

    return act(request, accept, shown.ProposalWhole)


@extend_schema(operation_id="vote_open", request=shape.OpeningTaken, responses={201: shown.VoteShown})
@api_view(["POST"])
def vote_open(request: Request, pk: int) -> Response:
    """Open the vote."""
    proposal, given = seen(request, pk), taken(shape.OpeningTaken, request)
    return act(
        request,
        lambda: opening.open_vote(proposal, by=who(request), closes_at=given.get("closes_at")),
        shown.VoteShown,
        made=True,
    )


@extend_schema(operation_id="ballot_cast", request=shape.BallotTaken, responses=shown.BallotShown)
@api_view(["POST"])
def ballot_cast(request: Request, pk: int) -> Response:
    """Give or change one's position, in an election one's choice, in the vote that was seen."""
    proposal, given = seen(request, pk), taken(shape.BallotTaken, request)
    vote = get_object_or_404(Vote.objects.select_related("proposal__body"), pk=given["vote"], proposal=proposal)
    if vote.counted_at is not None and proposal.votes.open().exists():
        raise Stale(_("Another vote on this is open now. Read it, then give your position again."))
    return act(
        request,
        lambda: ballots.cast(vote, choice_of(given), by=who(request), reason=given["reason"]),
        shown.BallotShown,
        ballot=True,
    )


@extend_schema(operation_id="secret_ballot_cast", request=shape.SecretBallotTaken, responses=shown.SentShown)
@api_view(["POST"])
def secret_ballot_cast(request: Request, pk: int) -> Response:
    """Give or change one's ballot in a secret vote. No Idempotency-Key is kept: the same code is the same ballot."""
    proposal, given = seen(request, pk), taken(shape.SecretBallotTaken, request)
    vote = get_object_or_404(Vote.objects.select_related("proposal__body"), pk=given["vote"], proposal=proposal)
    if vote.counted_at is not None and proposal.votes.open().exists():
        raise Stale(_("Another vote on this is open now. Read it, then give your position again."))
    sent = act_counted(request, lambda: secret_ballots.cast(vote, choice_of(given), given["code"], by=who(request)))
    return Response(shown.SentShown(sent).data)


def choice_of(given: dict[str, Any]) -> Choice:
    """What a ballot says: a position, candidates by their numbers, or texts that are marked with a position."""
    if "marks" in given:
        return Marked(given["position"], tuple(given["marks"]))
    return tuple(given["choice"]) if "choice" in given else Position(given["position"])


@extend_schema(operation_id="ballot_list", responses=shown.BallotShown(many=True))
@api_view(["GET", "HEAD"])
def ballot_list(request: Request, pk: int, number: int) -> Response:
    """The positions in one vote, as far as they are shown now."""
    vote = get_object_or_404(Vote, proposal=seen(request, pk), number=number)
    return Response(shown.BallotShown(get_shown_ballots(vote, who(request)), many=True).data)


@extend_schema(operation_id="comments", methods=["GET"], request=None, responses=shown.CommentShown(many=True))
@extend_schema(
    operation_id="comment_write", methods=["POST"], request=shape.CommentTaken, responses={201: shown.CommentShown}
)
@api_view(["GET", "HEAD", "POST"])
def proposal_comments(request: Request, pk: int) -> Response:
    """The talk: read it, or say something."""
    proposal = seen(request, pk)
    if request.method != "POST":
        rows = proposal.comments.select_related("author", "version").order_by("at", "pk")
        return Response(shown.CommentShown(rows, many=True).data)
    given = taken(shape.CommentTaken, request)
    parent = get_object_or_404(Comment, pk=given["parent"], proposal=proposal) if given.get("parent") else None
    about = comments.About(given["version"], given.get("passage", "")) if given.get("version") else None
    return act(
        request,
        lambda: comments.write(proposal, given["text"], by=who(request), at=folkmoot_now(), parent=parent, about=about),
        shown.CommentShown,
        made=True,
    )


@extend_schema(operation_id="proposal_reply", request=shape.WordsTaken, responses=shown.ProposalShown)
@api_view(["POST"])
def proposal_reply(request: Request, pk: int) -> Response:
    """The right of reply in a recall or removal."""
    proposal, given = seen(request, pk), taken(shape.WordsTaken, request)

    def reply() -> Proposal:
        comments.reply(proposal, given["text"], by=who(request), at=folkmoot_now())
        return proposal

    return act(request, reply, shown.ProposalShown)
