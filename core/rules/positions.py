"""What an elector can say, by rule (DESIGN section 3)."""

from enum import StrEnum
from typing import Final


class Position(StrEnum):
    """One elector's position."""

    AGREE = "agree"
    RESERVATIONS = "reservations"
    ASIDE = "aside"
    ABSTAIN = "abstain"
    BLOCK = "block"
    DISAGREE = "disagree"
    YES = "yes"
    NO = "no"


class Rule(StrEnum):
    """How a vote is decided."""

    CONSENSUS = "consensus"
    WEAK = "weak"
    MAJORITY = "majority"
    RECALL = "recall"
    REMOVAL = "removal"
    REMOVAL_LARGE = "removal_large"


YES_NO: Final = (Position.YES, Position.NO, Position.ABSTAIN)

POSITIONS: Final[dict[Rule, tuple[Position, ...]]] = {
    Rule.CONSENSUS: (Position.AGREE, Position.RESERVATIONS, Position.ASIDE, Position.ABSTAIN, Position.BLOCK),
    Rule.WEAK: (Position.AGREE, Position.DISAGREE, Position.ABSTAIN),
    Rule.MAJORITY: YES_NO,
    Rule.RECALL: YES_NO,
    Rule.REMOVAL: YES_NO,
    Rule.REMOVAL_LARGE: YES_NO,
}


def needs_reason(position: Position) -> bool:
    """A block says why."""
    return position == Position.BLOCK
