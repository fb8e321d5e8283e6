"""What a catalyst group does to found councils, as its own record tells it; and what a council's says of it."""

from __future__ import annotations

from verify.canonical import Unreadable
from verify.times import DAY

from .state import Board, House, Line

DECIDED = 3
LASTS = 180 * DAY
SIZES = (25, 50)
LONGER = 90 * DAY
OUTCOMES = ("adopted", "not_adopted", "blocked")


def opened(house: House, line: Line) -> None:
    """A member opens a board, once the group has decided three proposals itself."""
    decided = sum(each.stage == "closed" and each.outcome in OUTCOMES for each in house.proposals.values())
    fits = house.adopted_at is not None and decided >= DECIDED and house.is_member(line.who)
    key = line.number("board")
    house.unless(fits and key not in house.boards, "board_without", line)
    house.unless(line.moment("ends") == line.at + LASTS, "board_time", line)
    house.boards[key] = Board(line.at, line.moment("ends"))


def acted(house: House, line: Line) -> None:
    """A member of the group carries a board on, while it lasts."""
    board = _board(house, line)
    house.unless(house.is_member(line.who) and not board.closed and line.at < board.ends, "board_act", line)


def extended(house: House, line: Line) -> None:
    """The founding members made it longer, once."""
    board = _board(house, line)
    fits = not board.longer and not board.closed and line.at < board.ends
    house.unless(fits and line.moment("ends") == board.opened + LASTS + LONGER, "board_time", line)
    board.longer, board.ends = True, line.moment("ends")


def closed(house: House, line: Line) -> None:
    """It is over, once: before its end, or by the clock after it."""
    board, how = _board(house, line), line.text("how")
    in_time = line.at >= board.ends if how == "time" else how in ("handed_over", "given_up") and line.at < board.ends
    house.unless(in_time and not board.closed, "board_time", line)
    board.closed = True


def _board(house: House, line: Line) -> Board:
    found = house.boards.get(line.number("board"))
    if found is None:
        raise Unreadable("board")
    return found


def more_time_asked(house: House, line: Line) -> None:
    """A member of the council asks for a longer founding."""
    house.unless(house.is_member(line.who), "board_act", line)


def described(house: House, line: Line) -> None:
    """Whom a council is for: set when it is founded, afterwards by its own decision."""
    key = line.maybe("proposal")
    if key is None:
        allowed = house.adopted_at is None
    else:
        proposal = house.proposals.get(key)
        allowed = proposal is not None and proposal.kind == "profile" and proposal.effect == "due"
        if proposal is not None:
            proposal.seen = True
    low, high = SIZES
    house.unless(allowed and low <= line.number("size") <= high, "described_without", line)


def chose(house: House, line: Line) -> None:
    """A member chooses one of the two councils that this one becomes."""
    proposal = house.proposal(line)
    fits = house.is_member(line.who) and proposal.kind == "split" and line.number("part") in (1, 2)
    house.unless(fits and (proposal.in_force or proposal.stage != "closed"), "chose_wrongly", line)


def invited(house: House, line: Line) -> None:
    """A member of a body that decides invites a group to form one of its own."""
    house.unless(house.adopted_at is not None and house.is_member(line.who), "board_act", line)


def _nothing(_house: House, _line: Line) -> None:
    """Lines that decide nothing by themselves."""


HANDLERS = {
    "board.opened": opened,
    "board.heard": acted,
    "board.scoped": acted,
    "board.invited": acted,
    "board.assembly_called": acted,
    "board.assembly_held": acted,
    "board.extended": extended,
    "board.closed": closed,
    "founding.more_time_asked": more_time_asked,
    "founding.closed": _nothing,
    "council.described": described,
    "split.chosen": chose,
    "group.invited": invited,
}
