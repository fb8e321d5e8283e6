"""Candidates of an election: who stands, steps back, is on the ballot, and whose seat stays vacant."""

from __future__ import annotations

from .state import WITHOUT_LABEL, House, Line, Proposal, Vote


def stood(house: House, line: Line) -> None:
    """A member stands, while it is talked over; who stands once more comes after all others."""
    proposal = house.proposal(line)
    fits = proposal.kind == "election" and proposal.stage == "discussion" and house.is_member(line.who)
    house.unless(fits and line.who not in proposal.standing, "stood_wrongly", line)
    proposal.standing[line.who or ""] = line.at


def stepped_back(house: House, line: Line) -> None:
    """Who stood, or was asked, does not stand; until the vote opens."""
    proposal = house.proposal(line)
    house.unless(proposal.kind == "election" and proposal.stage == "discussion", "stood_wrongly", line)
    gone = [each for each in proposal.standing if house.may_be(line.who, each)]
    for each in gone:
        del proposal.standing[each]


def asked(house: House, line: Line) -> None:
    """A member asks another one to stand."""
    fits = house.is_member(line.who) and house.is_member(line.text("candidate"))
    house.unless(fits and house.proposal(line).stage == "discussion", "stood_wrongly", line)


def judge_list(house: House, proposal: Proposal, vote: Vote, line: Line) -> None:
    """The list is of those who stood and are members, in the order in which they stood; later votes keep it."""
    seats, ranked = proposal.about.get("seats"), proposal.about.get("ranked")
    house.unless(vote.seats == seats and (vote.terms.rule == "approval") == (ranked is False), "seats_otherwise", line)
    before = proposal.votes[-1].candidates if proposal.votes else None
    same = _is_list(house, proposal, vote) if before is None else _is_kept(house, before, vote.candidates)
    house.unless(same and len(vote.candidates) > 0, "candidates_otherwise", line)


def _is_list(house: House, proposal: Proposal, vote: Vote) -> bool:
    """Who left may have come back under another label; who left for good is not on the list."""
    rest = list(vote.candidates)
    for label in sorted(proposal.standing, key=lambda each: proposal.standing[each]):
        if rest and house.may_be(rest[0], label) and (rest[0] == label or rest[0] not in proposal.standing):
            rest.pop(0)
        elif house.is_member(label):
            return False
    return not rest


def _is_kept(house: House, before: list[str | None], now: list[str | None]) -> bool:
    """Number by number the same people, as far as labels tell: some may have left, come back, or be forgotten."""
    known = [
        old == new or new is None or new in WITHOUT_LABEL or house.may_be(new, old) for old, new in zip(before, now)
    ]
    return len(before) == len(now) and all(known)


def vacant(house: House, line: Line) -> None:
    """A seat stays vacant because who was elected is no member any more, or has held the mandate too often."""
    proposal, label = house.proposal(line), line.text("candidate")
    due = any(each is proposal for each in house.effects_due)
    winner = any(house.may_be(label, each) or label in WITHOUT_LABEL for each in winners(proposal))
    once = label in WITHOUT_LABEL or label not in proposal.vacant + proposal.granted
    held = sum(house.may_be(label, each.holder) for each in house.mandates.values())
    reason = not house.is_member(label) or held > house.charter.whole["renewals"]
    house.unless(due and winner and once and reason, "vacant_without", line)
    proposal.vacant.append(label)


def winners(proposal: Proposal) -> list[str | None]:
    """The labels of those elected, as the last vote lists them."""
    return [proposal.votes[-1].candidates[number - 1] for number in proposal.elected] if proposal.votes else []


HANDLERS = {
    "candidate.stood": stood,
    "candidate.stepped_back": stepped_back,
    "candidate.proposed": asked,
    "seat.vacant": vacant,
}
