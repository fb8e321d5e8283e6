"""Differences of two texts: both can be read back out of them, and no text makes them slow."""

import random
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules import diff
from core.rules.diff import DEPTH_AT_MOST, EFFORT, Effort, Kind, Pair, Paragraph, common, compare, paragraphs

WORDS = st.sampled_from(["the", "garden", "is", "open", "to", "all", "not", "peace.", "¿Quién?"])
BLANKS = st.sampled_from([" ", " ", " ", "  ", "\n", "\n\n", "\r\n", "\n \n", "\t"])
TEXTS = st.lists(st.tuples(WORDS, BLANKS), max_size=40).map(lambda pairs: "".join(word + gap for word, gap in pairs))


def read(found: list[Paragraph], kind: Kind) -> list[str]:
    """One of the two texts, put together again."""
    texts = ("".join(p.text for p in paragraph.pieces if p.kind in (Kind.SAME, kind)) for paragraph in found)
    return [text for text in texts if text]


def shown(old: str, new: str) -> list[str]:
    """Removed in square brackets, added in braces."""
    marks = {Kind.SAME: "{}", Kind.REMOVED: "[{}]", Kind.ADDED: "{{{}}}"}
    return ["".join(marks[p.kind].format(p.text) for p in paragraph.pieces) for paragraph in compare(old, new)]


@given(TEXTS | st.text(), TEXTS | st.text())
def test_both_texts_can_be_read_back(old: str, new: str) -> None:
    found = compare(old, new)
    assert read(found, Kind.REMOVED) == paragraphs(old)
    assert read(found, Kind.ADDED) == paragraphs(new)


@given(TEXTS, TEXTS)
def test_the_kind_of_a_paragraph_is_told_by_its_pieces(old: str, new: str) -> None:
    holds_together(compare(old, new))


def holds_together(found: list[Paragraph]) -> None:
    for paragraph in found:
        kinds = [piece.kind for piece in paragraph.pieces]
        assert all(piece.text for piece in paragraph.pieces)
        assert all(one != other for one, other in pairwise(kinds))
        if paragraph.kind == Kind.CHANGED:
            assert Kind.SAME in kinds
            assert len(kinds) > 1
        else:
            assert kinds == [paragraph.kind]


@given(TEXTS)
def test_a_text_is_the_same_as_itself(text: str) -> None:
    assert [paragraph.kind for paragraph in compare(text, text)] == [Kind.SAME] * len(paragraphs(text))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("We meet on Sunday.", "We meet on Monday.", ["We meet on [Sunday.]{Monday.}"]),
        ("From April on.", "From March on.", ["From [April]{March} on."]),
        ("one two\nthree", "one 2\nthree", ["one [two]{2}\nthree"]),
        ("one two  three", "one 2 three", ["one [two ]{2} three"]),
        ("Peace", "Peace and bread", ["Peace{ and bread}"]),
        ("Peace and bread", "Peace", ["Peace[ and bread]"]),
        ("bread for all", "good bread for all", ["{good }bread for all"]),
        ("- one\n- two", "- one\n- two\n- three", ["- one\n- two{\n- three}"]),
        ("one\ntwo", "one two", ["one[\n]{ }two"]),
        ("a b\n\nc d", "a b\n\nnew\n\nc d", ["a b", "{new}", "c d"]),
        ("a b\n\nold\n\nc d", "a b\n\nc d", ["a b", "[old]", "c d"]),
        ("cats sleep all day", "dogs bark at night", ["[cats sleep all day]", "{dogs bark at night}"]),
        (
            "We share the tools.\n\nBring food for all.",
            "We share the tools.\n\nNobody pays here.\n\nBring food and drink for all.",
            ["We share the tools.", "{Nobody pays here.}", "Bring food {and drink }for all."],
        ),
        ("same\r\n\r\ntext", "same\n\ntext", ["same", "text"]),
        ("", "", []),
        ("", "new", ["{new}"]),
        ("old", "", ["[old]"]),
    ],
)
def test_what_a_reader_sees(old: str, new: str, expected: list[str]) -> None:
    assert shown(old, new) == expected


@pytest.mark.parametrize(("kept", "kind"), [(2, Kind.CHANGED), (1, Kind.REMOVED)])
def test_a_paragraph_is_rewritten_from_two_fifths_in_common(kept: int, kind: Kind) -> None:
    old = "one two three four five"
    new = " ".join(old.split()[:kept] + ["x", "y", "z", "w", "v"][kept:])
    assert compare(old, new)[0].kind == kind


