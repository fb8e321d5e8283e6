"""The record's bytes, its chain, and the Merkle tree over ballots."""

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules import merkle
from core.rules.chain import GENESIS, Line, around, canonical, check_chain, commitment, label

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_canonical_json_reads_back(value: Any) -> None:
    written = canonical(value)
    assert json.loads(written) == value
    assert canonical(json.loads(written)) == written


def test_canonical_json_as_in_rfc_8785() -> None:
    keys = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7}
    order = list(json.loads(canonical(keys), object_pairs_hook=lambda pairs: [key for key, _value in pairs]))
    assert order == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert canonical({"b": [True, None], "a": '\u20ac$\n"\\\u000f'}) == (
        '{"a":"\u20ac$\\n\\"\\\\\\u000f","b":[true,null]}'.encode()
    )


@pytest.mark.parametrize("value", [1.5, 2**53, {1: "a"}, b"bytes", "\ud800", {"\ud800": 1}, float("nan")])
def test_what_has_no_canonical_form_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match=r".*"):
        canonical(value)


def chain(length: int) -> list[str]:
    prev, lines = GENESIS, []
    for seq in range(1, length + 1):
        line = Line(seq, "2026-01-01T00:00:00.000000Z", "test.done", None, {"n": seq}, prev)
        lines.append(canonical(line.body()).decode())
        prev = line.hash()
    return lines


@given(st.text(), st.none() | st.text(), st.dictionaries(st.text(), VALUES, max_size=4))
def test_a_line_is_put_together_around_its_place(what: str, who: str | None, data: dict[str, Any]) -> None:
    line = Line(7, "2026-01-01T00:00:00.000000Z", what, who, data, GENESIS)

    first, last = around(what, who, data)

    assert f'{first}"prev":"{GENESIS}","seq":7,"time":"{line.time}"{last}'.encode() == canonical(line.body())


def test_an_honest_chain_is_whole() -> None:
    assert check_chain(chain(20)) == []


@given(st.integers(2, 12), st.data())
def test_every_tampering_but_a_cut_tail_is_found(length: int, data: st.DataObject) -> None:
    lines = chain(length)
    at = data.draw(st.integers(0, length - 2))
    kind = data.draw(st.sampled_from(["edit", "drop", "swap", "double"]))
    if kind == "edit":
        lines[at] = lines[at].replace("test.done", "test.dome")
    elif kind == "drop":
        del lines[at]
    elif kind == "swap":
        lines[at], lines[at + 1] = lines[at + 1], lines[at]
    else:
        lines.insert(at, lines[at])
    assert check_chain(lines) != []


def test_unreadable_and_not_canonical_lines_are_named() -> None:
    lines = chain(3)
    assert check_chain([lines[0], "not json"]) == ["unreadable:2"]
    assert "not_canonical:1" in check_chain([lines[0].replace(":", ": ", 1)])


def test_commitments_and_labels() -> None:
    assert commitment(b"n" * 32, "text") == hashlib.sha256(b"n" * 32 + b"text").hexdigest()
    assert commitment(b"n" * 32, "text") != commitment(b"m" * 32, "text")
    assert label(b"k" * 32) == label(b"k" * 32) != label(b"l" * 32)
    assert len(label(b"k" * 32)) == 32


def reference_root(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = reference_root(leaves[:split]), reference_root(leaves[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


@given(st.lists(st.binary(max_size=8), max_size=40), st.data())
def test_merkle_root_and_proofs(contents: list[bytes], data: st.DataObject) -> None:
    leaves = [merkle.leaf_hash(content) for content in contents]
    root = merkle.root(leaves)
    assert root == reference_root(leaves)
    if leaves:
        index = data.draw(st.integers(0, len(leaves) - 1))
        proof = merkle.inclusion_proof(leaves, index)
        assert merkle.includes(leaves[index], index, len(leaves), proof, root)
        assert not merkle.includes(merkle.leaf_hash(b"another"), index, len(leaves), proof, root)
        assert not merkle.includes(leaves[index], index, len(leaves), [*proof, root], root)
        assert not merkle.includes(leaves[index], len(leaves), len(leaves), proof, root)
