"""What an elector can say, by rule (DESIGN section 3). What the ballots of elections say is in `choices`."""

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
    CHOSEN = "chosen"
    """In elections: the ballot's choice tells whom."""
    STRUCK = "struck"
    """Entered by others and contested by its elector: it counts nothing, as if nobody had voted."""


class Way(StrEnum):
    """How a ballot came."""

    OWN = "own"
    """Given on the page or by a program, signed in."""
    LINK = "link"
    """Given by its elector with the link from a mail."""
    ENTERED = "entered"
    """Entered for its elector by two members."""


class Rule(StrEnum):
    """How a vote is decided."""

    CONSENSUS = "consensus"
    WEAK = "weak"
    MAJORITY = "majority"
    RECALL = "recall"
    REMOVAL = "removal"
    REMOVAL_LARGE = "removal_large"
    APPROVAL = "approval"
    SCHULZE = "schulze"
    STV = "stv"


RANKED: Final = frozenset({Rule.SCHULZE, Rule.STV})
ELECTIONS: Final = RANKED | {Rule.APPROVAL}
BY_POSITION: Final = tuple(rule for rule in Rule if rule not in ELECTIONS)
YES_NO: Final = (Position.YES, Position.NO, Position.ABSTAIN)

POSITIONS: Final[dict[Rule, tuple[Position, ...]]] = {
    Rule.CONSENSUS: (Position.AGREE, Position.RESERVATIONS, Position.ASIDE, Position.ABSTAIN, Position.BLOCK),
    Rule.WEAK: (Position.AGREE, Position.DISAGREE, Position.ABSTAIN),
    Rule.MAJORITY: YES_NO,
    Rule.RECALL: YES_NO,
    Rule.REMOVAL: YES_NO,
    Rule.REMOVAL_LARGE: YES_NO,
    **dict.fromkeys(sorted(ELECTIONS), ()),
}

IN_FAVOUR: Final = (Position.AGREE, Position.RESERVATIONS, Position.YES)
AGAINST: Final = (Position.BLOCK, Position.DISAGREE, Position.NO)


OF_ITS_ELECTOR: Final = frozenset({Way.OWN, Way.LINK})
"""What a person did themself: it stands over whatever others entered for them."""


def needs_reason(position: Position) -> bool:
    """A block says why."""
    return position == Position.BLOCK
