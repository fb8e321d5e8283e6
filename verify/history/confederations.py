"""Confederations, as their record tells them and those of the bodies in them: founded, joined, left, ceded to.

What other bodies have decided stands in their own records, which are not known here.
"""

from __future__ import annotations

from .state import House, Line, Seat

KINDS = ("confederate", "join")
LEAVING = "leave_above"
BEGINS_WITH = 2
SORTS = ("land", "works", "food", "care", "learning", "streets", "funds", "conduct", "relations", "other")


def founded(house: House, line: Line) -> None:
    """Bodies have founded it: two at least, which take their seats before it decides."""
    house.unless(house.kind == "confederation" and house.adopted_at is None, "confederation_without", line)
    house.unless(len(set(line.texts("bodies"))) >= BEGINS_WITH, "confederation_without", line)
    house.founded_by = frozenset(line.texts("bodies"))


def took_in(house: House, line: Line) -> None:
    """A body is in it from now on: one of its founders, or by its own decision of letting it in."""
    key, other = line.number("seat"), line.text("other")
    if line.maybe("proposal") is None:
        allowed = house.adopted_at is None and other in house.founded_by
    else:
        allowed = _decided(house, line)
    inside = any(each.other == other and not each.ended for each in house.seats.values())
    house.unless(allowed and not inside and key not in house.seats, "seat_without", line)
    house.seats[key] = Seat(other, line.flag("voice"))


def joined(house: House, line: Line) -> None:
    """This body is in a confederation from now on, as it has decided."""
    key, other = line.number("seat"), line.text("other")
    inside = any(each.other == other and not each.ended for each in house.places.values())
    house.unless(_decided(house, line) and not inside and key not in house.places, "seat_without", line)
    house.places[key] = Seat(other, line.flag("voice"))


def _decided(house: House, line: Line) -> bool:
    """Whether the line follows from a decision of this kind, which is in force and has done nothing yet."""
    proposal = house.proposal(line)
    fits = proposal.kind in KINDS and proposal.in_force and not proposal.seen
    proposal.seen = True
    return fits


def left(house: House, line: Line) -> None:
    """This body is in it no longer: by its own decision, or because one of the two has ended."""
    seat, how = house.places.get(line.number("seat")), line.text("how")
    ways = {"left": how == "left" and _carries_out(house, line, LEAVING), "body_ended": house.ended, "ended": True}
    fits = seat is not None and not seat.ended and ways.get(how, False)
    house.unless(fits, "seat_ended_without", line)
    if seat is not None:
        seat.ended = True


def _carries_out(house: House, line: Line, kind: str) -> bool:
    """Whether the line is what a decision of this kind does, which was adopted just before."""
    proposal = house.proposal(line)
    proposal.seen = True
    return proposal.kind == kind and proposal.effect == "due"


def went(house: House, line: Line) -> None:
    """A body is in it no longer: it left, or one of the two has ended."""
    seat, how = house.seats.get(line.number("seat")), line.text("how")
    ways = {"left": True, "body_ended": True, "ended": house.ended}
    fits = seat is not None and not seat.ended and ways.get(how, False)
    house.unless(fits, "seat_ended_without", line)
    if seat is not None:
        seat.ended = True


def ceded(house: House, line: Line) -> None:
    """A matter is ceded to it, once: in the moment in which it was founded, or by a decision of its bodies."""
    key = line.number("ceded")
    decided = _carries_out(house, line, "cede") if line.maybe("proposal") is not None else house.adopted_at == line.at
    fits = house.kind == "confederation" and line.text("sort") in SORTS and key not in house.ceded
    house.unless(fits and decided, "ceded_wrongly", line)
    house.ceded[key] = True


def taken_back(house: House, line: Line) -> None:
    """A ceded matter is taken back by a decision of its bodies."""
    key = line.number("ceded")
    house.unless(_carries_out(house, line, "take_back") and house.ceded.get(key, False), "ceded_wrongly", line)
    house.ceded[key] = False


def sent(house: House, line: Line) -> None:
    """A proposal says that whoever it gives a mandate is sent to a seat of this body."""
    seat, proposal = house.places.get(line.number("seat")), house.proposal(line)
    fits = seat is not None and not seat.ended and proposal.kind in ("election", "mandate")
    house.unless(
        fits and {type(line.data.get(name)) for name in ("bound", "alternate")} == {bool}, "sent_wrongly", line
    )


HANDLERS = {
    "confederation.founded": founded,
    "confederation.took_in": took_in,
    "confederation.joined": joined,
    "confederation.left": left,
    "confederation.went": went,
    "matter.ceded": ceded,
    "matter.taken_back": taken_back,
    "confederation.sent": sent,
}
