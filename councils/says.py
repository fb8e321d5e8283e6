"""Where the councils have a say in core: who joins, adopts, holds; what falls due; what the page of a body shows."""

from collections.abc import Iterable
from datetime import datetime

from core.registry import (
    SAID_BY_THE_DATABASE,
    Asked,
    Duty,
    register_check,
    register_duty,
    register_moves,
    register_panels,
)
from core.words.records import register_lines
from councils.actions import boards, splits
from councils.models import Board
from councils.models.guards import IN_BOTH
from councils.permissions import boards as may
from councils.queries.panels import panels_of
from councils.words.records import GROUP, LABEL, SAYS


def boards_due(at: datetime) -> Iterable[int]:
    """Boards whose time is over."""
    return Board.objects.due(at).order_by("ends_at").values_list("pk", flat=True)


def register_says() -> None:
    """Called once at start-up."""
    register_check(Asked.JOIN, may.may_join)
    register_check(Asked.ADOPT, may.may_adopt)
    register_check(Asked.HOLD, may.may_hold)
    register_moves(may.can_move)
    SAID_BY_THE_DATABASE[IN_BOTH] = may.AFTER_THE_HAND_OVER
    register_duty(Duty("split", splits.divide_if_due, splits.due))
    register_duty(Duty("founding", boards.end_if_over, boards_due))
    register_panels(panels_of)
    register_lines(GROUP, LABEL, SAYS)
