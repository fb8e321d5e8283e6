"""Merkle trees that grow (RFC 6962, section 2.1): only the roots of full subtrees are kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def leaf(data: bytes) -> bytes:
    """The hash of one leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


class Tree:
    """The tree over the leaves so far."""

    def __init__(self) -> None:
        self.size = 0
        self.peaks: list[bytes] = []

    def add(self, hashed: bytes) -> None:
        """One more leaf, given by its hash; equal neighbours join, as a binary counter carries."""
        self.size += 1
        joined, carried = hashed, self.size
        while carried % 2 == 0:
            joined = hashlib.sha256(b"\x01" + self.peaks.pop() + joined).digest()
            carried //= 2
        self.peaks.append(joined)

    def root(self) -> bytes:
        """The root; of no leaves at all it is the hash of nothing."""
        if not self.peaks:
            return hashlib.sha256(b"").digest()
        joined = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            joined = hashlib.sha256(b"\x01" + peak + joined).digest()
        return joined


def root_of(hashes: Iterable[bytes]) -> bytes:
    """The root over leaf hashes in this order."""
    tree = Tree()
    for each in hashes:
        tree.add(each)
    return tree.root()
