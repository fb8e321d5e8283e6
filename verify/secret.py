"""Secret votes: who voted, and the list of what was voted, sorted so that it tells nothing more (DESIGN section 7)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, Any

from . import elections
from .canonical import Unreadable, canonical, from_hex, parse
from .counting import SAID, has_quorum, least, outcome

if TYPE_CHECKING:
    from .history.state import House, Line, Vote
    from .terms import Numbers

SHOW = re.compile(r"[0-9A-HJKMNP-TV-Z]{16}")
FEWEST_SHOWN = 5
FEWEST_ON_ROLL = 7
ABOUT_PEOPLE = ("election", "recall", "removal")


def is_due(matter: str, numbers: Numbers, roll: int) -> bool:
    """Whether a vote is secret: elections, recalls and removals, from the charter's roll on (DESIGN section 7)."""
    asked = numbers.secret_from is not None and roll >= max(numbers.secret_from, FEWEST_ON_ROLL)
    return asked and matter in ABOUT_PEOPLE


def opened(house: House, vote: Vote, line: Line) -> None:
    """A secret vote opens with the public half of its key."""
    if vote.secret:
        from_hex(line.data.get("key"), 32)
        house.unless(type(line.data.get("codes")) is bool, "secret_otherwise", line)


def check(house: House, vote: Vote, line: Line) -> None:
    """The count of a secret vote: its list has as many ballots as people voted, and adds up to the tally."""
    if vote.outcome in ("overtaken", "void"):
        return
    voted = line.texts("voted")
    house.unless(voted == sorted(set(voted)) and set(voted) <= vote.roll, "voted", line)
    shown = line.data.get("list")
    if shown is None:
        house.unless(len(voted) < FEWEST_SHOWN and line.data.get("tally") is None, "list_missing", line)
        _judge_few(house, vote, len(voted), line)
        return
    _judge_number(house, vote, len(voted), line)
    if not isinstance(shown, list):
        raise Unreadable("list")
    if not shown and not vote.codes:
        house.unless(len(voted) >= FEWEST_SHOWN and vote.terms.rule in elections.RULES, "list_missing", line)
        house.findings.unknown["totals_only"] += 1
        return
    house.unless(len(shown) == len(voted) >= FEWEST_SHOWN, "used_marks", line, said=len(voted), found=len(shown))
    if vote.codes and all(isinstance(each, str) for each in shown):
        shows, choices = list(shown), None
        house.findings.unknown["totals_only"] += 1
    elif vote.codes:
        shows, choices = [_pair(each)[0] for each in shown], [_pair(each)[1] for each in shown]
    else:
        shows, choices = [], [str(each) for each in shown]
        house.unless(choices == sorted(choices), "list_order", line)
    house.unless(shows == sorted(set(shows)) and all(SHOW.fullmatch(each) for each in shows), "list_order", line)
    if choices is not None:
        _recount(house, vote, choices, line)


def _judge_number(house: House, vote: Vote, voted: int, line: Line) -> None:
    """As many ballots in the count as people voted, also where the ballots are not shown."""
    tally = line.data.get("tally")
    if vote.terms.rule in elections.RULES and isinstance(tally, dict):
        house.unless(tally.get("ballots") == voted, "used_marks", line, said=voted, found=tally.get("ballots"))


def _judge_few(house: House, vote: Vote, voted: int, line: Line) -> None:
    """The outcome is one to which so few ballots can lead; of those not adopted nothing more is told than that."""
    if vote.terms.rule in elections.RULES:
        quorum = has_quorum(voted, vote.terms)
        can = {("adopted", "adopted"), ("not_adopted", "nobody_elected")} if quorum else {("no_quorum", "no_quorum")}
        can = {each for each in can if each[0] != "adopted" or voted >= least(vote.terms.roll)}
    else:
        can = {outcome(tally, vote.terms) for tally in _tallies(vote.terms.rule, voted)}
    told = {(end, why if end in ("adopted", "no_quorum") else "few") for end, why in can}
    house.unless((vote.outcome, line.text("reason")) in told, "few_impossible", line, said=voted)


def _tallies(rule: str, voted: int) -> Iterator[dict[str, int]]:
    """All counts of so few ballots."""
    for said in combinations_with_replacement(SAID[rule], min(voted, FEWEST_SHOWN)):
        yield dict(Counter(said))


def _pair(entry: Any) -> tuple[str, str]:
    if not isinstance(entry, list) or len(entry) != 2 or any(type(each) is not str for each in entry):
        raise Unreadable("list")
    return entry[0], entry[1]


def _recount(house: House, vote: Vote, choices: list[str], line: Line) -> None:
    if vote.terms.rule in elections.RULES:
        elections.recount(house, vote, Counter(elections.read(each, vote) for each in choices), line.seq)
        return
    counted = Counter(_position(each) for each in choices)
    told = {name: number for name, number in (vote.tally or {}).items() if number}
    house.unless(told == dict(counted), "list_not_tally", line)
    house.findings.checked["recounted"] += 1


def _position(written: str) -> str:
    position = parse(written)
    if not isinstance(position, str) or canonical(position) != written:
        raise Unreadable("choice")
    return position
