"""The invitation kit of a founding, to print: letter, QR sheet, how we decide, first agenda."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods

from core.queries.charters import get_charter
from core.refusals import Refusal, Sentence
from core.timekeeping import folkmoot_now
from core.views._acting import act_once
from core.views._forms import UNPROCESSABLE
from core.views._pages import PageRequest, render_page
from core.views._zones import in_zone
from core.views.invitations import qr_path
from councils.actions import boards
from councils.forms.boards import KitForm
from councils.models import Board
from councils.queries.profiles import get_profile
from councils.rules.profiles import SIZES
from councils.views.boards import of_catalysts, page_if_over, zone_of
from councils.words.boards import FIRST_AGENDA
from councils.words.consequences import consequences

STRIPS = 8
"""Codes to cut off on one sheet."""
NEEDS_NAMED = 6
"""Of what people need, in the letter."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def board_kit(request: PageRequest, pk: int) -> HttpResponse:
    """Make an invitation; its pages are in the answer and, since they hold the link, are shown this once."""
    board = of_catalysts(request, pk)
    if over := page_if_over(request, board):
        return over
    form = KitForm(request.POST or None)
    refusal: Sentence = ""
    link, status, again = "", 200, False
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                link, status = make(request, board, form), 200
                again = not link
            except Refusal as refused:
                refusal, status = refused.sentence, refused.status
    context = {"board": board, "form": form, "refusal": refusal, "again": again, "at": folkmoot_now()}
    with in_zone(zone_of(board)):
        if link:
            return render_page(request, "councils/board_kit_print.html", context | kit(board, form, link))
        return render_page(request, "councils/board_kit.html", context, status=status)


def make(request: PageRequest, board: Board, form: KitForm) -> str:
    """The link of a new invitation; nothing if this form was sent before."""
    typed, made = form.cleaned_data, []

    def invite(_at: object) -> str:
        _row, token = boards.invite(board, by=request.user, **{name: typed[name] for name in ("note", "uses", "days")})
        made.append(settings.SITE_URL + reverse("core:invitation-open", args=[token]))
        return board.get_absolute_url()

    act_once(request, invite)
    return made[0] if made else ""


def kit(board: Board, form: KitForm, link: str) -> dict[str, Any]:
    """What the pages show, once for each language."""
    if board.council is None:
        return {}
    typed = form.cleaned_data
    profile, charter = get_profile(board.council), get_charter(board.council)
    pages = []
    for language in form.languages:
        with translation.override(language):
            size = profile.size_hint if profile else SIZES[0]
            agenda = [line for line in (board.agenda or str(FIRST_AGENDA)).splitlines() if line.strip()]
            decides = list(consequences(charter.numbers, size))
            pages.append({"language": language, "decides": decides, "agenda": agenda})
    return {
        "council": board.council,
        "profile": profile,
        "charter": charter,
        "needs": list(board.needs.order_by("-doors", "theme")[:NEEDS_NAMED]),
        "link": link,
        "qr": qr_path(link),
        "strips": range(STRIPS),
        "pages": pages,
        "paper": typed["paper"],
        "words": typed["words"],
        "signed": typed["signed"],
    }
