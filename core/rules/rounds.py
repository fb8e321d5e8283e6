"""What follows a block (DESIGN section 3)."""

from enum import StrEnum

from core.rules.charter import CharterNumbers


class AfterBlock(StrEnum):
    """A round of talks, weak consensus, or the end."""

    ROUND = "round"
    WEAK = "weak"
    BLOCKED = "blocked"


def after_block(rounds_done: int, numbers: CharterNumbers) -> AfterBlock:
    """What a standing block leads to after so many rounds of talks."""
    if rounds_done < numbers.rounds_max:
        return AfterBlock.ROUND
    return AfterBlock.WEAK if numbers.after_rounds == "weak" else AfterBlock.BLOCKED
