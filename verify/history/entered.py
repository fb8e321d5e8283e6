"""Votes entered by two members for a third (DESIGN section 6): by whom, for whom, never what they say."""

from __future__ import annotations

from collections import Counter

from verify.canonical import Unreadable

from .state import House, Line, Proposal, Vote

AIDED_AT_MOST = 10
WAYS = ("named", "paper", "desk")


def entered(house: House, line: Line) -> None:
    """A second member confirms what a first wrote down: neither is the elector, and neither has a stake."""
    proposal, vote = house.proposal(line), _vote(house, line)
    if vote is None:
        return
    elector, first, second = line.text("elector"), line.text("first"), line.who or ""
    may_be = elector in vote.roll and elector not in vote.contested and not vote.secret and line.at < vote.closes
    taken = line.text("way") in WAYS and (line.text("way") != "named" or vote.meets is not None)
    house.unless(may_be and taken, "entered_wrongly", line)
    helpers = {first, second}
    fits = len(helpers) == 2 and elector not in helpers and all(house.is_member(each) for each in helpers)
    house.unless(fits and not helpers & at_stake(house, proposal, vote), "entered_by_wrong", line)
    vote.entered.add(elector)
    if line.text("way") == "desk":
        for helper in helpers:
            helped = vote.aided.setdefault(helper, set())
            helped.add(elector)
            house.unless(len(helped) <= AIDED_AT_MOST, "aided_too_many", line)


def contested(house: House, line: Line) -> None:
    """Somebody strikes out what was entered for them."""
    vote = _vote(house, line)
    if vote is None:
        return
    house.unless(line.who in vote.entered and line.at < vote.closes, "contested_without", line)
    vote.entered.discard(line.who or "")
    vote.contested.add(line.who or "")


def helped(house: House, proposal: Proposal, vote: Vote, line: Line) -> None:
    """Who sat at the desk with whom in a secret vote: with those who voted, ten at most, nobody with a stake."""
    told = line.data.get("helped")
    if told is None:
        return
    if not isinstance(told, list) or any(not isinstance(each, list) or len(each) != 2 for each in told):
        raise Unreadable("helped")
    people = Counter(str(helper) for _elector, helper in told)
    of_voters = all(elector in line.texts("voted") and elector != helper for elector, helper in told)
    once = len({tuple(each) for each in told}) == len(told)
    house.unless(of_voters and once and not set(people) & at_stake(house, proposal, vote), "helped_wrongly", line)
    house.unless(all(number <= AIDED_AT_MOST for number in people.values()), "aided_too_many", line)


def _vote(house: House, line: Line) -> Vote | None:
    vote = house.proposal(line).open_vote
    found = vote if vote is not None and vote.number == line.number("vote") else None
    house.unless(found is not None, "entered_in_no_vote", line)
    return found


def at_stake(house: House, proposal: Proposal, vote: Vote) -> set[str | None]:
    """Whom the vote is about: candidates, and who a mandate, a recall or a removal is about."""
    mandate, offer = house.mandates.get(proposal.about.get("mandate", 0)), proposal.about.get("offer")
    about = {mandate.holder} if mandate is not None else set()
    offered = {offer.get("who")} if isinstance(offer, dict) else set()
    removed = {proposal.about.get("about")} if proposal.kind == "removal" else set()
    return {*vote.candidates, *about, *offered, *removed} - {None}


def card(house: House, line: Line) -> None:
    """Two members give a third a new card to sign in with."""
    given, first, second = line.text("member"), line.text("first"), line.who or ""
    fits = len({given, first, second}) == 3 and all(house.is_member(each) for each in (given, first, second))
    house.unless(fits, "card_by_wrong", line)


HANDLERS = {"ballot.entered": entered, "ballot.contested": contested, "card.given": card}
