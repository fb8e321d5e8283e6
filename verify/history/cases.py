"""Cases: drawn by a lot that was fixed beforehand, sat, decided, appealed and closed in their time (DESIGN 3 and 6).

The record names nobody in them. Whom a number stands for, and that none of the panel has a stake, those can check who
have to do with the case.
"""

from __future__ import annotations

import hashlib

from verify.canonical import from_hex
from verify.elections.lots import in_order
from verify.times import DAY

from .state import Case, House, Line

PANEL = 3
APPEAL_DAYS = 7
LOT = "panel"
STILL_HEARD = ("opened", "drawn", "sitting")


def opened(house: House, line: Line) -> None:
    """A case opens: the hashes of seed and list are fixed."""
    key = line.number("case")
    hashes = [line.text(name) for name in ("seed", "list", "complaint")]
    for each in hashes:
        from_hex(each, 32)
    house.unless(key not in house.cases and house.adopted_at is not None and line.who is None, "case_opened", line)
    house.cases[key] = Case(hashes[0])


def drawn(house: House, line: Line) -> None:
    """The seed is the one of the opening, and the panel are the first three that it draws."""
    case, seed, among = _case(house, line), from_hex(line.data.get("seed"), 32), line.number("among")
    from_hex(line.data.get("root"), 32)
    fits = case.stage == "opened" and hashlib.sha256(seed).hexdigest() == case.seed_hash
    house.unless(fits and PANEL <= among <= len(house.electors(line.at)), "case_lot", line)
    case.order = in_order(seed, LOT, range(1, among + 1))
    case.asked, case.stage = case.order[:PANEL], "drawn"
    case.next_place = PANEL
    house.unless(line.data.get("panel") == case.asked, "case_drawn", line)


def replaced(house: House, line: Line) -> None:
    """Somebody of the panel gives the seat back, or it is passed on: to the next number of the same lot."""
    case, out, passed, following = _case(house, line), line.number("out"), line.data.get("passed"), line.maybe("next")
    there = case.stage in ("drawn", "sitting") and out in case.asked
    rest = case.order[case.next_place :]
    expected = [*passed, *([following] if following is not None else [])] if isinstance(passed, list) else None
    whole = expected == (rest if following is None else rest[: len(expected or [])])
    house.unless(there and whole, "case_drawn", line)
    case.asked = [each for each in case.asked if each != out] + ([following] if following is not None else [])
    case.taken.discard(out)
    case.next_place += len(expected or [])


def seat_taken(house: House, line: Line) -> None:
    """A number that was asked takes the seat."""
    case, number = _case(house, line), line.number("number")
    fits = case.stage in ("drawn", "sitting") and number in case.asked and number not in case.taken
    house.unless(fits, "case_seat", line)
    case.taken.add(number)


def sat(house: House, line: Line) -> None:
    """The first sitting: the panel is complete."""
    case = _case(house, line)
    house.unless(case.stage == "drawn" and len(case.taken) == PANEL, "case_sat", line)
    case.stage = "sitting"


def said(house: House, line: Line) -> None:
    """One side or the panel has said something."""
    case = _case(house, line)
    from_hex(line.data.get("statement"), 32)
    house.unless(case.stage in STILL_HEARD, "case_said", line)


def decided(house: House, line: Line) -> None:
    """The panel has decided, with reasons."""
    case = _case(house, line)
    from_hex(line.data.get("reasons"), 32)
    house.unless(case.stage == "sitting", "case_decided", line)
    case.stage, case.decided = "decided", line.at


def appealed(house: House, line: Line) -> None:
    """One side asks the assembly, within seven days, by a proposal."""
    case, proposal = _case(house, line), house.proposals.get(line.number("proposal"))
    in_time = case.stage == "decided" and line.at < case.decided + APPEAL_DAYS * DAY
    fits = in_time and proposal is not None and proposal.kind == "case_appeal"
    house.unless(fits, "case_appealed", line)
    case.stage, case.appeal = "appealed", line.number("proposal")


def closed(house: House, line: Line) -> None:
    """An outcome stands after its time, or as the assembly decided; or there is no panel."""
    case, how, mandate = _case(house, line), line.text("how"), line.maybe("mandate")
    proposal = house.proposals.get(case.appeal)
    confirmed = proposal is not None and proposal.stage == "closed" and proposal.outcome == "adopted"
    refused = proposal is not None and proposal.stage == "closed" and proposal.outcome != "adopted"
    no_more = len(case.asked) < PANEL and case.next_place >= len(case.order)
    ways = {
        "stands": confirmed if case.appeal else case.stage == "decided" and line.at >= case.decided + APPEAL_DAYS * DAY,
        "overturned": refused,
        "no_panel": case.stage == "opened" or (case.stage in ("drawn", "sitting") and no_more),
    }
    house.unless(case.stage != "closed" and ways.get(how, False), "case_closed", line)
    if proposal is not None:
        proposal.seen = True
    if mandate is not None:
        house.unless(how == "stands", "case_closed", line)
        house.ended_by_panel.add(mandate)
        held = house.mandates.get(mandate)
        if held is not None and held.ended is None:
            house.must_follow("panel_ends_otherwise", line, lambda later: _ends(later, mandate))
    case.stage = "closed"


def _ends(line: Line, mandate: int) -> bool:
    return line.what == "mandate.ended" and line.data.get("mandate") == mandate


def _case(house: House, line: Line) -> Case:
    found = house.cases.get(line.number("case"))
    if found is None:
        house.findings.add("case_unknown", line.seq)
        return Case("")
    return found


HANDLERS = {
    "case.opened": opened,
    "case.drawn": drawn,
    "case.replaced": replaced,
    "case.seat_taken": seat_taken,
    "case.sat": sat,
    "case.said": said,
    "case.decided": decided,
    "case.appealed": appealed,
    "case.closed": closed,
}
