"""Other words for a passage, and summaries: what was proposed, answered, withdrawn, and stands as an alternative."""

from __future__ import annotations

from .proposals import EFFECTS, rewritten
from .state import Amendment, House, Line, Proposal

TALKED_OVER = ("discussion", "round")


def proposed(house: House, line: Line) -> None:
    """Words are proposed for the newest text, while it is talked over."""
    proposal, number = house.proposal(line), line.number("amendment")
    fits = number == len(proposal.amendments) + 1 and line.number("version") == proposal.version
    house.unless(fits and proposal.stage in TALKED_OVER and house.is_member(line.who), "amended_wrongly", line)
    proposal.amendments[number] = Amendment(line.who)


def accepted(house: House, line: Line) -> None:
    """The words are in the text: a new version."""
    proposal, amendment = _both(house, line, ("open", "declined"))
    if amendment is not None:
        amendment.state, amendment.stands = "accepted", False
    rewritten(house, proposal, line)


def declined(house: House, line: Line) -> None:
    """They are not taken over."""
    _proposal, amendment = _both(house, line, ("open",))
    if amendment is not None:
        amendment.state = "declined"


def withdrawn(house: House, line: Line) -> None:
    """Who proposed them takes them back."""
    _proposal, amendment = _both(house, line, ("open", "declined"))
    if amendment is not None:
        amendment.state, amendment.stands = "withdrawn", False


def stands(house: House, line: Line) -> None:
    """They come to the vote as an alternative."""
    proposal, amendment = _both(house, line, ("open", "declined"))
    fits = proposal.kind not in EFFECTS and amendment is not None and not amendment.stands
    house.unless(fits, "stands_wrongly", line)
    if amendment is not None:
        amendment.stands = True


def _both(house: House, line: Line, states: tuple[str, ...]) -> tuple[Proposal, Amendment | None]:
    """The proposal and the words; they must be in one of these states, and no vote open."""
    proposal = house.proposal(line)
    amendment = proposal.amendments.get(line.number("amendment"))
    fits = amendment is not None and amendment.state in states and proposal.stage in TALKED_OVER
    house.unless(fits, "amended_wrongly", line)
    return proposal, amendment


def summed_up(house: House, line: Line) -> None:
    """A summary is one more than the one before."""
    proposal, of = house.proposal(line), line.text("of")
    number = proposal.summaries.get(of, 0) + 1
    house.unless(of in ("talk", "text") and line.number("number") == number, "summed_up_wrongly", line)
    proposal.summaries[of] = number


def named(house: House, line: Line) -> None:
    """A body that the proposal affects is named while it is talked over."""
    house.unless(house.proposal(line).stage in TALKED_OVER, "named_wrongly", line)


def asked(house: House, line: Line) -> None:
    """The body asks another one to decide together, by a decision."""
    house.unless(house.carrying("joint", "asks", line.number("asks")) is not None, "asked_without", line)


def answered(house: House, line: Line) -> None:
    """The author answers a body that asked."""
    fits = house.proposal(line).stage != "closed" and line.text("answer") in ("agreed", "refused")
    house.unless(fits, "named_wrongly", line)


HANDLERS = {
    "affected.named": named,
    "joint.asked": asked,
    "joint.answered": answered,
    "amendment.proposed": proposed,
    "amendment.accepted": accepted,
    "amendment.declined": declined,
    "amendment.withdrawn": withdrawn,
    "amendment.stands": stands,
    "summary.written": summed_up,
}
