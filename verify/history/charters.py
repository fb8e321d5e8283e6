"""The body itself, and its charters: adopted by its founding members, then changed by decisions only."""

from __future__ import annotations

from typing import Any, Callable

from verify.terms import Numbers
from verify.times import DAY

from .accords import may_end
from .people import ends
from .state import House, Line, Proposal

ADOPTERS = 3
SEATS = 2
NOTICE = 30 * DAY


def formed(house: House, line: Line) -> None:
    """The first line of every record, and no other. It says how many must adopt the charter: three, unless others
    found the body.
    """
    house.unless(line.seq == 1, "formed_again", line)
    house.kind = line.text("kind")
    founders = line.maybe("founders")
    house.founders = ADOPTERS if founders is None else founders
    house.unless(house.founders >= ADOPTERS, "founders", line)
    house.kind = line.text("kind")


def agreed(house: House, charter: int) -> bool:
    """Whether the founding members agree on a draft: enough of them, and where more than three must, more than half of
    all and nobody against. A confederation has no people of its own: it begins with two bodies.
    """
    if house.kind == "confederation":
        return house.inside >= SEATS
    adopters = sum(house.is_member(each) for each in house.adoptions.get(charter, set()))
    if adopters < house.founders:
        return False
    members = sum(each.ended is None for each in house.members.values())
    against = any(house.is_member(each) for each in house.objections.get(charter, set()))
    return house.founders == ADOPTERS or (2 * adopters > members and not against)


def objected_by(house: House, line: Line) -> None:
    """A founding member objects to the draft, where it takes consensus."""
    fits = house.adopted_at is None and house.is_member(line.who) and house.founders > ADOPTERS
    standing = house.objections.setdefault(line.number("charter"), set())
    house.unless(fits and line.who not in standing, "draft_objected", line)
    standing.add(line.who or "")


def objection_taken_back(house: House, line: Line) -> None:
    """Who objected does so no longer; with the last objection the charter may come into force."""
    number = line.number("charter")
    standing = house.objections.setdefault(number, set())
    house.unless(house.adopted_at is None and line.who in standing, "draft_objected", line)
    standing.discard(line.who or "")
    if agreed(house, number):
        house.must_follow("charter_not_in_force", line, lambda later: _comes(later, number))


def adopted_by(house: House, line: Line) -> None:
    """A founding member adopts the draft."""
    fits = house.adopted_at is None and house.is_member(line.who)
    house.unless(fits, "adopter", line)
    house.adoptions.setdefault(line.number("charter"), set()).add(line.who or "")
    number = line.number("charter")
    if agreed(house, number):
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
        allowed = agreed(house, number)
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
    """The body ends, and with it what is open in it: nothing is decided afterwards."""
    house.unless(not house.ended, "ended_twice", line)
    key = line.maybe("proposal")
    if key is None:  # a founding ran out of time, or nobody sits in it any more
        allowed = house.adopted_at is None or (house.kind == "confederation" and not house.inside)
    else:
        decided = house.proposals.get(key)
        allowed = decided is not None and _ends_by(decided, line)
    house.unless(allowed, "ended_without", line)
    house.ended, house.ended_at = True, line.at
    for member in house.members.values():
        if member.ended is None:
            member.ended, member.how = line.at, "body_ended"
    for key, mandate in house.mandates.items():
        if mandate.ended is None and mandate.ends > line.at:
            house.must_follow("mandate_outlives_body", line, ends(key), mandate=key)
    for proposal in house.proposals.values():
        if proposal.stage in ("discussion", "voting", "round"):
            house.must_follow("proposal_outlives", line, is_decided(proposal.key), proposal=proposal.key)


def _ends_by(decided: Proposal, line: Line) -> bool:
    """Whether a body ends by this decision at that moment; where it becomes one with another, that one goes on."""
    into = line.data.get("into")
    if into is not None:
        return may_end(decided, line, leads=False) and into in decided.about.get("others", [])
    return decided.kind in ("dissolution", "split") and decided.in_force and line.at >= decided.decided_at + NOTICE


def is_decided(proposal: int) -> Callable[[Line], bool]:
    """Whether a line decides this proposal."""
    return lambda line: line.what == "proposal.decided" and line.data.get("proposal") == proposal


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
    "charter.objected_by": objected_by,
    "charter.objection_taken_back": objection_taken_back,
    "charter.adopted": adopted,
    "charter.redrafted": _nothing,
    "record.restored": restored,
    "invitation.made": _nothing,
    "invitation.ended": _nothing,
    "task.done": _nothing,
    "reply.written": _nothing,
    "comment.taken_back": _nothing,
}
