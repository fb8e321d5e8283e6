"""Questions of confederations: asked of all bodies below, counted by what each of them says, in force after a time.

The record of a confederation tells what its bodies said, so the count can be made again; that they have decided so
stands in their own records. Of people it tells numbers, which nobody can make again from it.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from verify.counting import Terms, outcome
from verify.terms import fraction, terms_of
from verify.times import DAY

from .state import House, Line, Proposal

WAITS = 14 * DAY
PEOPLE_VOTE = 14 * DAY
THIRD, TENTH, FIFTH = Fraction(1, 3), Fraction(1, 10), Fraction(1, 5)
NARROW_FROM = 7
MATTERS = ("ordinary", "charter", "recall")
COUNTS_AS = {
    "consensus": {"agree": "agree", "disagree": "aside", "aside": "aside", "block": "block"},
    "weak": {"agree": "agree", "disagree": "disagree", "aside": "abstain", "block": "disagree"},
    "recall": {"agree": "yes", "disagree": "no", "aside": "abstain", "block": "no"},
}
"""What a body says, as each rule counts it; who says "none" has taken no part."""


AT_HOME = {"adopted": "agree", "not_adopted": "disagree"}
"""What a body says by its own decision; by any other outcome nothing."""


def forwarded(house: House, line: Line) -> None:
    """The body puts before a confederation what it has decided to put there."""
    _does(house, line, "forward")


def own_word(house: House, line: Line) -> None:
    """The body has decided what it says above."""
    _does(house, line, "own_word", line.text("says") in ("aside", "block"))


def called(house: House, line: Line) -> None:
    """The body has decided to call a decision above down."""
    _does(house, line, "call_down")


def confidence(house: House, line: Line) -> None:
    """The body has decided to withdraw its confidence in a mandate above, or to give it back."""
    _does(house, line, "withdraw_confidence")


def deviated(house: House, line: Line) -> None:
    """Who was sent free says something else above than the body has decided, under a mandate of this body."""
    mandate, proposal = house.mandates.get(line.number("mandate")), house.proposal(line)
    fits = mandate is not None and mandate.ended is None and house.may_be(line.who, mandate.holder)
    home = AT_HOME.get(proposal.outcome, "none") if proposal.stage == "closed" else ""
    says = line.text("says") in ("agree", "disagree", "aside") and line.text("says") != line.text("home") == home
    house.unless(fits and says and proposal.kind == "referral", "deviated_wrongly", line)


def _does(house: House, line: Line, kind: str, fits: bool = True) -> None:
    proposal = house.proposal(line)
    due = proposal.effect == "due" and not proposal.seen
    house.unless(fits and proposal.kind == kind and due, "effect_without", line)
    proposal.seen = True


def asked(house: House, line: Line) -> None:
    """All bodies below are asked: 14 days at least, for a recall as long as the charter says."""
    proposal, matter = house.proposal(line), line.text("matter")
    open_for = line.moment("closes") - line.at
    recall = proposal.kind == "recall"
    long_enough = open_for == house.charter.whole["recall_hours"] * DAY // 24 if recall else open_for >= WAITS
    fits = house.kind == "confederation" and proposal.stage == "discussion" and (matter == "recall") == recall
    house.unless(fits and long_enough and line.number("version") == proposal.version, "asked_wrongly", line)
    proposal.stage, proposal.closes, proposal.matter = "voting", line.moment("closes"), matter
    proposal.seats = frozenset(key for key, seat in house.seats.items() if not seat.ended)


def spoken(house: House, line: Line) -> None:
    """Somebody from below has said something; who is not told."""
    proposal = house.proposal(line)
    fits = house.kind == "confederation" and proposal.stage not in ("closed", "withdrawn") and line.who is None
    house.unless(fits, "spoke_in_no_round", line)


def counted(house: House, line: Line) -> None:
    """What the bodies say is counted: the outcome follows from it by the rules of this confederation."""
    terms = Terms(
        line.text("rule"),
        line.number("bodies"),
        fraction(line.data.get("quorum")),
        fraction(line.data.get("agreement")),
        fraction(line.data.get("asides")),
    )
    said = line.data.get("said")
    known = {seat.other for seat in house.seats.values()}
    inside = isinstance(said, dict) and set(said) <= known and len(said) == terms.roll
    house.unless(inside and _are_its_terms(house, terms), "bodies_otherwise", line)
    words = [each for each in (said.values() if isinstance(said, dict) else []) if each != "none"]
    tally = Counter(COUNTS_AS[terms.rule][each] for each in words)
    right, told = outcome(tally, terms), (line.text("outcome"), line.text("reason"))
    house.unless(told == right, "outcome", line, said=told[0], found=right[0], reason=right[1])
    house.unless(line.number("referral") not in house.counted, "counted_early", line)
    house.counted.add(line.number("referral"))
    house.findings.checked["decisions"] += 1
    house.findings.unknown["bodies"] += terms.roll
    if line.maybe("proposal") is not None:
        proposal = house.proposal(line)
        proposal.bodies = frozenset(said) if isinstance(said, dict) else frozenset()
        _at_the_top(house, proposal, tally, terms, line)


def _are_its_terms(house: House, terms: Terms) -> bool:
    """Whether these are the terms of one of its charters, for one of the matters that bodies decide on."""
    return any(
        terms == terms_of(matter, numbers, terms.roll, terms.roll, second=False, weakened=False)
        for numbers in house.charters.values()
        for matter in MATTERS
    )


def _at_the_top(house: House, proposal: Proposal, tally: Counter[str], terms: Terms, line: Line) -> None:
    """The result: a recall is decided, and so is what is not adopted; all else waits to be in force."""
    house.unless(proposal.stage == "voting" and line.at >= proposal.closes, "counted_early", line)
    proposal.outcome, proposal.line = line.text("outcome"), line.seq
    if proposal.outcome != "adopted" or proposal.kind == "recall":
        proposal.stage = "decide"
        return
    agree = tally.get("agree", 0)
    turned = tally - Counter(agree=1) + Counter(disagree=1)
    proposal.narrow = (
        terms.rule == "weak" and terms.roll >= NARROW_FROM and agree > 0 and outcome(turned, terms)[0] == "not_adopted"
    )
    proposal.stage = "to_wait"
    house.must_follow("waits_not", line, lambda later: _is(later, "referral.waits", proposal.key))


def waits(house: House, line: Line) -> None:
    """Adopted, and in force in 14 days, unless it is called down until then."""
    proposal = house.proposal(line)
    fits = proposal.stage == "to_wait" and line.moment("until") == line.at + WAITS
    house.unless(fits and line.flag("narrow") == proposal.narrow, "waits_wrongly", line)
    proposal.stage, proposal.not_before, proposal.people = "waits", line.moment("until"), line.number("people")
    if proposal.narrow:
        house.must_follow("narrow_stays", line, lambda later: _is(later, "referral.called_down", proposal.key))


def called_down(house: House, line: Line) -> None:
    """A third of the bodies, or a tenth of the people, have called it down; or it was narrow. The people decide."""
    proposal, calling, persons = house.proposal(line), set(line.texts("calling")), line.number("people_calling")
    standing = _still_inside(house, proposal)
    known = calling <= standing and (line.number("bodies"), line.number("people")) == (len(standing), proposal.people)
    by_bodies = bool(calling) and Fraction(len(calling), len(standing) or 1) >= THIRD
    by_people = persons > 0 and Fraction(persons, proposal.people or 1) >= TENTH
    enough = by_bodies or by_people or (proposal.narrow and line.flag("narrow"))
    house.unless(proposal.stage == "waits" and known and enough, "called_down_wrongly", line)
    proposal.stage = "people"
    house.must_follow("people_not_asked", line, lambda later: _is(later, "people.asked", proposal.key))


def _still_inside(house: House, proposal: Proposal) -> set[str]:
    """The bodies that were counted in a decision and have not left since."""
    seats = [house.seats[key] for key in proposal.seats]
    return {seat.other for seat in seats if not seat.ended and seat.other in proposal.bodies}


def people_asked(house: House, line: Line) -> None:
    """The people are asked: 14 days."""
    proposal = house.proposal(line)
    proposal.closes = line.moment("closes")
    in_time = proposal.closes == line.at + PEOPLE_VOTE
    house.unless(proposal.stage == "people" and in_time, "people_asked_wrongly", line)


def people_counted(house: House, line: Line) -> None:
    """What the people say decides: weak consensus, and a fifth of them has taken part."""
    proposal, people, said = house.proposal(line), line.number("people"), line.data.get("said")
    agreement = fraction(line.data.get("agreement"))
    known = any(agreement == numbers.agreement for numbers in house.charters.values())
    house.unless(proposal.stage == "people" and known and line.at >= proposal.closes, "people_asked_wrongly", line)
    terms = Terms("weak", people, FIFTH, agreement, Fraction(0))
    tally = said if isinstance(said, dict) else {}
    house.unless(sum(tally.values()) <= people, "people_asked_wrongly", line)
    right, told = outcome(tally, terms), (line.text("outcome"), line.text("reason"))
    house.unless(told == right, "outcome", line, said=told[0], found=right[0], reason=right[1])
    house.findings.unknown["people"] += 1
    proposal.stage, proposal.outcome, proposal.line = "decide", told[0], line.seq


def _is(line: Line, what: str, proposal: int) -> bool:
    return line.what == what and line.data.get("proposal") == proposal


HANDLERS = {
    "referral.forwarded": forwarded,
    "referral.asked": asked,
    "referral.counted": counted,
    "referral.waits": waits,
    "referral.called_down": called_down,
    "people.asked": people_asked,
    "people.counted": people_counted,
    "referral.spoken": spoken,
    "call.made": called,
    "confidence.withdrawn": confidence,
    "confidence.given_back": confidence,
    "position.own_word": own_word,
    "position.deviated": deviated,
}