def test_a_long_unchanged_run_stays_around_two_small_edits() -> None:
    words = [f"word{n % 97}" for n in range(3000)]
    changed = [*words[:700], "here", *words[700:2500], *words[2503:]]
    (found,) = compare(" ".join(words), " ".join(changed))
    assert [piece.kind for piece in found.pieces if piece.kind != Kind.SAME] == [Kind.ADDED, Kind.REMOVED]
    assert sum(len(piece.text.split()) for piece in found.pieces if piece.kind == Kind.SAME) == 2997


@given(st.lists(st.sampled_from("abc"), max_size=9), st.lists(st.sampled_from("abc"), max_size=9))
def test_without_singles_the_longest_common_run_is_found(old: list[str], new: list[str]) -> None:
    pairs = diff._shortest(old, new, Effort())
    assert all(old[i] == new[j] for i, j in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))
    assert len(pairs) == longest(old, new)


def longest(old: list[str], new: list[str]) -> int:
    """The length of the longest common subsequence, by the table of the textbook."""
    row = [0] * (len(new) + 1)
    for item in old:
        before = row[:]
        for n, other in enumerate(new):
            row[n + 1] = before[n] + 1 if item == other else max(before[n + 1], row[n])
    return row[-1]


def village(seed: int, words: int) -> str:
    draw = random.Random(seed)
    few = ["the", "garden", "is", "open", "to", "all", "neighbours", "and", "we", "decide", "by", "consensus"]
    return " ".join(draw.choice(few) for _ in range(words))


def letters(seed: int, kinds: str, gap: str) -> str:
    draw = random.Random(seed)
    return gap.join(draw.choice(kinds) for _ in range(20_000 // (1 + len(gap))))


def nested(word: Callable[[int], str]) -> str:
    return " ".join(word(n) for n in range(1400))


HARD = {
    "few words": (village(1, 3300), village(2, 3300)),
    "letters as paragraphs": (letters(1, "ab", "\n\n"), letters(2, "ab", "\n\n")),
    "letters as words": (letters(1, "abc", " "), letters(2, "abc", " ")),
    "one against another": ("a " * 10_000, "b a " * 5_000),
    "singles within singles": (nested(lambda n: f"w{n + 1} w{n}"), nested(lambda n: f"z w{n}")),
    "turned around": (nested(lambda n: f"w{n}"), nested(lambda n: f"w{1400 - n}")),
    "no blanks at all": ("x" * 20_000, "x" * 19_999 + "y"),
    "blanks only": (" \n" * 10_000, "\n " * 10_000),
}


@pytest.mark.parametrize("name", HARD)
def test_no_text_of_full_length_takes_more_than_its_effort(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = HARD[name]
    asked: list[int] = []
    step = diff._step

    def counting(reach: dict[int, int], k: int, edits: int) -> int:
        asked.append(k)
        return step(reach, k, edits)

    monkeypatch.setattr(diff, "_step", counting)

    found = compare(old, new)

    assert read(found, Kind.REMOVED) == paragraphs(old)
    assert read(found, Kind.ADDED) == paragraphs(new)
    holds_together(found)
    assert len(asked) <= EFFORT + 10_000


@pytest.mark.parametrize(("each", "pairs"), [(150, [(150, 150)]), (151, [])])
def test_an_edit_of_more_than_300_places_is_not_looked_for(each: int, pairs: list[Pair]) -> None:
    assert diff._shortest(["a"] * each + ["c"], ["b"] * each + ["c"], Effort()) == pairs


def test_a_spent_effort_still_tells_both_texts() -> None:
    old, new = list("abcabcabab"), list("xabcbcaby")
    assert common(old, new, Effort(0)) == []
    assert len(common(old, new, Effort())) == longest(old, new)


def test_singles_within_singles_do_not_go_deep(monkeypatch: pytest.MonkeyPatch) -> None:
    depths: list[int] = []
    inside = diff._inside

    def watching(old: Sequence[str], new: Sequence[str], effort: Effort, depth: int) -> list[Pair]:
        depths.append(depth)
        return inside(old, new, effort, depth)

    monkeypatch.setattr(diff, "_inside", watching)
    half = range(300)
    old = [item for n in half for item in (f"w{n + 1}", f"x{n}", f"w{n}")]
    new = [item for n in half for item in (f"y{n}", f"w{n + 1}", f"w{n}")]
    common(old, new, Effort())
    assert max(depths) <= DEPTH_AT_MOST
