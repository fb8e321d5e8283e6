"""When a council becomes two (DESIGN sections 3 and 6)."""

from collections.abc import Collection
from typing import Final

PARTS: Final = (1, 2)
FOUNDERS_EACH: Final = 3
"""Members who chose it, in each of the two; with fewer neither could decide anything."""


def can_become_two(first: Collection[int], second: Collection[int]) -> bool:
    """Whether enough members chose each."""
    return len(first) >= FOUNDERS_EACH and len(second) >= FOUNDERS_EACH
