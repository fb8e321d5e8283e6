"""Elections: what a ballot may say, and recounting who is elected (DESIGN section 3, "Elections")."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any

from verify.canonical import Unreadable, canonical, from_hex, parse
from verify.counting import has_quorum, least

from . import approval, schulze, stv, totals

if TYPE_CHECKING:
    from verify.history.state import House, Line, Proposal, Vote

RULES = ("approval", "schulze", "stv")
NOBODY = 0
"""The number of "none of these"."""
CANDIDATES_AT_MOST = 50
SEATS_AT_MOST = 20
Choice = tuple[int, ...]


def opened(line: Line) -> tuple[list[str | None], int, str]:
    """Candidates in the order of their numbers, seats, and the fingerprint of the seed. Raises `Unreadable`."""
    candidates = line.data.get("candidates")
    if not isinstance(candidates, list) or not all(each is None or type(each) is str for each in candidates):
        raise Unreadable("candidates")
    seats, seed = line.number("seats"), line.text("seed")
    from_hex(seed, 32)
    if len(candidates) > CANDIDATES_AT_MOST or not 1 <= seats <= SEATS_AT_MOST:
        raise Unreadable("more than a ballot holds")
    return list(candidates), seats, seed


def method(rule: str, seats: int) -> str:
    """How an election is counted, if its line says a way that fits its seats; nothing otherwise."""
    fits = rule == "approval" or (rule == "schulze" and seats == 1) or (rule == "stv" and seats > 1)
    return rule if fits else ""


def read(written: Any, vote: Vote) -> Choice:
    """The choice on a ballot. Raises `Unreadable` for one that this election does not have."""
    numbers = parse(written) if isinstance(written, str) else None
    if not isinstance(numbers, list) or not numbers or canonical(numbers) != written:
        raise Unreadable("choice")
    known = all(type(each) is int and 0 <= each <= len(vote.candidates) for each in numbers)
    if not known or len(set(numbers)) != len(numbers):
        raise Unreadable("choice")
    if vote.terms.rule == "approval" and numbers != [NOBODY] and (NOBODY in numbers or numbers != sorted(numbers)):
        raise Unreadable("choice")
    return tuple(numbers)


def check(house: House, proposal: Proposal, vote: Vote, line: Line) -> None:
    """What the counted line of an election says, as far as it can be judged without its ballots."""
    vote.said = line.data
    if vote.outcome in ("overtaken", "void"):
        return
    seed = from_hex(line.data.get("seed"), 32)
    house.unless(hashlib.sha256(seed).hexdigest() == vote.seed, "seed", line)
    elected = line.data.get("elected")
    if not isinstance(elected, list) or any(type(each) is not int for each in elected):
        raise Unreadable("elected")
    known = all(1 <= each <= len(vote.candidates) for each in elected) and len(set(elected)) == len(elected)
    house.unless(known and len(elected) <= vote.seats, "elected_impossible", line)
    house.unless((vote.outcome == "adopted") == bool(elected), "elected_impossible", line)
    proposal.elected = list(elected) if known else []
    told = line.data.get("tally") is not None or not vote.secret
    vote.judged = totals.judge(house, vote, line) and known if told else False


def recount(house: House, vote: Vote, ballots: Counter[Choice], line: int) -> None:
    """Count the ballots again: outcome, who is elected, and the figures of the method. Only what its line says of a
    count that can be is compared.
    """
    if not vote.judged:
        return
    seats, numbers = vote.seats, len(vote.candidates)
    seed, floor = bytes.fromhex(vote.said["seed"]), least(vote.terms.roll)
    if vote.terms.rule == "approval":
        seated, figures = approval.count(ballots, numbers, seats, seed, floor)
    elif vote.terms.rule == "schulze":
        seated, figures = schulze.count(ballots, numbers, seed)
    else:
        seated, figures = stv.count(ballots, numbers, seats, seed)
    elected = [each for each in seated if each != NOBODY and in_favour(ballots, vote, each) >= floor]
    if not has_quorum(sum(ballots.values()), vote.terms):
        found, elected = "no_quorum", []
    else:
        found = "adopted" if elected else "not_adopted"
    told = vote.said.get("tally") or {}
    figures |= {"ballots": sum(ballots.values()), "favour": _favour(ballots, vote)}
    if "stages" in told:
        told = {**told, "votes": [{int(n): votes for n, votes in each["votes"].items()} for each in told["stages"]]}
    same = all(told.get(name) == value for name, value in figures.items())
    if found != vote.outcome or elected != vote.said["elected"]:
        house.findings.add("election", line, found=", ".join(map(str, elected)) or "-")
    elif not same:
        house.findings.add("figures", line)
    house.findings.checked["recounted"] += 1


def _favour(ballots: Counter[Choice], vote: Vote) -> dict[str, int]:
    return {str(number): in_favour(ballots, vote, number) for number in range(1, len(vote.candidates) + 1)}


def in_favour(ballots: Counter[Choice], vote: Vote, number: int) -> int:
    """Ballots that approve a candidate, or rank them before "none of these"."""
    total = 0
    for choice, papers in ballots.items():
        if number in choice and (NOBODY not in choice or choice.index(number) < choice.index(NOBODY)):
            total += papers
    return total
