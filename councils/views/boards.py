"""Pages of founding boards: opened, carried on step by step, handed over."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.actions import charters, invitations
from core.models import Body, Invitation
from core.queries.charters import get_charter
from core.refusals import Denied, Refusal, Sentence
from core.timekeeping import folkmoot_now
from core.views._acting import act_once, see_other
from core.views._forms import UNPROCESSABLE, answer_form
from core.views._pages import PageRequest, render_page
from core.views._zones import in_zone
from councils.actions import boards
from councils.forms.boards import AssemblyForm, AttendanceForm, BoardForm, NeedForm, ScopeForm
from councils.models import Board
from councils.permissions.boards import can_open, is_under_way
from councils.queries.boards import get_board_page
from councils.words.boards import FIRST_AGENDA, steps

OK = 200


def seen(request: PageRequest, pk: int) -> Board:
    """A board that the person sees; else 404."""
    visible = Board.objects.visible_to(request.user).select_related("catalyst", "council")
    return get_object_or_404(visible, pk=pk)


def of_catalysts(request: PageRequest, pk: int) -> Board:
    """A board whose group the person belongs to; else 404."""
    mine = Board.objects.filter(catalyst__in=Body.objects.of(request.user)).select_related("catalyst", "council")
    return get_object_or_404(mine, pk=pk)


def page_if_over(request: PageRequest, board: Board) -> HttpResponse | None:
    """Instead of a form the page of the board, if its founding is over: no name of the council is shown any more."""
    verdict = is_under_way(board, at=folkmoot_now())
    return None if verdict else show(request, board, refusal=verdict.reason, status=Denied.status)


def zone_of(board: Board) -> str:
    """Times on a board are those of the council, before there is one those of the group."""
    return get_charter(board.council or board.catalyst).time_zone


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def board_new(request: PageRequest, slug: str) -> HttpResponse:
    """Open a board for one council to be."""
    body = get_object_or_404(Body.objects.of(request.user), slug=slug)
    form = BoardForm(request.POST or None)

    def begin(at: datetime) -> str:
        return boards.open(body, form.cleaned_data["title"], by=request.user, at=at).get_absolute_url()

    context = {"body": body, "verdict": can_open(request.user, body), "here": body.slug}
    return answer_form(request, form, begin, "councils/board_new.html", context)


@login_required
@require_safe
def board_detail(request: PageRequest, pk: int) -> HttpResponse:
    """Where a founding is, what stands on its board, and what can be done now."""
    return show(request, seen(request, pk))


def show(
    request: PageRequest, board: Board, *, form: NeedForm | None = None, refusal: Sentence = "", status: int = OK
) -> HttpResponse:
    """The page, also after a refusal."""
    at = folkmoot_now()
    page = get_board_page(board, request.user, at=at)
    context = {
        "at": at,
        "board": board,
        "page": page,
        "steps": steps(page.step, over=board.closed_at is not None),
        "need_form": form or NeedForm(initial={"in_all": board.doors or None}),
        "refusal": refusal,
        "here": board.catalyst.slug if page.catalyst else getattr(board.council, "slug", ""),
    }
    with in_zone(zone_of(board)):
        return render_page(request, "councils/board_detail.html", context, status=status)


def on_board(
    request: PageRequest, board: Board, do: Callable[[], object], *, form: NeedForm | None = None
) -> HttpResponse:
    """One act on a board; back to it, or the page with what was refused."""

    def act(_at: datetime) -> str:
        do()
        return board.get_absolute_url()

    try:
        return see_other(act_once(request, act))
    except Refusal as refused:
        return show(request, board, form=form, refusal=refused.sentence, status=refused.status)


@login_required
@require_POST
def board_hear(request: PageRequest, pk: int) -> HttpResponse:
    """Note what people at the doors need."""
    board = of_catalysts(request, pk)
    form = NeedForm(request.POST)
    if not form.is_valid():
        return show(request, board, form=form, status=UNPROCESSABLE)
    typed = form.cleaned_data

    def hear() -> object:
        return boards.hear(board, typed["theme"], typed["doors"], in_all=typed["in_all"], by=request.user)

    return on_board(request, board, hear, form=form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def board_scope(request: PageRequest, pk: int) -> HttpResponse:
    """Say whom the council is for, and draft its charter."""
    board = of_catalysts(request, pk)
    if over := page_if_over(request, board):
        return over
    form = ScopeForm(request.POST or None, initial={"time_zone": get_charter(board.catalyst).time_zone})

    def set_scope(_at: datetime) -> str:
        typed = form.cleaned_data
        content = charters.Draft(typed["purpose"], typed["unity"], form.numbers, typed["template"])
        boards.set_scope(board, typed["name"], form.profile, content, by=request.user, listed=typed["listed"])
        return board.get_absolute_url()

    return answer_form(request, form, set_scope, "councils/board_scope.html", {"board": board})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def board_assembly(request: PageRequest, pk: int) -> HttpResponse:
    """Call the first assembly, or call it anew."""
    board = of_catalysts(request, pk)
    if over := page_if_over(request, board):
        return over
    with in_zone(zone_of(board)):
        known = {"when": board.assembly_at, "place": board.place, "agenda": board.agenda or str(FIRST_AGENDA)}
        form = AssemblyForm(request.POST or None, initial=known)

        def call(_at: datetime) -> str:
            typed = form.cleaned_data
            boards.call_assembly(board, typed["when"], typed["place"], typed["agenda"], by=request.user)
            return board.get_absolute_url()

        return answer_form(request, form, call, "councils/board_assembly.html", {"board": board})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def board_attendance(request: PageRequest, pk: int) -> HttpResponse:
    """Note who came to the first assembly."""
    board = get_object_or_404(Board, pk=of_catalysts(request, pk).pk, council__isnull=False)
    if over := page_if_over(request, board):
        return over
    form = AttendanceForm(board.council, request.POST or None)  # type: ignore[arg-type]

    def hold(_at: datetime) -> str:
        typed = form.cleaned_data
        boards.hold_assembly(board, typed["came"], others=typed["others"], by=request.user)
        return board.get_absolute_url()

    with in_zone(zone_of(board)):
        context: dict[str, Any] = {"board": board, "at": folkmoot_now()}
        return answer_form(request, form, hold, "councils/board_attendance.html", context)


@login_required
@require_POST
def board_invitation_end(request: PageRequest, pk: int, number: int) -> HttpResponse:
    """Take back an invitation that one made on this board."""
    board = of_catalysts(request, pk)
    made = Invitation.objects.filter(body=board.council, by__body=board.catalyst, by__person=request.user)
    invitation = get_object_or_404(made, pk=number)
    return on_board(request, board, lambda: invitations.end(invitation, by=request.user, at=folkmoot_now()))


@login_required
@require_POST
def board_more_time(request: PageRequest, pk: int) -> HttpResponse:
    """A founding member asks for 90 more days."""
    board = seen(request, pk)
    return on_board(request, board, lambda: boards.ask_for_time(board, by=request.user))


@login_required
@require_POST
def board_hand_over(request: PageRequest, pk: int) -> HttpResponse:
    """The council runs without its catalysts from now on."""
    board = seen(request, pk)
    return on_board(request, board, lambda: boards.hand_over(board, by=request.user))


@login_required
@require_POST
def board_give_up(request: PageRequest, pk: int) -> HttpResponse:
    """End a founding that nobody has joined."""
    board = of_catalysts(request, pk)
    return on_board(request, board, lambda: boards.give_up(board, by=request.user))
