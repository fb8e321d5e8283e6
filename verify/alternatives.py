"""Votes between several texts, recounted: approval picks the first, the rule decides on it alone (DESIGN section 3)."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any

from .canonical import Unreadable, canonical, from_hex, parse
from .counting import SAID
from .elections.lots import in_order

if TYPE_CHECKING:
    from .history.state import House, Line, Proposal, Vote

LABEL = "alternatives"
FAVOUR = ("agree", "reservations", "yes")


def opened(house: House, proposal: Proposal, line: Line) -> tuple[list[int], str]:
    """The words on the ballot and the fingerprint of the seed: all that stand as alternatives, in their order."""
    said = line.data.get("alternatives", [])
    if not isinstance(said, list) or any(type(each) is not int for each in said):
        raise Unreadable("alternatives")
    standing = [number for number, each in sorted(proposal.amendments.items()) if each.stands]
    house.unless(said == standing, "alternatives_otherwise", line)
    if not said:
        return [], ""
    seed = line.text("seed")
    from_hex(seed, 32)
    return said, seed


def check(house: House, proposal: Proposal, vote: Vote, line: Line) -> None:
    """What the counted line says of the texts: the first has most marks, and of equals the one that the lot took."""
    if not vote.others or vote.outcome in ("overtaken", "void"):
        return
    first, marks = line.number("first"), line.data.get("marks")
    texts = len(vote.others) + 1
    if not isinstance(marks, dict) or set(marks) != {str(number) for number in range(1, texts + 1)}:
        raise Unreadable("marks")
    if any(type(papers) is not int for papers in marks.values()) or not 1 <= first <= texts:
        raise Unreadable("marks")
    seed = from_hex(line.data.get("seed"), 32)
    house.unless(hashlib.sha256(seed).hexdigest() == vote.seed, "seed", line)
    vote.first, vote.marks = first, marks
    house.unless(first == first_of({int(number): papers for number, papers in marks.items()}, seed), "first", line)
    in_favour = sum((vote.tally or {}).get(each, 0) for each in FAVOUR)
    house.unless(marks.get(str(first)) == in_favour, "first", line)
    if vote.outcome == "adopted" and first > 1:
        proposal.taking_over = vote.others[first - 2]
        key, amendment = proposal.key, proposal.taking_over
        house.must_follow("text_not_taken_over", line, lambda later: _taken_over(later, key, amendment), proposal=key)


def first_of(marks: dict[int, int], seed: bytes) -> int:
    """The text with most marks; of equals the one that is drawn."""
    most = [number for number, papers in marks.items() if papers == max(marks.values())]
    return most[0] if len(most) == 1 else in_order(seed, LABEL, most)[0]


def _taken_over(line: Line, proposal: int, amendment: int) -> bool:
    said = (line.data.get("proposal"), line.data.get("amendment"))
    return line.what == "alternative.adopted" and said == (proposal, amendment)


def adopted(house: House, line: Line) -> None:
    """An alternative was first and is adopted: from now on it is the text."""
    proposal = house.proposal(line)
    fits = proposal.stage == "decide" and proposal.outcome == "adopted"
    fits = fits and proposal.taking_over == line.number("amendment") and line.number("version") == proposal.version + 1
    house.unless(fits, "taken_over_without", line)
    proposal.version, proposal.taking_over = line.number("version"), 0


def read(ballot: dict[str, Any], vote: Vote) -> Any:
    """Position and marks of a ballot. Raises `Unreadable` for one that this vote does not have."""
    position, written = ballot.get("position"), ballot.get("choice")
    marks = parse(written) if isinstance(written, str) else None
    if not isinstance(marks, list) or canonical(marks) != written or marks != sorted(set(marks)):
        raise Unreadable("choice")
    known = all(type(each) is int and 1 <= each <= len(vote.others) + 1 for each in marks)
    if not known or position not in SAID[vote.terms.rule] or position in FAVOUR:
        raise Unreadable("choice")
    return position, tuple(marks)


def blocks(ballot: dict[str, Any], vote: Vote) -> bool:
    """Whether a ballot blocks what was decided on: of several texts the first, unless it marked that."""
    if ballot.get("position") != "block":
        return False
    marks = parse(str(ballot.get("choice"))) if vote.others else []
    return not (isinstance(marks, list) and vote.first in marks)


def recount(house: House, vote: Vote, ballots: Counter[Any], line: int) -> None:
    """Count the ballots again: the marks of each text, and the positions on the first."""
    if not vote.marks:  # overtaken, void, or a line that says nothing of them, which was told already
        return
    marks: Counter[int] = Counter()
    positions: Counter[str] = Counter()
    for (position, marked), papers in ballots.items():
        marks.update(dict.fromkeys(marked, papers))
        positions[SAID[vote.terms.rule][0] if vote.first in marked else position] += papers
    told = {number: papers for number, papers in (vote.tally or {}).items() if papers}
    same_marks = all(papers == marks[int(number)] for number, papers in vote.marks.items())
    if told != dict(positions) or not same_marks:
        house.findings.add("ballots_not_tally", line, vote=vote.key)
    else:
        house.findings.checked["recounted"] += 1


HANDLERS = {"alternative.adopted": adopted}
