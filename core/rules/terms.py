"""What a vote opens with: rule and thresholds by matter, charter and roll (DESIGN section 3, "How it is decided")."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from core.rules.charter import CharterNumbers
from core.rules.positions import Rule
from core.rules.shares import Share, greater, smaller


@dataclass(frozen=True, slots=True)
class VoteTerms:
    """Everything that decides a vote, copied when it opens. `roll_size` is the number of electors."""

    rule: Rule
    roll_size: int
    quorum: Share
    agreement: Share
    asides: Share


class Matter(StrEnum):
    """What sort of question it is; it decides how it is decided."""

    ORDINARY = "ordinary"
    URGENT = "urgent"
    CHARTER = "charter"
    ADMISSION = "admission"
    REMOVAL = "removal"
    RECALL = "recall"
    ELECTION = "election"
    REFERRAL = "referral"
    """A question that a confederation asks: as an ordinary one, in one vote without rounds or a second call."""
    ABOVE = "above"
    """What a body says for itself in a confederation: simple majority, one vote."""
    PEOPLE = "people"
    """The part of a people's vote that one body takes."""


CHARTER_AGREEMENT: Final = Share(4, 5)
CHARTER_QUORUM: Final = Share(1, 2)
CHARTER_SECOND_QUORUM: Final = Share(1, 3)
URGENT_QUORUM: Final = Share(1, 2)
RECALL_QUORUM: Final = Share(1, 3)
PEOPLE_QUORUM: Final = Share(1, 5)

CALLED_AGAIN: Final = frozenset({Matter.ORDINARY, Matter.CHARTER, Matter.ADMISSION, Matter.ELECTION})
ONE_VOTE: Final = frozenset({Matter.REFERRAL, Matter.ABOVE, Matter.PEOPLE})
"""What others wait for is decided in one vote: a block ends it, and starts no round of talks."""


def has_second_call(matter: Matter) -> bool:
    """Whether a missed quorum leads to a second call: never for urgent matters, recalls, removals, referrals."""
    return matter in CALLED_AGAIN


def terms_for(
    matter: Matter,
    numbers: CharterNumbers,
    roll_size: int,
    *,
    second_call: bool = False,
    after_rounds: bool = False,
    method: Rule | None = None,
) -> VoteTerms:
    """The terms of a vote; `method` is how an election is counted. Raises `ValueError` for a second call that does not
    exist, and for an election without a method, or a method without an election.
    """
    if (matter == Matter.ELECTION) != (method is not None):
        raise ValueError(f"no such method: {matter} {method}")
    if second_call and not has_second_call(matter):
        raise ValueError(f"no second call: {matter}")
    return VoteTerms(
        rule=method or rule_for(matter, numbers, roll_size, after_rounds=after_rounds),
        roll_size=roll_size,
        quorum=second_quorum(matter, numbers) if second_call else quorum(matter, numbers),
        agreement=greater(CHARTER_AGREEMENT, numbers.agreement) if matter == Matter.CHARTER else numbers.agreement,
        asides=numbers.asides,
    )


def rule_for(matter: Matter, numbers: CharterNumbers, roll_size: int, *, after_rounds: bool = False) -> Rule:
    """The rule: consensus up to N, weak consensus above it; the other matters have rules of their own, elections
    a method.
    """
    small = roll_size <= numbers.consensus_up_to
    if matter == Matter.RECALL:
        return Rule.RECALL
    if matter in (Matter.ADMISSION, Matter.ABOVE):
        return Rule.MAJORITY
    if matter == Matter.PEOPLE:
        return Rule.WEAK
    if matter == Matter.REMOVAL:
        return Rule.REMOVAL if small else Rule.REMOVAL_LARGE
    weakened = after_rounds and numbers.after_rounds == "weak"
    return Rule.CONSENSUS if small and not weakened else Rule.WEAK


def method_of(*, ranked: bool, seats: int) -> Rule:
    """How an election is counted: approval, or with rankings Schulze for one seat and Scottish STV for several."""
    if not ranked:
        return Rule.APPROVAL
    return Rule.SCHULZE if seats == 1 else Rule.STV


def quorum(matter: Matter, numbers: CharterNumbers) -> Share:
    """The quorum of a first call."""
    if matter == Matter.RECALL:
        return smaller(numbers.quorum, RECALL_QUORUM)
    if matter == Matter.CHARTER:
        return greater(CHARTER_QUORUM, numbers.quorum)
    if matter == Matter.URGENT:
        return greater(URGENT_QUORUM, numbers.quorum)
    return PEOPLE_QUORUM if matter == Matter.PEOPLE else numbers.quorum


def second_quorum(matter: Matter, numbers: CharterNumbers) -> Share:
    """The quorum of a second call; fixed for a charter change."""
    return CHARTER_SECOND_QUORUM if matter == Matter.CHARTER else numbers.second_quorum
