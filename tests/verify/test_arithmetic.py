"""The verifier's own arithmetic: signatures by the vectors of the standard, trees, times, and counts as in core."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import combinations_with_replacement, product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from core.rules import chain, merkle
from core.rules.charter import CharterNumbers
from core.rules.counting import decide, passes_already
from core.rules.positions import POSITIONS, Position, Rule
from core.rules.shares import Share
from core.rules.terms import Matter, VoteTerms, has_second_call, terms_for
from core.rules.windows import urgent_window_ok
from verify import counting, ed25519, terms, times
from verify import merkle as trees
from verify.canonical import Unreadable, canonical, parse

VECTORS = [  # RFC 8032, section 7.1: key, message, signature
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe246"
            "55141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb"
            "00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc"
            "027beceea1ec40a"
        ),
    ),
]


@pytest.mark.parametrize("vector", VECTORS, ids=("empty", "one byte", "two bytes"))
def test_signatures_of_the_standard(vector: tuple[str, str, str]) -> None:
    key, message, signature = map(bytes.fromhex, vector)
    assert ed25519.is_signed(key, message, signature)
    assert not ed25519.is_signed(key, message + b"!", signature)
    for place in (0, 31, 32, 63):
        wrong = bytearray(signature)
        wrong[place] ^= 1
        assert not ed25519.is_signed(key, message, bytes(wrong))


def test_signatures_that_are_none() -> None:
    key, message, signature = map(bytes.fromhex, VECTORS[0])
    answer = int.from_bytes(signature[32:], "little") + ed25519.ORDER
    assert not ed25519.is_signed(key, message, signature[:32] + answer.to_bytes(32, "little"))  # the same, once round
    assert not ed25519.is_signed(key, message, signature[:63])
    assert not ed25519.is_signed(key[:31], message, signature)
    assert not ed25519.is_signed(b"\xff" * 32, message, signature)
    assert not ed25519.is_signed(key, message, b"\xff" * 32 + signature[32:])
    assert ed25519.recover(1, 1) is None  # x = 0 has no sign


@given(st.binary(max_size=200))
def test_signatures_as_the_library_makes_them(message: bytes) -> None:
    private = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
    key, signature = private.public_key().public_bytes_raw(), private.sign(message)
    assert ed25519.is_signed(key, message, signature)
    assert not ed25519.is_signed(key, message + b"\x00", signature)


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=40))
def test_a_growing_tree_has_the_root_of_the_whole(leaves: list[bytes]) -> None:
    assert trees.root_of(leaves) == merkle.root(leaves)
    assert trees.leaf(b"x") == merkle.leaf_hash(b"x")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_canonical_json_is_written_alike(value: object) -> None:
    text = chain.canonical(value).decode()
    assert canonical(value) == text
    assert canonical(parse(text)) == text


@pytest.mark.parametrize("text", ["1.0", "NaN", "1e3", "Infinity", "{", "9007199254740992", '"\\ud800'])
def test_what_a_record_cannot_hold(text: str) -> None:
    with pytest.raises(Unreadable):
        canonical(parse(text))


def every_tally(rule: Rule, roll: int) -> Iterator[dict[Position, int]]:
    """All counts of a roll, silent members left out."""
    for size in range(roll + 1):
        for ballots in combinations_with_replacement(POSITIONS[rule], size):
            yield {position: ballots.count(position) for position in POSITIONS[rule] if position in ballots}


@pytest.mark.parametrize("quorum", [(1, 5), (1, 3), (1, 2), (3, 4)])
@pytest.mark.parametrize("rule", Rule)
def test_every_count_ends_for_both_alike(rule: Rule, quorum: tuple[int, int]) -> None:
    for roll in range(9):
        theirs = VoteTerms(rule, roll, Share(*quorum), Share(4, 5), Share(1, 4))
        ours = counting.Terms(rule.value, roll, Fraction(*quorum), Fraction(4, 5), Fraction(1, 4))
        for tally in every_tally(rule, roll):
            told = {position.value: number for position, number in tally.items()}
            result = decide(tally, theirs)
            assert counting.can_be(told, ours)
            assert counting.outcome(told, ours) == (result.outcome.value, result.reason.value), (roll, told)
            assert counting.carried_early(told, ours) == passes_already(tally, theirs)


SHARES = st.sampled_from([(1, 5), (1, 4), (1, 3), (1, 2), (2, 3), (3, 4), (4, 5), (9, 10)])


@st.composite
def charters(draw: st.DrawFn) -> CharterNumbers:
    """Any fractions, any border between consensus and weak consensus."""
    quorum, second_quorum, agreement = (Share(*draw(SHARES)) for _number in range(3))
    return CharterNumbers(
        consensus_up_to=draw(st.integers(3, 150)),
        quorum=quorum,
        second_quorum=second_quorum,
        agreement=agreement,
        after_rounds=draw(st.sampled_from(["weak", "not_adopted"])),
    )


@given(
    st.sampled_from([matter for matter in Matter if matter != Matter.ELECTION]),  # counted by its method, not by terms
    charters(),
    st.tuples(st.integers(0, 200), st.integers(0, 200)),
    st.tuples(st.booleans(), st.booleans()),
)
def test_terms_come_out_alike(
    matter: Matter, theirs: CharterNumbers, rolls: tuple[int, int], flags: tuple[bool, bool]
) -> None:
    second, weakened = flags[0] and has_second_call(matter), flags[1]
    numbers = terms.Numbers({**WRITTEN, **pairs(theirs)}, 1)
    method = Rule.STV if matter == Matter.ELECTION else None
    said: dict[str, Any] = {"second": second, "weakened": weakened, "method": method.value if method else ""}
    ours = terms.terms_of(matter.value, numbers, rolls[0], rolls[1], **said)
    decided = terms_for(matter, theirs, rolls[0], second_call=second, after_rounds=weakened, method=method)

    assert (ours.rule, ours.quorum, ours.agreement) == (
        decided.rule.value,
        Fraction(decided.quorum.num, decided.quorum.den),
        Fraction(decided.agreement.num, decided.agreement.den),
    )
    assert (matter.value in terms.CALLED_AGAIN) == has_second_call(matter)


WRITTEN = {
    "discussion_days": 3,
    "voting_hours": 168,
    "recall_hours": 72,
    "round_days": 14,
    "rounds_max": 3,
    "term_days": 365,
    "renewals": 1,
    "waiting_days": 7,
    "urgent_sum": 0,
    "open_proposals": 3,
    "minimum_age": 16,
    "admission": "vouched",
    "secret_from": 7,
}


def pairs(numbers: CharterNumbers) -> dict[str, int | str]:
    """Shares as the record writes them."""
    written: dict[str, int | str] = {"consensus_up_to": numbers.consensus_up_to, "after_rounds": numbers.after_rounds}
    for name in ("quorum", "second_quorum", "agreement", "asides"):
        share: Share = getattr(numbers, name)
        written |= {f"{name}_num": share.num, f"{name}_den": share.den}
    return written


@pytest.mark.parametrize("zone", ["Europe/Madrid", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia"])
def test_hours_by_day_come_out_alike(zone: str) -> None:
    start = datetime(2026, 10, 24, tzinfo=UTC)  # the night in which Europe sets its clocks back
    for hour, length in product(range(0, 48, 3), (12, 13, 17, 26)):
        opens = start + timedelta(hours=hour, minutes=7)
        closes = opens + timedelta(hours=length)
        first, last = (times.moment(f"{moment:%Y-%m-%dT%H:%M:%S.%f}Z") for moment in (opens, closes))
        ours = times.has_hours_by_day(first, last, ZoneInfo(zone), 8)
        assert (length >= 12 and ours) == urgent_window_ok(opens, closes, ZoneInfo(zone))
