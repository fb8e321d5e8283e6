"""Merkle trees as in RFC 6962, section 2.1."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes; of none it is the hash of nothing."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:  # pairing from the left, an odd last one moves up unhashed: the same tree, without recursion
        paired = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired + level[len(level) // 2 * 2 :]
    return level[0]


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes that lead from one leaf to the root. Raises `IndexError` if there is no such leaf."""
    if not 0 <= index < len(leaves):
        raise IndexError(f"no leaf {index} of {len(leaves)}")
    proof = []
    level = list(leaves)
    while len(level) > 1:
        sibling = index ^ 1
        if sibling < len(level):
            proof.append(level[sibling])
        paired = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired + level[len(level) // 2 * 2 :]
        index //= 2
    return proof


def includes(leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes) -> bool:
    """Whether a proof leads from the leaf at `index` of `size` to the expected root."""
    if not 0 <= index < size:
        return False
    node, rest = leaf, list(proof)
    while size > 1:
        if index ^ 1 < size:
            if not rest:
                return False
            sibling = rest.pop(0)
            node = node_hash(sibling, node) if index % 2 else node_hash(node, sibling)
        index //= 2
        size = (size + 1) // 2
    return not rest and node == expected


@dataclass(frozen=True, slots=True)
class Edge:
    """The right edge of a growing tree: the roots of its full subtrees, largest first. Enough to go on from."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        """Each full subtree is a bit of the size."""
        if self.size < 0 or len(self.peaks) != self.size.bit_count():
            raise ValueError("no edge of a tree of this size")

    def grown(self, leaves: Iterable[bytes]) -> "Edge":
        """The edge after more leaf hashes; what it costs depends on these alone, not on the tree."""
        size, peaks = self.size, list(self.peaks)
        for leaf in leaves:
            node, level = leaf, size
            while level & 1:
                node = node_hash(peaks.pop(), node)
                level >>= 1
            peaks.append(node)
            size += 1
        return Edge(size, tuple(peaks))

    def root(self) -> bytes:
        """The root of the tree as it is now: the same as `root` over all its leaves."""
        if not self.peaks:
            return root([])
        *larger, node = self.peaks
        for peak in reversed(larger):
            node = node_hash(peak, node)
        return node
