"""What a charter's numbers mean for a vote, written anew from DESIGN section 3."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from .canonical import Unreadable
from .counting import Terms

KINDS = {
    "decision": "ordinary",
    "campaign": "ordinary",
    "hardship": "ordinary",
    "mandate": "ordinary",
    "review": "ordinary",
    "profile": "ordinary",
    "joint": "ordinary",
    "restructuring": "ordinary",
    "recognition": "ordinary",
    "defense": "ordinary",
    "code": "ordinary",
    "post": "ordinary",
    "post_closing": "ordinary",
    "election": "election",
    "recall": "recall",
    "charter": "charter",
    "dissolution": "charter",
    "split": "charter",
    "union": "charter",
    "host": "ordinary",
    "confederate": "ordinary",
    "join": "ordinary",
    "leave_above": "ordinary",
    "forward": "ordinary",
    "cede": "ordinary",
    "take_back": "ordinary",
    "referral": "referral",
    "own_word": "above",
    "call_down": "above",
    "withdraw_confidence": "above",
    "people": "people",
    "removal": "removal",
    "appeal": "admission",
    "case_appeal": "admission",
}
"""How each kind is decided; urgent decisions and admissions depend on more."""
STANDS = (
    *("decision", "campaign", "hardship", "dissolution", "split", "union", "host", "restructuring"),
    *("confederate", "join"),
)
"""What is in force until it is replaced or reviewed away."""
CALLED_AGAIN = ("ordinary", "charter", "admission", "election")
BY_OTHERS = ("referral", "own_word", "call_down", "people")
"""Whose time is fixed by others than the body that decides on it: what a confederation asks, or waits for."""
BY_CLOCK = ("admission", "appeal", "case_appeal", "review", *BY_OTHERS)
ALSO_ABOVE = ("referral", "forward")
"""Kinds that are decided by simple majority where they are about a recall above."""
ONE_VOTE = ("referral", "above", "people")
"""Matters that are decided in one vote: a block ends it, and nothing is called again."""
CHARTER_DISCUSSION = 7
WHOLE = ("consensus_up_to", "discussion_days", "voting_hours", "recall_hours", "round_days", "rounds_max", "term_days")
COUNTS = ("renewals", "waiting_days", "urgent_sum", "open_proposals", "minimum_age")


class Numbers:
    """The numbers of one charter, from the line that brought it into force. Raises `Unreadable`."""

    def __init__(self, found: Mapping[str, Any], rules: Any) -> None:
        for name in (*WHOLE, *COUNTS):
            if type(found.get(name)) is not int or found[name] < (0 if name in COUNTS else 1):
                raise Unreadable(name)
        self.whole: dict[str, int] = {name: found[name] for name in (*WHOLE, *COUNTS)}
        self.agreement = fraction([found.get("agreement_num"), found.get("agreement_den")])
        self.quorum = fraction([found.get("quorum_num"), found.get("quorum_den")])
        self.second_quorum = fraction([found.get("second_quorum_num"), found.get("second_quorum_den")])
        self.asides = fraction([found.get("asides_num"), found.get("asides_den")])
        self.weak_after_rounds = found.get("after_rounds") == "weak"
        self.admission = found.get("admission")
        self.zone = found.get("time_zone")
        self.secret_from = found.get("secret_from")
        self.codes = found.get("codes")
        self.chosen = found.get("after_rounds"), found.get("counts_visible")
        self.flags = found.get("codes"), found.get("votes_by_mail")
        if self.secret_from is not None and type(self.secret_from) is not int:
            raise Unreadable("secret_from")
        if type(rules) is not int:
            raise Unreadable("rules")
        self.rules = rules

    def in_range(self) -> bool:
        """Whether these numbers are ones that a charter may have (DESIGN section 3)."""
        return (
            all(low <= self.whole[name] <= high for name, (low, high) in RANGES.items())
            and Fraction(2, 3) <= self.agreement <= Fraction(9, 10)
            and Fraction(1, 5) <= self.second_quorum <= self.quorum <= Fraction(3, 4)
            and self.asides <= Fraction(1, 2)
            and self.admission in ("open", "vouched", "proposal")
            and (self.admission != "open" or self.whole["waiting_days"] >= 14)
            and (self.secret_from is None or self.secret_from >= 7)
            and self.chosen[0] in ("not_adopted", "weak")
            and self.chosen[1] in ("nobody", "members")
            and all(type(each) is bool for each in self.flags)
        )


RANGES = {
    "consensus_up_to": (3, 150),
    "discussion_days": (3, 30),
    "voting_hours": (24, 720),
    "recall_hours": (24, 168),
    "round_days": (3, 30),
    "rounds_max": (1, 6),
    "term_days": (1, 730),
    "renewals": (0, 3),
    "waiting_days": (0, 90),
    "urgent_sum": (0, 2**31 - 1),
    "open_proposals": (1, 10),
    "minimum_age": (0, 120),
}


def fraction(pair: Any) -> Fraction:
    """A fraction from a pair of integers. Raises `Unreadable`."""
    if not isinstance(pair, list) or len(pair) != 2 or any(type(each) is not int for each in pair):
        raise Unreadable("no fraction")
    if pair[0] < 0 or pair[1] <= 0:
        raise Unreadable("no fraction")
    return Fraction(pair[0], pair[1])


def terms_of(
    matter: str, numbers: Numbers, rule_roll: int, roll: int, *, second: bool, weakened: bool, method: str = ""
) -> Terms:
    """The terms of a vote. `rule_roll` is the roll of the proposal's first vote: its rule holds through all of them."""
    agreement = numbers.agreement
    if matter == "charter":
        agreement = max(agreement, Fraction(4, 5))
    rule = method or rule_of(matter, numbers, rule_roll, weakened=weakened)
    return Terms(rule, roll, quorum_of(matter, numbers, second=second), agreement, numbers.asides)


def rule_of(matter: str, numbers: Numbers, roll: int, *, weakened: bool) -> str:
    """Consensus up to N, weak consensus above it; recalls, removals and admissions have rules of their own."""
    few = roll <= numbers.whole["consensus_up_to"]
    if matter == "recall":
        return "recall"
    if matter in ("admission", "above"):
        return "majority"
    if matter == "people":
        return "weak"
    if matter == "removal":
        return "removal" if few else "removal_large"
    return "consensus" if few and not (weakened and numbers.weak_after_rounds) else "weak"


def quorum_of(matter: str, numbers: Numbers, *, second: bool) -> Fraction:
    """How many have to take part."""
    if second:
        return Fraction(1, 3) if matter == "charter" else numbers.second_quorum
    if matter == "recall":
        return min(numbers.quorum, Fraction(1, 3))
    if matter in ("charter", "urgent"):
        return max(numbers.quorum, Fraction(1, 2))
    return Fraction(1, 5) if matter == "people" else numbers.quorum
