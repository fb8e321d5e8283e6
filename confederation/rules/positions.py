"""What the bodies of a confederation say, and what their confederation makes of it (DESIGN 6, Confederation)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from core.rules.counting import Outcome, Result, decide
from core.rules.positions import Position, Rule
from core.rules.terms import VoteTerms

NARROW_FROM: Final = 7
"""So many bodies have to be on the roll before a result by weak consensus can be narrow."""


class Said(StrEnum):
    """What one body says to the confederation above it."""

    AGREE = "agree"
    DISAGREE = "disagree"
    ASIDE = "aside"
    BLOCK = "block"
    NONE = "none"
    """No position: no quorum, blocked at home, late, or gone before it had one."""


class Own(StrEnum):
    """What a body can say above by a decision of its own, beside its answer to the question."""

    ASIDE = Said.ASIDE.value
    BLOCK = Said.BLOCK.value


OF_OUTCOME: Final = {Outcome.ADOPTED: Said.AGREE, Outcome.NOT_ADOPTED: Said.DISAGREE}

AS_POSITIONS: Final[dict[Rule, dict[Said, Position]]] = {
    Rule.CONSENSUS: {
        Said.AGREE: Position.AGREE,
        Said.DISAGREE: Position.ASIDE,
        Said.ASIDE: Position.ASIDE,
        Said.BLOCK: Position.BLOCK,
    },
    Rule.WEAK: {
        Said.AGREE: Position.AGREE,
        Said.DISAGREE: Position.DISAGREE,
        Said.ASIDE: Position.ABSTAIN,
        Said.BLOCK: Position.DISAGREE,
    },
    Rule.RECALL: {
        Said.AGREE: Position.YES,
        Said.DISAGREE: Position.NO,
        Said.ASIDE: Position.ABSTAIN,
        Said.BLOCK: Position.NO,
    },
}
"""What a body says, as its confederation counts it. A body that disagrees without blocking stands aside where the
bodies seek consensus: it goes no further alone (docs/adr/0060)."""


def of_outcome(outcome: Outcome) -> Said:
    """What a body says by its own decision: adopted agrees, not adopted disagrees, everything else is no position."""
    return OF_OUTCOME.get(outcome, Said.NONE)


def tally(said: Iterable[Said], rule: Rule) -> Counter[Position]:
    """The positions of bodies as the rule counts them; who has none does not take part."""
    return Counter(AS_POSITIONS[rule][each] for each in said if each != Said.NONE)


def decide_level(said: Iterable[Said], terms: VoteTerms) -> Result:
    """What a confederation decides with these positions of its bodies. `terms.roll_size` is the number of bodies."""
    return decide(tally(said, terms.rule), terms)


def is_narrow(counts: Mapping[Position, int], terms: VoteTerms) -> bool:
    """Whether it was adopted by weak consensus of 7 or more bodies, and one of them changing side would undo it."""
    agree = counts.get(Position.AGREE, 0)
    if terms.rule != Rule.WEAK or terms.roll_size < NARROW_FROM or agree == 0:
        return False
    turned = {**counts, Position.AGREE: agree - 1, Position.DISAGREE: counts.get(Position.DISAGREE, 0) + 1}
    return (decide(counts, terms).outcome, decide(turned, terms).outcome) == (Outcome.ADOPTED, Outcome.NOT_ADOPTED)


@dataclass(frozen=True, slots=True)
class Branch:
    """One body of a referral as it was frozen: what it said, or, where it is a confederation, its terms and bodies."""

    said: Said = Said.NONE
    terms: VoteTerms | None = None
    below: tuple["Branch", ...] = ()


def recount(branch: Branch) -> Said:
    """What a body says when everything is counted from the base again."""
    if branch.terms is None:
        return branch.said
    return of_outcome(decide_level([recount(each) for each in branch.below], branch.terms).outcome)
