"""The body itself, and its charters: adopted by its founding members, then changed by decisions only."""

from __future__ import annotations

from typing import Any, Callable

from verify.terms import Numbers

from .state import House, Line

ADOPTERS = 3


def formed(house: House, line: Line) -> None:
    """The first line of every record, and no other."""
    house.unless(line.seq == 1, "formed_again", line)


def adopted_by(house: House, line: Line) -> None:
    """A founding member adopts the draft."""
    fits = house.adopted_at is None and house.is_member(line.who)
    house.unless(fits, "adopter", line)
    house.adoptions.setdefault(line.number("charter"), set()).add(line.who or "")
    if sum(house.is_member(each) for each in house.adoptions[line.number("charter")]) >= ADOPTERS:
        number = line.number("charter")
        house.must_follow("charter_not_in_force", line, lambda later: _comes(later, number))


def _comes(line: Line, number: int) -> bool:
    return line.what == "charter.adopted" and line.data.get("charter") == number


def adopted(house: House, line: Line) -> None:
    """A charter comes into force: the first by its adopters, each later one by a decision."""
    number = line.number("charter")
    found: Any = line.data.get("numbers")
    numbers = Numbers(found if isinstance(found, dict) else {}, line.data.get("rules"))
    house.unless(numbers.in_range(), "charter_range", line)
    if house.adopted_at is None:
        adopters = house.adoptions.get(number, set())
        allowed = sum(house.is_member(each) for each in adopters) >= ADOPTERS
        house.adopted_at = line.at
    else:
        change = house.carrying("charter", "charter", number)
        allowed = change is not None
        house.unless(change is None or change.about.get("numbers") == found, "charter_other", line, charter=number)
    house.unless(allowed and number not in house.in_force, "charter_without", line, charter=number)
    house.charters[number] = numbers
    house.in_force.append(number)


def worded(house: House, line: Line, name: str, text: str) -> None:
    """Purpose and points of unity are those that were voted on."""
    number = line.maybe("charter")
    if number is not None and name in ("purpose", "unity"):
        same = house.charter_texts.setdefault((number, name), text) == text
        house.unless(same, "charter_other", line, charter=number)


def ended(house: House, line: Line) -> None:
    """The body ends: nothing is decided afterwards."""
    house.ended = True


def restored(house: House, line: Line) -> None:
    """The house was set back to a backup: every open vote is void and opens anew."""
    house.restored_line, house.restored_at = line.seq, line.at
    named = [str(line.data.get("checkpoint") or ""), *(line.texts("lost") if "lost" in line.data else [])]
    house.restores += [(line.seq, note) for note in named]
    house.findings.unknown["restored"] += 1
    for each in house.proposals.values():
        if each.stage == "voting":
            key = each.key
            house.must_follow("vote_goes_on", line, is_void(key), proposal=key)


def is_void(proposal: int) -> Callable[[Line], bool]:
    """Whether a line counts the open vote of this proposal."""
    return lambda line: line.what == "vote.counted" and line.data.get("proposal") == proposal


def _nothing(_house: House, _line: Line) -> None:
    """Lines that decide nothing by themselves."""


HANDLERS = {
    "body.formed": formed,
    "body.ended": ended,
    "charter.adopted_by": adopted_by,
    "charter.adopted": adopted,
    "charter.redrafted": _nothing,
    "record.restored": restored,
    "invitation.made": _nothing,
    "invitation.ended": _nothing,
    "task.done": _nothing,
    "reply.written": _nothing,
    "comment.taken_back": _nothing,
}
