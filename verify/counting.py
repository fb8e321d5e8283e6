"""Deciding a count, written anew from DESIGN section 3 ("How it is decided") in plain fractions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Callable

SAID = {
    "consensus": ("agree", "reservations", "aside", "abstain", "block"),
    "weak": ("agree", "disagree", "abstain"),
    "majority": ("yes", "no", "abstain"),
    "recall": ("yes", "no", "abstain"),
    "removal": ("yes", "no", "abstain"),
    "removal_large": ("yes", "no", "abstain"),
}
"""What can be said under each rule."""


@dataclass(frozen=True)
class Terms:
    """What decides a vote: its rule, how many are on the roll, and three fractions."""

    rule: str
    roll: int
    quorum: Fraction
    agreement: Fraction
    asides: Fraction


def least(roll: int) -> int:
    """Nothing is adopted with fewer in favour: 3, and 2 where only 2 or 3 can vote (DESIGN 3.10)."""
    return 2 if roll in (2, 3) else 3


def can_be(tally: Mapping[str, int], terms: Terms) -> bool:
    """Whether such a count can come of such a vote."""
    known = SAID.get(terms.rule, ())
    fits = all(name in known and type(number) is int and number >= 0 for name, number in tally.items())
    return fits and sum(tally.values()) <= terms.roll


def has_quorum(took_part: int, terms: Terms) -> bool:
    """Enough took part; nobody at all is never enough."""
    return took_part > 0 and Fraction(took_part, max(terms.roll, 1)) >= terms.quorum


def outcome(tally: Mapping[str, int], terms: Terms) -> tuple[str, str]:
    """How a vote ends, and by which condition."""
    there = sum(tally.values())
    if terms.rule not in ("recall", "removal") and not has_quorum(there, terms):
        return "no_quorum", "no_quorum"
    missed = RULES[terms.rule](tally, terms)
    if missed == "blocked":
        return "blocked", "blocked"
    if missed is not None:
        return "not_adopted", missed
    return ("adopted", "adopted") if in_favour(tally) >= least(terms.roll) else ("not_adopted", "floor")


def in_favour(tally: Mapping[str, int]) -> int:
    """All who want it."""
    return tally.get("agree", 0) + tally.get("reservations", 0) + tally.get("yes", 0)


def against(tally: Mapping[str, int]) -> int:
    """All who do not; a block counts by itself."""
    return tally.get("disagree", 0) + tally.get("no", 0)


def _consensus(tally: Mapping[str, int], terms: Terms) -> str | None:
    there = sum(tally.values())
    if tally.get("block", 0) > 0:
        return "blocked"
    if Fraction(in_favour(tally), there) <= Fraction(1, 2):
        return "too_few_agree"
    return None if Fraction(tally.get("aside", 0), there) <= terms.asides else "too_many_aside"


def _share(tally: Mapping[str, int], terms: Terms) -> str | None:
    for_it, not_for_it = in_favour(tally), against(tally)
    if for_it == 0 or Fraction(for_it, for_it + not_for_it) < terms.agreement:
        return "share_missed"
    return None


def _majority(tally: Mapping[str, int], _terms: Terms) -> str | None:
    difference = in_favour(tally) - against(tally)
    if difference == 0:
        return "tie"
    return None if difference > 0 else "more_no"


def _recall(tally: Mapping[str, int], terms: Terms) -> str | None:
    missed = _majority(tally, terms)
    if missed is not None:
        return missed
    most = Fraction(in_favour(tally), terms.roll) > Fraction(1, 2)
    enough = Fraction(sum(tally.values()), terms.roll) >= terms.quorum
    return None if most or enough else "too_few_took_part"


def _removal(tally: Mapping[str, int], terms: Terms) -> str | None:
    if terms.roll == 0 or Fraction(in_favour(tally), terms.roll) <= Fraction(1, 2):
        return "removal_half"
    return "removal_noes" if against(tally) > 1 else None


RULES: dict[str, Callable[[Mapping[str, int], Terms], str | None]] = {
    "consensus": _consensus,
    "weak": _share,
    "majority": _majority,
    "recall": _recall,
    "removal": _removal,
    "removal_large": _share,
}


def carried_early(tally: Mapping[str, int], terms: Terms) -> bool:
    """Whether an open recall may close before its time: yes from more than half of the roll."""
    return terms.rule == "recall" and 2 * in_favour(tally) > terms.roll and in_favour(tally) >= least(terms.roll)
