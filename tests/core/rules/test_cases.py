"""The lot for a panel: uniform, repeatable from its seed, blind to names; and the clocks of a case."""

import hashlib
from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules import cases
from core.rules.lots import ticket

LABELS = st.sets(st.text("0123456789abcdef", min_size=32, max_size=32), min_size=3, max_size=30)
BYTES = st.binary(min_size=32, max_size=32)


@given(LABELS, BYTES, BYTES)
def test_anybody_draws_the_same_again(labels: set[str], seed: bytes, secret: bytes) -> None:
    listed = cases.listed(secret, labels)
    order = cases.in_order(seed, len(listed)).order

    assert listed == cases.listed(secret, sorted(labels, reverse=True))
    assert [commitment for commitment, _label in listed] == sorted(cases.blinded(secret, label) for label in labels)
    assert sorted(order) == list(range(1, len(labels) + 1))
    assert list(order) == sorted(order, key=lambda number: ticket(seed, "panel", number))


@given(LABELS, BYTES, BYTES)
def test_without_the_secret_the_list_names_nobody(labels: set[str], secret: bytes, other: bytes) -> None:
    told = {commitment for commitment, _label in cases.listed(secret, labels)}

    guesses = {hashlib.sha256(label.encode()).hexdigest() for label in labels}
    guesses |= {cases.blinded(other, label) for label in labels if other != secret}
    assert not told & guesses


def test_everybody_is_drawn_as_often_and_as_early() -> None:
    """4,000 lots among 8: each is on the panel in three eighths of them, and first in one eighth."""
    labels = [hashlib.sha256(bytes([n])).hexdigest()[:32] for n in range(8)]
    drawn: Counter[str] = Counter()
    first: Counter[str] = Counter()
    for n in range(4000):
        seed, secret = (hashlib.sha256(f"{word} {n}".encode()).digest() for word in ("seed", "secret"))
        by_number = dict(enumerate((label for _commitment, label in cases.listed(secret, labels)), start=1))
        panel = [by_number[number] for number in cases.in_order(seed, 8).order[: cases.PANEL]]
        drawn.update(panel)
        first[panel[0]] += 1

    assert all(abs(drawn[label] - 1500) < 4 * 31 for label in labels)  # four standard deviations
    assert all(abs(first[label] - 500) < 4 * 21 for label in labels)


@pytest.mark.parametrize(
    ("opened", "zone", "until"),
    [
        ("2026-11-23T10:00", "UTC", "2026-11-26T00:00"),  # a Monday
        ("2026-11-26T10:00", "UTC", "2026-12-01T00:00"),  # a Thursday: Friday and Monday
        ("2026-11-27T10:00", "UTC", "2026-12-02T00:00"),
        ("2026-11-28T10:00", "UTC", "2026-12-02T00:00"),  # a Saturday
        ("2026-11-29T23:30", "America/Bogota", "2026-12-02T05:00"),  # there it is Sunday still
        ("2026-11-29T23:30", "Asia/Tokyo", "2026-12-02T15:00"),  # there it is Monday already
    ],
)
def test_the_first_sitting_is_within_two_working_days_where_the_body_lives(opened: str, zone: str, until: str) -> None:
    moment = datetime.fromisoformat(opened).replace(tzinfo=UTC)

    assert cases.sit_by(moment, ZoneInfo(zone)) == datetime.fromisoformat(until).replace(tzinfo=UTC)


def test_more_than_half_of_a_panel_decide() -> None:
    assert [cases.is_decided(n) for n in range(4)] == [False, False, True, True]


def test_a_short_secret_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="another length"):
        cases.listed(b"short", ["a"])
