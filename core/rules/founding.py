"""When a new body begins to decide (DESIGN sections 6 and 10)."""

from typing import Final

ADOPTERS_NEEDED: Final = 3


def by_consensus(needed: int) -> bool:
    """Whether the first charter takes the consensus of the founding members: where more than three have to adopt it."""
    return needed > ADOPTERS_NEEDED


def decides(adopted: int, *, needed: int = ADOPTERS_NEEDED, members: int = 0, objections: int = 0) -> bool:
    """Whether enough founding members have adopted the charter.

    By consensus it takes, besides, more than half of the founding members, and that nobody objects.
    """
    if adopted < needed:
        return False
    return not by_consensus(needed) or (2 * adopted > members and objections == 0)
