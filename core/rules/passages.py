"""Passages: some words of a text that stand in it exactly once, so that everybody knows which are meant.

A line may end in one way where a passage was copied and in another in the text: that is no difference. What stands
around a passage is never touched.
"""

import re
from collections.abc import Sequence
from typing import Final

PASSAGE_MAX: Final = 4000
READ_IN_TWO_MINUTES: Final = 400
"""Words. Grown readers manage about 240 words of plain prose a minute (Brysbaert, 2019), people who are tired, read in
their second language or on a phone about 200. On a phone of 360 by 740 pixels they fill 2.7 screens of our page."""


class NotThere(ValueError):
    """The words do not stand in the text, or not as they did."""


class NotOnce(ValueError):
    """The words stand in the text more than once."""


def places(text: str, passage: str) -> list[tuple[int, int]]:
    """The first two places where a passage begins and ends in a text, also where they overlap: whether it stands there
    once needs no more, and however text and passage are made, that takes no long time. An empty one stands nowhere.
    """
    plain, sought = one_ending(text), one_ending(passage)
    if not sought.strip():
        return []
    first = plain.find(sought)
    second = plain.find(sought, first + 1) if first >= 0 else -1
    return [(place_in(text, at), place_in(text, at + len(sought))) for at in (first, second) if at >= 0]


def one_ending(text: str) -> str:
    """The text with every end of a line as one sign."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def place_in(text: str, at: int) -> int:
    """Where a place of `one_ending(text)` is in the text itself."""
    pairs, pair = 0, text.find("\r\n")
    while 0 <= pair < at + pairs:
        pairs += 1
        pair = text.find("\r\n", pair + 2)
    return at + pairs


def stands(text: str, passage: str) -> bool:
    """Whether a passage stands in a text exactly once."""
    return len(places(text, passage)) == 1


def require_once(text: str, passage: str) -> tuple[int, int]:
    """Where the one place of a passage is. Raises `NotThere` and `NotOnce`."""
    found = places(text, passage)
    if not found:
        raise NotThere
    if len(found) > 1:
        raise NotOnce
    return found[0]


def replaced(text: str, passage: str, words: str) -> str:
    """The text with exactly this passage replaced. Raises `NotThere` and `NotOnce`."""
    begin, end = require_once(text, passage)
    return text[:begin] + words + text[end:]


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Where each paragraph of a text begins and ends: what stands between empty lines."""
    found: list[tuple[int, int]] = []
    begin, end, at = -1, 0, 0
    for number, piece in enumerate(re.split(r"(\r\n|\r|\n)", text)):
        is_line = number % 2 == 0
        if is_line and piece.strip():
            begin, end = (at if begin < 0 else begin), at + len(piece)
        elif is_line and begin >= 0:
            found.append((begin, end))
            begin = -1
        at += len(piece)
    return [*found, (begin, end)] if begin >= 0 else found


def paragraph_of(text: str, passage: str, spans: Sequence[tuple[int, int]]) -> int | None:
    """The number, from 0, of the paragraph in which a passage begins, of those at `spans`; None if it does not stand in
    the text once.
    """
    found = places(text, passage)
    if len(found) != 1:
        return None
    return next((n for n, (begin, end) in enumerate(spans) if begin <= found[0][0] < end), None)


def is_long(text: str) -> bool:
    """Whether a text is too long to be voted on without a summary in plain words."""
    return len(text.split()) > READ_IN_TWO_MINUTES
