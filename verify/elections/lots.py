"""Lots that anybody can repeat: who has the lowest fingerprint of seed, label and number comes first."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def in_order(seed: bytes, label: str, numbers: Iterable[int]) -> list[int]:
    """Numbers in the order in which they are drawn."""
    tickets = [(hashlib.sha256(seed + f"{label}/{number}".encode()).digest(), number) for number in set(numbers)]
    return [number for _ticket, number in sorted(tickets)]
