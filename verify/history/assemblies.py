"""Assemblies: called, opened, closed; a discussion waived, counted anew here; who was there in a round of talks."""

from __future__ import annotations

from fractions import Fraction

from verify.counting import least
from verify.terms import fraction

from .state import House, Line, Proposal

WAIVABLE = ("decision", "mandate")
STEPS = {
    "assembly.opened": ("called", "open"),
    "assembly.closed": ("open", "over"),
    "assembly.cancelled": ("called", "cancelled"),
    "minutes.published": ("over", "published"),
    "minutes.added": ("published", "published"),
}
"""What has to be so before such a line, and what is so after it."""


def called(house: House, line: Line) -> None:
    """An assembly is called by a member, before it begins."""
    key = line.number("assembly")
    in_order = line.at < line.moment("starts") < line.moment("ends")
    fits = key not in house.assemblies and in_order and house.is_member(line.who)
    house.unless(fits, "assembly_called", line)
    house.assemblies[key] = "called"


def went_on(house: House, line: Line) -> None:
    """The next step of an assembly."""
    key = line.number("assembly")
    before, after = STEPS[line.what]
    house.unless(house.assemblies.get(key) == before, "assembly_step", line)
    house.assemblies[key] = after


def waived(house: House, line: Line) -> None:
    """Those present waive what is left of a discussion: a quorum of them, nobody against, more than half for it."""
    proposal, present, agreed = house.proposal(line), set(line.texts("present")), set(line.texts("agreed"))
    fits = house.assemblies.get(line.number("assembly")) == "open" and _may_be_waived(proposal, line)
    house.unless(fits, "waived_wrongly", line)
    voices = house.electors(line.at)
    known = agreed <= present <= voices and line.number("voices") == len(voices)
    quorum = fraction(line.data.get("quorum"))
    enough = _enough(len(present), len(agreed), len(voices), quorum)
    house.unless(known and enough and quorum == house.charter.quorum, "waived_by_too_few", line)
    proposal.waived = True


def attended(house: House, line: Line) -> None:
    """Who was in the room in a round of talks keeps their right to block, as who wrote does."""
    proposal, number, present = house.proposal(line), line.number("round"), line.texts("present")
    fits = proposal.stage == "round" and number == proposal.rounds and all(house.is_member(each) for each in present)
    house.unless(fits, "spoke_in_no_round", line)
    proposal.spoke.setdefault(number, set()).update(present)


def _may_be_waived(proposal: Proposal, line: Line) -> bool:
    ripe = proposal.stage == "discussion" and not proposal.urgent and "confirms" not in proposal.about
    return ripe and proposal.kind in WAIVABLE and line.number("version") == proposal.version


def _enough(present: int, agreed: int, voices: int, quorum: Fraction) -> bool:
    return present >= quorum * voices and 2 * agreed > present and agreed >= least(voices)


HANDLERS = {
    "assembly.called": called,
    "discussion.waived": waived,
    "round.attended": attended,
    **dict.fromkeys(STEPS, went_on),
}
