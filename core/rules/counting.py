"""Deciding a count (DESIGN section 3, "How it is decided")."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from core.rules.positions import AGAINST, IN_FAVOUR, POSITIONS, Position, Rule
from core.rules.terms import VoteTerms

Tally = Mapping[Position, int]


class Outcome(StrEnum):
    """How a vote ended."""

    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    BLOCKED = "blocked"
    NO_QUORUM = "no_quorum"
    OVERTAKEN = "overtaken"
    VOID = "void"


class Reason(StrEnum):
    """Why: the first condition that was not met, or that all were."""

    ADOPTED = "adopted"
    NO_QUORUM = "no_quorum"
    BLOCKED = "blocked"
    TOO_FEW_AGREE = "too_few_agree"
    TOO_MANY_ASIDE = "too_many_aside"
    SHARE_MISSED = "share_missed"
    MORE_NO = "more_no"
    TIE = "tie"
    TOO_FEW_TOOK_PART = "too_few_took_part"
    REMOVAL_HALF = "removal_half"
    REMOVAL_NOES = "removal_noes"
    FLOOR = "floor"
    NOBODY_ELECTED = "nobody_elected"
    OVERTAKEN = "overtaken"
    VOID = "void"
    KEY_LOST = "key_lost"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class Result:
    """A decided count, in ballots; `quorum_needed` and `favour_needed` are the smallest numbers that suffice."""

    outcome: Outcome
    reason: Reason
    took_part: int
    in_favour: int
    against: int
    roll_size: int
    quorum_needed: int
    favour_needed: int


def decide(tally: Tally, terms: VoteTerms) -> Result:
    """Decide a count by the terms its vote opened with. Raises `ValueError` for a count that cannot be."""
    check(tally, terms)
    reason = reason_of(tally, terms)
    outcome = {
        Reason.ADOPTED: Outcome.ADOPTED,
        Reason.NO_QUORUM: Outcome.NO_QUORUM,
        Reason.BLOCKED: Outcome.BLOCKED,
    }.get(reason, Outcome.NOT_ADOPTED)
    return Result(
        outcome=outcome,
        reason=reason,
        took_part=sum(tally.values()),
        in_favour=of(tally, IN_FAVOUR),
        against=of(tally, AGAINST),
        roll_size=terms.roll_size,
        quorum_needed=quorum_needed(terms),
        favour_needed=favour_needed(tally, terms),
    )


def check(tally: Tally, terms: VoteTerms) -> None:
    """Raise `ValueError` unless the positions belong to the rule and the numbers to the roll."""
    if set(tally) - set(POSITIONS[terms.rule]):
        raise ValueError("a position of another rule")
    if any(number < 0 for number in tally.values()) or sum(tally.values()) > terms.roll_size:
        raise ValueError("more ballots than electors, or fewer than none")


def reason_of(tally: Tally, terms: VoteTerms) -> Reason:
    """The first condition that is not met: quorum, then the rule's own, then the floor (DESIGN 3.10)."""
    if terms.rule not in WITHOUT_QUORUM and sum(tally.values()) < quorum_needed(terms):
        return Reason.NO_QUORUM
    unmet = RULES[terms.rule](tally, terms)
    if unmet is not None:
        return unmet
    return Reason.ADOPTED if of(tally, IN_FAVOUR) >= floor(terms.roll_size) else Reason.FLOOR


def consensus(tally: Tally, terms: VoteTerms) -> Reason | None:
    """No block stands, more than half of those taking part agree, stand-asides within the cap."""
    took_part = sum(tally.values())
    if of(tally, (Position.BLOCK,)):
        return Reason.BLOCKED
    if 2 * of(tally, IN_FAVOUR) <= took_part:
        return Reason.TOO_FEW_AGREE
    if not terms.asides.at_most(of(tally, (Position.ASIDE,)), took_part):
        return Reason.TOO_MANY_ASIDE
    return None


def share(tally: Tally, terms: VoteTerms) -> Reason | None:
    """In favour is at least the share of in favour and against; abstentions count for the quorum only."""
    favour, against = of(tally, IN_FAVOUR), of(tally, AGAINST)
    met = favour > 0 and terms.agreement.at_least(favour, favour + against)
    return None if met else Reason.SHARE_MISSED


def majority(tally: Tally, _terms: VoteTerms) -> Reason | None:
    """More yes than no."""
    favour, against = of(tally, IN_FAVOUR), of(tally, AGAINST)
    if favour > against:
        return None
    return Reason.TIE if favour == against else Reason.MORE_NO


def recall(tally: Tally, terms: VoteTerms) -> Reason | None:
    """More yes than no, and yes from more than half of the roll or enough who took part; a tie keeps the delegate."""
    unmet = majority(tally, terms)
    if unmet is not None:
        return unmet
    if 2 * of(tally, IN_FAVOUR) > terms.roll_size or terms.quorum.at_least(sum(tally.values()), terms.roll_size):
        return None
    return Reason.TOO_FEW_TOOK_PART


def removal(tally: Tally, terms: VoteTerms) -> Reason | None:
    """Yes from more than half of the roll, and at most one no."""
    if 2 * of(tally, IN_FAVOUR) <= terms.roll_size:
        return Reason.REMOVAL_HALF
    return Reason.REMOVAL_NOES if of(tally, AGAINST) > 1 else None


RULES: Final[dict[Rule, Callable[[Tally, VoteTerms], Reason | None]]] = {
    Rule.CONSENSUS: consensus,
    Rule.WEAK: share,
    Rule.MAJORITY: majority,
    Rule.RECALL: recall,
    Rule.REMOVAL: removal,
    Rule.REMOVAL_LARGE: share,
}
WITHOUT_QUORUM: Final = frozenset({Rule.RECALL, Rule.REMOVAL})
"""Their own conditions take the quorum's place."""


def floor(roll_size: int) -> int:
    """The fewest in favour with which anything is adopted: 3, or 2 on a roll of 2 or 3 (DESIGN 3.10)."""
    return 2 if roll_size in (2, 3) else 3


def passes_already(tally: Tally, terms: VoteTerms) -> bool:
    """Whether an open recall is carried already: yes from more than half of the roll. Nothing else closes early."""
    favour = of(tally, IN_FAVOUR)
    return terms.rule == Rule.RECALL and 2 * favour > terms.roll_size and favour >= floor(terms.roll_size)


def of(tally: Tally, positions: tuple[Position, ...]) -> int:
    """How many ballots hold one of these positions."""
    return sum(tally.get(position, 0) for position in positions)


def quorum_needed(terms: VoteTerms) -> int:
    """How many have to take part; nobody at all is never a quorum."""
    return max(terms.quorum.needed_of(terms.roll_size), 1)


def favour_needed(tally: Tally, terms: VoteTerms) -> int:
    """The fewest in favour among those taking part with which nothing but quorum, block or stand-asides could fail."""
    took_part, against = sum(tally.values()), of(tally, AGAINST)
    least = floor(terms.roll_size)
    if terms.rule == Rule.CONSENSUS:
        return max(took_part // 2 + 1, least)
    if terms.rule == Rule.REMOVAL:
        return max(terms.roll_size // 2 + 1, least)
    if terms.rule in (Rule.MAJORITY, Rule.RECALL):
        return max(against + 1, least)
    num, den = terms.agreement.num, terms.agreement.den
    return max(-(-num * against // (den - num)), least)
