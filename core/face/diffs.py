"""What changed between two texts: by paragraph first, then by word inside a changed paragraph."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS_AT_MOST = 1500
"""Longer paragraphs are shown whole, old and new: comparing words takes time with the square of their number."""

SAYS: dict[str, str | Promise] = {"new": _("Added"), "gone": _("Taken out"), "both": _("Changed")}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words: same, added or removed."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: same, new, gone or both (changed)."""

    kind: str
    pieces: list[Piece]

    @property
    def says(self) -> str | Promise:
        """The change in a word; empty where nothing changed."""
        return SAYS.get(self.kind, "")


def changes(old: str, new: str) -> list[Block]:
    """All paragraphs of both texts in reading order."""
    before, after = _paragraphs(old), _paragraphs(new)
    blocks: list[Block] = []
    for step, a1, a2, b1, b2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if step == "equal":
            blocks += [Block("same", [Piece("same", text)]) for text in before[a1:a2]]
        elif step == "replace":
            blocks += _replaced(before[a1:a2], after[b1:b2])
        else:
            blocks += _gone(before[a1:a2]) + _new(after[b1:b2])
    return blocks


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]


def _gone(texts: list[str]) -> list[Block]:
    return [Block("gone", [Piece("removed", text)]) for text in texts]


def _new(texts: list[str]) -> list[Block]:
    return [Block("new", [Piece("added", text)]) for text in texts]


def _replaced(before: list[str], after: list[str]) -> list[Block]:
    pairs = min(len(before), len(after))
    blocks: list[Block] = []
    for old, new in zip(before[:pairs], after[:pairs], strict=True):
        blocks += _changed(old, new)
    return blocks + _gone(before[pairs:]) + _new(after[pairs:])


def _changed(old: str, new: str) -> list[Block]:
    a, b = re.split(r"(\s+)", old), re.split(r"(\s+)", new)
    match = SequenceMatcher(None, a, b, autojunk=False)
    if max(len(a), len(b)) > 2 * WORDS_AT_MOST or match.quick_ratio() < 0.4 or match.ratio() < 0.4:
        return _gone([old]) + _new([new])
    pieces: list[Piece] = []
    for step, a1, a2, b1, b2 in match.get_opcodes():
        if step == "equal":
            pieces.append(Piece("same", "".join(a[a1:a2])))
            continue
        if a2 > a1:
            pieces.append(Piece("removed", "".join(a[a1:a2])))
        if b2 > b1:
            pieces.append(Piece("added", "".join(b[b1:b2])))
    return [Block("both", pieces)]
