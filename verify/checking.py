"""Checks one file, line by line: each line goes through once, whatever its length."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, Callable

from . import merkle
from .ballots import Ballots
from .canonical import FORMAT, START, Unreadable, canonical, commitment, from_hex, is_line, parse
from .findings import Findings
from .history import History
from .signatures import Lines, Signatures, Signed

KINDS = ("members", "public")
STEP = 5000


class Checker:
    """One record file. Feed it its lines in order, then end it."""

    def __init__(self, outside: Signed | None = None) -> None:
        self.findings = Findings()
        self.history = History(self.findings)
        self.ballots = Ballots(self.history.house)
        self.lines, self.inside, self.outside = Lines(), Signed(), outside or Signed()
        self.about: dict[str, Any] = {}
        self.prev = START
        self.texts: dict[str, Any] = {}
        self.beside: dict[str, Callable[[dict[str, Any]], None]] = {
            "about": self._about,
            "ballot": self.ballots.add,
            "text": self._text,
            "confidence": self._confidence,
            "key": lambda found: self.inside.keys.append(_said(found, "key")),
            "rotation": lambda found: self.inside.rotations.append(_said(found, "note")),
            "checkpoint": lambda found: self.inside.checkpoints.append(_said(found, "note")),
            "receipt": lambda found: self.inside.receipts.append(_said(found, "note")),
        }

    def feed(self, raw: bytes) -> None:
        """One line of the file, without its end."""
        try:
            text = raw.decode("utf-8")
            found = parse(text)
        except (Unreadable, UnicodeDecodeError):
            self._count(raw)
            self.findings.add("unreadable", self.lines.number)
            return
        if isinstance(found, dict) and "with" in found:
            self._beside(found)
        else:
            self._line(found, text, raw)

    def _beside(self, found: dict[str, Any]) -> None:
        handler = self.beside.get(found["with"]) if isinstance(found["with"], str) else None
        if handler is None:
            self.findings.unknown["beside"] += 1
            return
        try:
            handler(found)
        except (Unreadable, AttributeError, TypeError, KeyError):
            self.findings.add("beside_form", self.lines.number, what=str(found["with"])[:20])

    def _count(self, raw: bytes) -> None:
        self._end_texts()
        self.lines.leaves += merkle.leaf(raw)
        self.prev = hashlib.sha256(raw).hexdigest()
        self.lines.hashes += bytes.fromhex(self.prev)

    def _line(self, found: Any, text: str, raw: bytes) -> None:
        before = self.prev
        self._count(raw)
        number = self.lines.number
        try:
            same = canonical(found) == text
        except Unreadable:
            same = False
        if not same:
            self.findings.add("not_canonical", number)
        if not is_line(found):
            self.findings.add("form", number)
            return
        if found["seq"] != number:
            self.findings.add("gap", number, said=found["seq"])
        if found["prev"] != before:
            self.findings.add("broken", number)
        texts = found["data"].get("texts")
        self.texts = dict(texts) if isinstance(texts, dict) else {}
        self.ballots.judge()
        self.history.tell(found)

    def _about(self, found: dict[str, Any]) -> None:
        if self.about or self.lines.number or found.get("format") != FORMAT or found.get("kind") not in KINDS:
            self.findings.add("about")
        self.about = self.about or found

    def _text(self, found: dict[str, Any]) -> None:
        name = _said(found, "name")
        right = self.texts.pop(name, None) if found.get("line") == self.lines.number else None
        if right is None or commitment(from_hex(found.get("nonce"), 32), _said(found, "text")) != right:
            self.findings.add("text", self.lines.number, name=name[:30])
        else:
            self.findings.checked["texts"] += 1
            self.history.text(name, _said(found, "text"))

    def _end_texts(self) -> None:
        if self.about.get("kind") == "members" and self.texts:
            self.findings.unknown["texts"] += len(self.texts)
        self.texts = {}

    def _confidence(self, found: dict[str, Any]) -> None:
        mandate = self.history.house.mandates.get(found.get("mandate", 0))
        opened = commitment(from_hex(found.get("nonce"), 32), _said(found, "who"))
        if mandate is None or opened not in mandate.commitments:
            self.findings.add("confidence", self.lines.number, mandate=found.get("mandate"))
        else:
            self.findings.checked["confidence"] += 1

    def end(self, *, whole: bool = True) -> Findings:
        """The file is over; `whole` says whether its last line had an end."""
        self._end_texts()
        kind = str(self.about.get("kind", ""))
        if not self.lines.number:
            self.findings.add("empty")
        if not self.about:
            self.findings.add("about")
        told = self.about.get("lines")
        if not whole or (isinstance(told, int) and told > self.lines.number):
            self.findings.add("cut_file", told=told if isinstance(told, int) else 0, lines=self.lines.number)
        elif isinstance(told, int) and told < self.lines.number:
            self.findings.add("too_many", told=told, lines=self.lines.number)
        if self.about and self.lines.number and self.about.get("record") != self.lines.hash_of(1)[:32]:
            self.findings.add("foreign")
        if kind == "members":
            self.ballots.end()
        else:
            self.ballots.judge()
            self.findings.unknown["public"] += 1
        self.history.end()
        Signatures(self.findings, self.inside, self.outside).judge(self.history.house, self.lines, self.ballots, kind)
        self.findings.about.update(self.about)
        self.findings.about["read"] = self.lines.number
        self.findings.about["members"] = sum(each.ended is None for each in self.history.house.members.values())
        return self.findings


def _said(found: dict[str, Any], name: str) -> str:
    said = found.get(name)
    if not isinstance(said, str):
        raise Unreadable(name)
    return said


def check(lines: Iterable[bytes], outside: Signed | None = None, tell: Callable[[int], None] | None = None) -> Findings:
    """Check a file given by its lines, each with its end; `tell` hears the number of lines now and then."""
    checker, whole = Checker(outside), True
    for number, raw in enumerate(lines, start=1):
        whole = raw.endswith(b"\n")
        checker.feed(raw[:-1] if whole else raw)
        if tell is not None and number % STEP == 0:
            tell(number)
    return checker.end(whole=whole)
