"""Lines that are not lines: whatever somebody hands in as a record is judged, never crashed on."""

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules import merkle
from core.rules.chain import GENESIS, LARGEST, Line, canonical, check_chain, line_hash

GOOD: dict[str, Any] = {
    "format": 1,
    "seq": 1,
    "time": "2026-01-01T00:00:00.000000Z",
    "what": "test.done",
    "who": None,
    "data": {},
    "prev": "0" * 64,
}


def judged(**changes: Any) -> list[str]:
    return check_chain([canonical({**GOOD, **changes}).decode()])


def test_the_form_of_a_line_byte_by_byte() -> None:
    line = Line(1, "2026-01-01T00:00:00.000000Z", "test.done", "ab", {"b": 2, "a": "ñ"}, GENESIS)
    written = (
        '{"data":{"a":"ñ","b":2},"format":1,"prev":"' + "0" * 64 + '","seq":1,'
        '"time":"2026-01-01T00:00:00.000000Z","what":"test.done","who":"ab"}'
    ).encode()
    assert canonical(line.body()) == written
    assert line.hash() == line_hash(written) == hashlib.sha256(written).hexdigest()
    assert check_chain([written.decode()]) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 2},
        {"format": True},
        {"seq": True},
        {"seq": "1"},
        {"time": "2026-01-01T00:00:00Z"},
        {"time": "2026-01-01T00:00:00.000000+00:00"},
        {"time": "2026-01-01T00:00:00.000000Z\n"},
        {"time": "٢٠٢٦-01-01T00:00:00.000000Z"},
        {"what": None},
        {"who": 7},
        {"data": []},
        {"prev": 0},
        {"more": 1},
    ],
)
def test_a_field_of_another_form_is_named(changes: dict[str, Any]) -> None:
    assert judged() == []
    assert judged(**changes) == ["form:1"]


@pytest.mark.parametrize("name", GOOD)
def test_a_missing_field_is_named(name: str) -> None:
    less = {key: value for key, value in GOOD.items() if key != name}
    assert check_chain([canonical(less).decode()]) == ["form:1"]


def test_a_wrong_number_and_a_wrong_hash_are_named() -> None:
    assert judged(seq=2) == ["gap:1"]
    assert judged(prev="1" * 64) == ["broken:1"]
    assert judged(seq=0, prev="") == ["gap:1", "broken:1"]


def test_a_key_that_stands_twice_is_named() -> None:
    text = canonical(GOOD).decode()
    assert check_chain([text.replace('"seq":1', '"seq":2,"seq":1')]) == ["not_canonical:1"]


@pytest.mark.parametrize("text", ["", "[]", "null", "7", '"line"', "1.5", "[" * 100_000, "\ud800", '"\\ud800"', "NaN"])
def test_what_is_no_line_is_named_and_so_is_the_break_after_it(text: str) -> None:
    found = check_chain([text, canonical({**GOOD, "seq": 2}).decode()])
    assert found[0] in ("unreadable:1", "form:1")
    assert found[1:] == ["broken:2"]


@given(st.lists(st.text(max_size=30), min_size=1, max_size=3))
def test_any_text_is_judged(lines: list[str]) -> None:
    assert check_chain(lines) != []


@pytest.mark.parametrize("value", [LARGEST, -LARGEST])
def test_the_largest_integers_fit_and_no_larger(value: int) -> None:
    assert json.loads(canonical([value])) == [value]
    with pytest.raises(ValueError, match="beyond"):
        canonical([value + (1 if value > 0 else -1)])


@pytest.mark.parametrize("value", [{None: 1}, {True: 1}, {1.5: 1}, {b"a": 1}, {"a": {2: 1}}, [{3, 4}], object()])
def test_what_is_not_json_is_refused_however_deep(value: Any) -> None:
    with pytest.raises(ValueError, match=r"key|record"):
        canonical(value)


def reference_path(index: int, leaves: list[bytes]) -> list[bytes]:
    """RFC 6962, section 2.1.1, word for word."""
    if len(leaves) == 1:
        return []
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    if index < split:
        return [*reference_path(index, leaves[:split]), tree(leaves[split:])]
    return [*reference_path(index - split, leaves[split:]), tree(leaves[:split])]


def tree(leaves: list[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + tree(leaves[:split]) + tree(leaves[split:])).digest()


def test_every_proof_of_small_trees() -> None:
    for size in range(1, 18):
        leaves = [merkle.leaf_hash(bytes([n])) for n in range(size)]
        for index in range(size):
            proof = merkle.inclusion_proof(leaves, index)
            assert proof == reference_path(index, leaves)
            assert [n for n in range(size) if merkle.includes(leaves[index], n, size, proof, tree(leaves))] == [index]
            assert all(
                not merkle.includes(leaves[index], index, size, [*proof[:n], *proof[n + 1 :]], tree(leaves))
                for n in range(len(proof))
            )


def test_known_hashes() -> None:
    assert merkle.root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert merkle.leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"


@pytest.mark.parametrize("index", [-1, 3])
def test_no_proof_for_a_leaf_that_is_not_there(index: int) -> None:
    with pytest.raises(IndexError, match="no leaf"):
        merkle.inclusion_proof([merkle.leaf_hash(b"a")] * 3, index)
    assert not merkle.includes(merkle.leaf_hash(b"a"), index, 3, [], merkle.leaf_hash(b"a"))
