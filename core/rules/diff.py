"""A readable difference of two texts: by paragraph, then by word inside a changed paragraph.

What stands once in both texts holds them together (patience); between these points the shortest edit is sought
(Myers, 1986) for as long as the effort lasts. What is left then is shown as taken out and added.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

EFFORT: Final = 200_000
"""Steps for one comparison: about a fifth of a second."""
EDITS_AT_MOST: Final = 300
DEPTH_AT_MOST: Final = 8
LOOK_AHEAD: Final = 5
ALIKE: Final = 0.4
"""The share of words in common from which a paragraph counts as rewritten and not as replaced."""

Pair = tuple[int, int]


class Kind(StrEnum):
    """What happened to a paragraph or a piece; only a paragraph can be changed."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words with the blanks between them."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of either text. Its pieces, put together, are the old one (same, removed) and the new one."""

    kind: Kind
    pieces: list[Piece]


@dataclass(slots=True)
class Effort:
    """What is left of the steps for one comparison."""

    left: int = field(default=EFFORT)


def compare(old: str, new: str) -> list[Paragraph]:
    """All paragraphs of both texts in reading order; what was taken out stands before what was added."""
    effort = Effort()
    before, after = paragraphs(old), paragraphs(new)
    found: list[Paragraph] = []
    at_old = at_new = 0
    for i, j in [*common(before, after, effort), (len(before), len(after))]:
        found += _between(before[at_old:i], after[at_new:j], effort)
        if i < len(before):
            found.append(_whole(Kind.SAME, before[i]))
        at_old, at_new = i + 1, j + 1
    return found


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: what stands between empty lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return [part.strip() for part in re.split(r"\n[^\S\n]*\n", text) if part.strip()]


def _whole(kind: Kind, text: str) -> Paragraph:
    return Paragraph(kind, [Piece(kind, text)])


def _between(before: list[str], after: list[str], effort: Effort) -> list[Paragraph]:
    """Paragraphs without an equal: each old one is met with the next new one that is like it, or was taken out."""
    bags = [Counter(text.split()) for text in after]
    found: list[Paragraph] = []
    at = 0
    for text in before:
        bag = Counter(text.split())
        near = range(at, min(at + LOOK_AHEAD, len(after)))
        meets = next((n for n in near if _alike(bag, bags[n])), None)
        if meets is None:
            found.append(_whole(Kind.REMOVED, text))
            continue
        found += [_whole(Kind.ADDED, skipped) for skipped in after[at:meets]]
        found += _rewritten(text, after[meets], effort)
        at = meets + 1
    return found + [_whole(Kind.ADDED, text) for text in after[at:]]


def _alike(one: Counter[str], other: Counter[str]) -> bool:
    return 2 * (one & other).total() >= ALIKE * (one.total() + other.total())


def _rewritten(old: str, new: str, effort: Effort) -> list[Paragraph]:
    if old == new:
        return [_whole(Kind.SAME, old)]
    pieces = _pieces(_words(old), _words(new), effort)
    if all(piece.kind != Kind.SAME for piece in pieces):
        return [_whole(Kind.REMOVED, old), _whole(Kind.ADDED, new)]
    return [Paragraph(Kind.CHANGED, pieces)]


def _words(text: str) -> list[tuple[str, str]]:
    """Each word with the blanks after it: words are compared, blanks are kept."""
    return re.findall(r"(\S+)(\s*)", text)


def _pieces(old: list[tuple[str, str]], new: list[tuple[str, str]], effort: Effort) -> list[Piece]:
    writing = _Writing()
    at_old = at_new = 0
    for i, j in common([word for word, _ in old], [word for word, _ in new], effort):
        writing.put(_text(old[at_old:i]), _text(new[at_new:j]))
        writing.keep(old[i][0])
        if old[i][1] == new[j][1]:
            writing.keep(old[i][1])
        else:
            writing.put(old[i][1], new[j][1])
        at_old, at_new = i + 1, j + 1
    writing.put(_text(old[at_old:]), _text(new[at_new:]))
    return writing.finished()


def _text(words: list[tuple[str, str]]) -> str:
    return "".join(word + blanks for word, blanks in words)


@dataclass(slots=True)
class _Writing:
    """Joins what follows each other; of two things at one place the one taken out comes first."""

    pieces: list[Piece] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)

    def keep(self, text: str) -> None:
        if self.removed or self.added:
            blank = self._flush()
            self.same.append(blank)
        self.same.append(text)

    def put(self, removed: str, added: str) -> None:
        self.removed += [removed] if removed else []
        self.added += [added] if added else []

    def finished(self) -> list[Piece]:
        self._flush()
        return self.pieces

    def _flush(self) -> str:
        """Write what was gathered. The blank that removed and added words both end in is given back: it stayed."""
        removed, added = "".join(self.removed), "".join(self.added)
        blank = _blank_at_both_ends(removed, added)
        cut = -len(blank) or None
        for kind, text in (
            (Kind.SAME, "".join(self.same)),
            (Kind.REMOVED, removed[:cut]),
            (Kind.ADDED, added[:cut]),
        ):
            if text:
                self.pieces.append(Piece(kind, text))
        self.same, self.removed, self.added = [], [], []
        return blank


def _blank_at_both_ends(one: str, other: str) -> str:
    blanks = one[len(one.rstrip()) :]
    while not other.endswith(blanks):
        blanks = blanks[1:]
    return blanks


def common(old: Sequence[str], new: Sequence[str], effort: Effort, depth: int = 0) -> list[Pair]:
    """Places of equal items, rising in both sequences."""
    shorter = min(len(old), len(new))
    head = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    tail = next((n for n in range(shorter - head) if old[-1 - n] != new[-1 - n]), shorter - head)
    inner = _inside(old[head : len(old) - tail], new[head : len(new) - tail], effort, depth)
    return [
        *((n, n) for n in range(head)),
        *((i + head, j + head) for i, j in inner),
        *((len(old) - n, len(new) - n) for n in range(tail, 0, -1)),
    ]


def _inside(old: Sequence[str], new: Sequence[str], effort: Effort, depth: int) -> list[Pair]:
    fixed = _single(old, new) if depth < DEPTH_AT_MOST else []
    if not fixed:
        return _shortest(old, new, effort)
    found: list[Pair] = []
    at_old = at_new = 0
    for i, j in [*fixed, (len(old), len(new))]:
        gap = common(old[at_old:i], new[at_new:j], effort, depth + 1)
        found += [(at_old + n, at_new + m) for n, m in gap]
        found.append((i, j))
        at_old, at_new = i + 1, j + 1
    return found[:-1]


def _single(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """The longest rising run of items that stand once in each sequence."""
    times_old, times_new = Counter(old), Counter(new)
    places = {item: n for n, item in enumerate(new) if times_new[item] == 1}
    pairs = [(n, places[item]) for n, item in enumerate(old) if times_old[item] == 1 and item in places]
    ends: list[int] = []  # the smallest last place of a run of each length, and which pair that is
    which: list[int] = []
    back: list[int] = []
    for n, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        which[length : length + 1] = [n]
        back.append(which[length - 1] if length else -1)
    run: list[Pair] = []
    at = which[-1] if which else -1
    while at >= 0:
        run.append(pairs[at])
        at = back[at]
    return run[::-1]


def _shortest(old: Sequence[str], new: Sequence[str], effort: Effort) -> list[Pair]:
    """Equal items along the shortest edit; none if it is too long or the effort is spent."""
    if not old or not new:
        return []
    reach = {1: 0}
    trail: list[dict[int, int]] = []
    for edits in range(min(len(old) + len(new), EDITS_AT_MOST) + 1):
        trail.append(dict(reach))
        for k in range(-edits, edits + 1, 2):
            begin = _step(reach, k, edits)
            x = begin
            while x < len(old) and x - k < len(new) and old[x] == new[x - k]:
                x += 1
            reach[k] = x
            effort.left -= 1 + x - begin
            if x >= len(old) and x - k >= len(new):
                return _walked(trail, len(old), len(new))
        if effort.left <= 0:
            break
    return []


def _step(reach: dict[int, int], k: int, edits: int) -> int:
    """How far into the old sequence diagonal k is entered: by an added item from above, else by a removed one."""
    return reach[k + 1] if _adds(reach, k, edits) else reach[k - 1] + 1


def _adds(reach: dict[int, int], k: int, edits: int) -> bool:
    return k == -edits or (k != edits and reach[k - 1] < reach[k + 1])


def _walked(trail: list[dict[int, int]], x: int, y: int) -> list[Pair]:
    """The equal items on the way back from the ends."""
    found: list[Pair] = []
    for edits in range(len(trail) - 1, -1, -1):
        reach, k = trail[edits], x - y
        begin = _step(reach, k, edits)
        found += [(n, n - k) for n in range(x - 1, begin - 1, -1)]
        k += 1 if _adds(reach, k, edits) else -1
        x, y = reach[k], reach[k] - k
    return found[::-1]
