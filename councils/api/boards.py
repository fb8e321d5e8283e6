"""Founding boards over the API."""

from collections.abc import Callable

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from core.actions import charters, invitations
from core.api import shown as core_shown
from core.api import taken as core_taken
from core.api.acting import act, taken, who
from core.api.coming import LINK
from core.models import Body, Invitation, Membership
from core.rules.charter import TEMPLATES
from core.timekeeping import folkmoot_now
from councils.actions import boards
from councils.api import shown
from councils.api import taken as shape
from councils.models import Board


def seen(request: Request, pk: int, *, catalyst: bool = True) -> Board:
    """A board of one's group (or, with `catalyst=False`, also of one's council); else 404."""
    visible = Board.objects.visible_to(who(request)).select_related("catalyst", "council")
    if catalyst:
        visible = visible.filter(catalyst__in=Body.objects.of(who(request)))
    return get_object_or_404(visible, pk=pk)


def group(request: Request, slug: str) -> Body:
    """A body one is in; else 404."""
    return get_object_or_404(Body.objects.of(who(request)), slug=slug)


def on_board(request: Request, board: Board, do: Callable[[], object]) -> Response:
    """One act on a board; the answer is the board afterwards."""

    def once() -> Board:
        do()
        return Board.objects.select_related("catalyst", "council").get(pk=board.pk)

    return act(request, once, shown.BoardShown)


@extend_schema(operation_id="board_list", responses=shown.BoardShown(many=True))
@api_view(["GET", "HEAD"])
def board_list(request: Request, slug: str) -> Response:
    """The boards of a group, newest first."""
    found = Board.objects.filter(catalyst=group(request, slug)).select_related("catalyst", "council")
    return Response(shown.BoardShown(found.order_by("-opened_at"), many=True).data)


@extend_schema(operation_id="board_open", request=shape.BoardTaken, responses={201: shown.BoardShown})
@api_view(["POST"])
def board_open(request: Request, slug: str) -> Response:
    """Open a board for one council to be."""
    body, title = group(request, slug), taken(shape.BoardTaken, request)["title"]
    return act(
        request, lambda: boards.open(body, title, by=who(request), at=folkmoot_now()), shown.BoardShown, made=True
    )


@extend_schema(operation_id="board_read", responses=shown.BoardShown)
@api_view(["GET", "HEAD"])
def board_read(request: Request, pk: int) -> Response:
    """A board, for those of the group and those of the council."""
    return Response(shown.BoardShown(seen(request, pk, catalyst=False)).data)


@extend_schema(operation_id="board_hear", request=shape.NeedTaken, responses=shown.BoardShown)
@api_view(["POST"])
def board_hear(request: Request, pk: int) -> Response:
    """Note what people at the doors need."""
    board, given = seen(request, pk), taken(shape.NeedTaken, request)
    return on_board(
        request,
        board,
        lambda: boards.hear(board, given["theme"], given["doors"], in_all=given["in_all"], by=who(request)),
    )


@extend_schema(operation_id="board_scope", request=shape.ScopeTaken, responses=shown.BoardShown)
@api_view(["POST"])
def board_scope(request: Request, pk: int) -> Response:
    """Say whom the council is for, and draft its charter."""
    board, given = seen(request, pk), taken(shape.ScopeTaken, request)
    content = charters.Draft(given["purpose"], given["unity"], TEMPLATES[given["template"]], given["template"])
    profile, listed = shape.profile_of(given), given["listed"]
    return on_board(
        request,
        board,
        lambda: boards.set_scope(board, given["name"], profile, content, by=who(request), listed=listed),
    )


@extend_schema(operation_id="board_invite", request=core_taken.InvitationTaken, responses={201: LINK})
@api_view(["POST"])
def board_invite(request: Request, pk: int) -> Response:
    """Make an invitation to the council; its link is in this answer and nowhere else."""
    board = seen(request, pk)
    row, token = boards.invite(board, by=who(request), **taken(core_taken.InvitationTaken, request))
    return Response({"id": row.pk, "link": settings.SITE_URL + reverse("core:invitation-open", args=[token])}, 201)


@extend_schema(operation_id="board_invitation_end", request=None, responses=core_shown.InvitationShown)
@api_view(["POST"])
def board_invitation_end(request: Request, pk: int, number: int) -> Response:
    """Take back an invitation that one made on this board."""
    board = seen(request, pk)
    row = get_object_or_404(Invitation, pk=number, body=board.council, by__body=board.catalyst, by__person=who(request))
    return act(request, lambda: invitations.end(row, by=who(request), at=folkmoot_now()), core_shown.InvitationShown)


@extend_schema(operation_id="board_assembly", request=shape.AssemblyTaken, responses=shown.BoardShown)
@api_view(["POST"])
def board_assembly(request: Request, pk: int) -> Response:
    """Call the first assembly, or call it anew."""
    board, given = seen(request, pk), taken(shape.AssemblyTaken, request)
    return on_board(
        request,
        board,
        lambda: boards.call_assembly(board, given["when"], given["place"], given["agenda"], by=who(request)),
    )


@extend_schema(operation_id="board_attendance", request=shape.AttendanceTaken, responses=shown.BoardShown)
@api_view(["POST"])
def board_attendance(request: Request, pk: int) -> Response:
    """Note who came to the first assembly."""
    board, given = seen(request, pk), taken(shape.AttendanceTaken, request)
    came = Membership.objects.filter(body=board.council_id, pk__in=given["came"])
    return on_board(request, board, lambda: boards.hold_assembly(board, came, others=given["others"], by=who(request)))


@extend_schema(operation_id="board_more_time", request=None, responses=shown.BoardShown)
@api_view(["POST"])
def board_more_time(request: Request, pk: int) -> Response:
    """A founding member asks for 90 more days."""
    board = seen(request, pk, catalyst=False)
    return on_board(request, board, lambda: boards.ask_for_time(board, by=who(request)))


@extend_schema(operation_id="board_hand_over", request=None, responses=shown.BoardShown)
@api_view(["POST"])
def board_hand_over(request: Request, pk: int) -> Response:
    """The council runs without its catalysts from now on."""
    board = seen(request, pk, catalyst=False)
    return on_board(request, board, lambda: boards.hand_over(board, by=who(request)))


@extend_schema(operation_id="board_give_up", request=None, responses=shown.BoardShown)
@api_view(["POST"])
def board_give_up(request: Request, pk: int) -> Response:
    """End a founding that nobody has joined."""
    board = seen(request, pk)
    return on_board(request, board, lambda: boards.give_up(board, by=who(request)))
