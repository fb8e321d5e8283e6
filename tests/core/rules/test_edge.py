"""The right edge of a growing tree gives the root that the whole tree gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules import merkle

LEAVES = [merkle.leaf_hash(str(number).encode()) for number in range(300)]


@given(st.lists(st.integers(0, 40), max_size=8))
def test_grown_in_any_portions_it_has_the_root_of_all_leaves(portions: list[int]) -> None:
    edge, taken = merkle.Edge(), 0

    for portion in portions:
        leaves = LEAVES[taken : taken + portion]
        edge, taken = edge.grown(leaves), taken + len(leaves)

    assert edge.size == taken
    assert edge.root() == merkle.root(LEAVES[:taken])


def test_it_hashes_new_leaves_only(monkeypatch: pytest.MonkeyPatch) -> None:
    edge = merkle.Edge().grown(LEAVES[:256])
    hashed, once = [], merkle.node_hash

    def counting(left: bytes, right: bytes) -> bytes:
        hashed.append(left)
        return once(left, right)

    monkeypatch.setattr(merkle, "node_hash", counting)

    edge.grown(LEAVES[256:258]).root()

    assert len(hashed) == 2


@pytest.mark.parametrize(("size", "peaks"), [(1, 0), (3, 1), (4, 2), (-1, 1)])
def test_an_edge_that_does_not_fit_its_size_is_refused(size: int, peaks: int) -> None:
    with pytest.raises(ValueError, match="no edge"):
        merkle.Edge(size, (bytes(32),) * peaks)
