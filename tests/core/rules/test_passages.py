"""Passages: found where they stand once, replaced and nothing else touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.diff import paragraphs as by_diff
from core.rules.passages import (
    READ_IN_TWO_MINUTES,
    NotOnce,
    NotThere,
    is_long,
    paragraph_of,
    paragraphs,
    places,
    replaced,
    stands,
)

TEXT = "We open the lot.\r\n\r\nIt costs 200.\nWe pay it together.\n \nWe look again in May."
WORDS = st.text(alphabet="ab \n\r", max_size=12)


def test_exactly_the_passage_is_replaced() -> None:
    assert replaced(TEXT, "200", "150") == TEXT.replace("200", "150")
    assert replaced(TEXT, "It costs 200.\r\nWe pay", "We pay") == TEXT.replace("It costs 200.\nWe pay", "We pay")
    assert replaced(TEXT, "It costs 200.", "") == TEXT.replace("It costs 200.", "")


@pytest.mark.parametrize(
    ("passage", "problem"), [("300", NotThere), ("", NotThere), (" \n", NotThere), ("We ", NotOnce)]
)
def test_a_passage_stands_once_or_nothing_is_replaced(passage: str, problem: type[Exception]) -> None:
    assert not stands(TEXT, passage)
    with pytest.raises(problem):
        replaced(TEXT, passage, "other words")


def test_places_that_overlap_are_two() -> None:
    assert places("banana", "ana") == [(1, 4), (3, 6)]
    assert places("a" * 20, "aa") == [(0, 2), (1, 3)]  # more are not looked for


@given(WORDS, WORDS)
def test_places_are_those_that_one_finds_sign_by_sign(text: str, passage: str) -> None:
    plain = [text[:end].replace("\r\n", "\n").replace("\r", "\n") for end in range(len(text) + 1)]
    sought = passage.replace("\r\n", "\n").replace("\r", "\n")
    for begin, end in places(text, passage):
        assert plain[end][len(plain[begin]) :] == sought
        assert "\r\n" not in (text[begin - 1 : begin + 1], text[end - 1 : end + 1])  # no end of a line is cut


def test_no_text_makes_looking_for_a_passage_long() -> None:
    """Sign by sign this would be forty thousand million steps; on a page of voices it is done for each of them."""
    assert places("a" * 400_000 + "b", "a" * 199_999 + "b") == [(200_001, 400_001)]


@given(WORDS, WORDS, WORDS, WORDS)
def test_what_stands_around_a_passage_is_never_touched(head: str, passage: str, tail: str, words: str) -> None:
    text = head + passage + tail
    found = places(text, passage)
    if len(found) == 1:
        begin, end = found[0]
        assert replaced(text, passage, words) == text[:begin] + words + text[end:]
    elif passage.strip():
        assert len(found) > 1


@given(st.text(alphabet="ab \n\r\t", max_size=60))
def test_paragraphs_are_those_of_the_diff(text: str) -> None:
    found = [text[begin:end].replace("\r\n", "\n").replace("\r", "\n").strip() for begin, end in paragraphs(text)]
    assert found == by_diff(text)


def test_a_passage_belongs_to_the_paragraph_in_which_it_begins() -> None:
    spans = paragraphs(TEXT)
    assert [paragraph_of(TEXT, passage, spans) for passage in ("the lot", "200.\nWe pay", "May", "June", "We ")] == [
        0, 1, 2, None, None,
    ]  # fmt: skip


def test_a_text_is_long_beyond_two_minutes_of_reading() -> None:
    assert not is_long("word " * READ_IN_TWO_MINUTES)
    assert is_long("word " * (READ_IN_TWO_MINUTES + 1))
