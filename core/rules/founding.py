"""When a new body begins to decide (DESIGN section 10)."""

from typing import Final

ADOPTERS_NEEDED: Final = 3


def decides(adopted: int) -> bool:
    """Whether enough founding members have adopted the charter."""
    return adopted >= ADOPTERS_NEEDED
