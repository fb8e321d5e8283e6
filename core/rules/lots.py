"""Lots that anybody can repeat (DESIGN section 3, "Ties and lots").

When a vote opens, the record keeps SHA-256(seed); the seed itself is shown with the count. The ticket of a number in
one draw is SHA-256(seed || label || "/" || number), the label and the number as ASCII text, and the lowest ticket is
drawn first. The seed is 32 bytes; each draw of a count has a label of its own.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

SEED_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Lot:
    """One draw: its label, the numbers that were in it in ascending order, and the order in which they came out."""

    label: str
    among: tuple[int, ...]
    order: tuple[int, ...]


def sealed(seed: bytes) -> str:
    """What the record keeps of a seed, or of any other secret, before it is shown."""
    return hashlib.sha256(seed).hexdigest()


def ticket(seed: bytes, label: str, number: int) -> str:
    """The ticket of one number in one draw."""
    return hashlib.sha256(seed + f"{label}/{number}".encode("ascii")).hexdigest()


def draw(seed: bytes, label: str, numbers: Iterable[int]) -> Lot:
    """Put numbers in order by lot. Raises `ValueError` for a seed of another length."""
    if len(seed) != SEED_BYTES:
        raise ValueError("a seed of another length")
    among = tuple(sorted(set(numbers)))
    return Lot(label, among, tuple(sorted(among, key=lambda number: ticket(seed, label, number))))
