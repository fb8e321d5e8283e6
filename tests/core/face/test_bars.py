"""The bar draws what was counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.face.bars import result_bar

PARTS = [
    ("agree", "agree", 22),
    ("reservations", "with reservations", 3),
    ("aside", "stands aside", 1),
    ("block", "x", 0),
]


def test_segments_lie_end_to_end_and_zero_is_not_drawn() -> None:
    bar = result_bar(PARTS, roll=41, quorum=21)

    assert [(s.tone, s.start, s.width) for s in bar.segments] == [
        ("leaf", "0.000%", "53.659%"),
        ("leaf-mid", "53.659%", "7.317%"),
        ("sun", "60.976%", "2.439%"),
    ]
    assert bar.missing == 15
    assert bar.quorum_at == "51.220%"


def test_right_to_left_begins_on_the_right() -> None:
    bar = result_bar(PARTS, roll=41, quorum=21, mirrored=True)

    assert bar.segments[0].start == "46.341%"
    assert bar.quorum_at == "48.780%"


@pytest.mark.parametrize(
    ("quorum", "says"),
    [(26, "The quorum of 26 is met."), (27, "The quorum of 27 is not met yet."), (None, "26 of 41 have taken part.")],
)
def test_the_sentence_says_the_same(quorum: int | None, says: str) -> None:
    bar = result_bar(PARTS, roll=41, quorum=quorum)

    assert bar.sentence.startswith("22 agree, 3 with reservations, 1 stands aside.")
    assert bar.sentence.endswith(says)


def test_an_empty_roll_draws_an_empty_bar() -> None:
    bar = result_bar([], roll=0)

    assert bar.segments == []
    assert bar.missing == 0
    assert bar.sentence == "nobody yet. 0 of 0 have taken part."


@given(st.lists(st.integers(0, 10_000), max_size=6), st.integers(0, 50_000), st.booleans())
def test_nothing_is_drawn_outside(counts: list[int], roll: int, mirrored: bool) -> None:
    bar = result_bar([("agree", "agree", n) for n in counts], roll=roll, quorum=roll // 2, mirrored=mirrored)

    for segment in bar.segments:
        start, width = float(segment.start[:-1]), float(segment.width[:-1])
        assert start >= 0
        assert start + width <= 100.01
    assert sum(s.count for s in bar.segments) == bar.taken_part == sum(counts)
