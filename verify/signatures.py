"""What was signed: keys and their order, checkpoints against the lines, receipts against the ballots."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .ballots import Ballots
from .canonical import Unreadable
from .findings import Findings
from .history.state import House
from .merkle import Tree
from .notes import (
    Checkpoint,
    Key,
    Note,
    Receipt,
    read_checkpoint,
    read_key,
    read_note,
    read_receipt,
    read_rotation,
    signed_by,
)

MAILED = re.compile(r"(\d+)\s[^\d]*?((?:[0-9a-f]{4}\s){4}[0-9a-f]{4})\b")
"""What the daily mail has of a checkpoint: so many lines, and the first twenty digits of their fingerprint."""


@dataclass
class Signed:
    """Notes and keys, as they come: from the file itself, and from outside, where the server could not change them."""

    keys: list[str] = field(default_factory=list)
    rotations: list[str] = field(default_factory=list)
    checkpoints: list[str] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)
    mailed: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Given:
    """A checkpoint, whether it came from outside, and whether its key is known from there."""

    checkpoint: Checkpoint
    outside: bool
    proven: bool


@dataclass
class Lines:
    """The leaves of all lines and their fingerprints, 32 bytes each, in order."""

    leaves: bytearray = field(default_factory=bytearray)
    hashes: bytearray = field(default_factory=bytearray)

    @property
    def number(self) -> int:
        """How many there are."""
        return len(self.leaves) // 32

    @property
    def record(self) -> str:
        """The name of the record: the start of the fingerprint of its first line."""
        return self.hash_of(1)[:32] if self.number else ""

    def hash_of(self, line: int) -> str:
        """The fingerprint of one line, counted from 1; nothing if there is none."""
        return self.hashes[32 * line - 32 : 32 * line].hex() if line else "0" * 64

    def roots(self, sizes: set[int]) -> dict[int, bytes]:
        """The roots of the trees over the first so many lines."""
        tree, found = Tree(), {}
        for size in range(self.number + 1):
            if size:
                tree.add(bytes(self.leaves[32 * size - 32 : 32 * size]))
            if size in sizes:
                found[size] = tree.root()
        return found


class Signatures:
    """Judges all that is signed, once the whole file was read."""

    def __init__(self, findings: Findings, inside: Signed, outside: Signed) -> None:
        self.findings, self.inside, self.outside = findings, inside, outside
        self.keys: list[Key] = []
        self.proven: list[Key] = []

    def judge(self, house: House, lines: Lines, ballots: Ballots, kind: str) -> None:
        """Keys first, then checkpoints, then receipts."""
        self._judge_keys()
        self._judge_checkpoints(house, lines)
        for text in self.inside.receipts + self.outside.receipts:
            receipt = self._receipt(text, lines.record)
            if receipt is not None:
                self._judge_receipt(receipt, house, ballots, kind)

    def _judge_keys(self) -> None:
        """The first key, and each one that the one before it named; a key from outside must be among them."""
        trusted = [key for key in map(self._read_key, self.outside.keys) if key is not None]
        rotations = list(filter(None, map(self._rotation, self.inside.rotations)))
        for key in map(self._read_key, self.inside.keys):
            if key is None or key in self.keys:
                continue
            named = key in trusted or any(old in self.keys and new == key for old, new in rotations)
            if self.keys and not named:
                self.findings.add("key_unnamed", key=key.mark.hex())
            self.keys.append(key)
        if trusted and self.keys and not any(key in self.keys for key in trusted):
            self.findings.add("other_key", key=self.keys[-1].mark.hex())
            self.keys = []
        self.keys += [key for key in trusted if key not in self.keys]
        self._prove(trusted, rotations)
        self.findings.about["keys"] = [key.written for key in self.keys]

    def _prove(self, trusted: list[Key], rotations: list[tuple[Key, Key]]) -> None:
        """What is known of keys from outside: those that were brought, those that signed a checkpoint that was brought,
        and those that followed them. A key that stands before them in the file may have been put there by anybody.
        """
        kept = [note for note in map(_readable, self.outside.checkpoints) if note is not None]
        self.proven = trusted or [key for key in self.keys if any(signed_by(note, key) for note in kept)]
        for key in self.keys:  # oldest first, as they follow each other
            if key not in self.proven and any(old in self.proven and new == key for old, new in rotations):
                self.proven.append(key)
        if self.keys and not self.proven:
            self.findings.unknown["key_from_file"] += 1
        elif not trusted and self.proven:
            self.findings.checked["key_of_kept"] += 1

    def _read_key(self, text: str) -> Key | None:
        try:
            return read_key(text)
        except Unreadable:
            self.findings.add("key_form")
            return None

    def _rotation(self, text: str) -> tuple[Key, Key] | None:
        try:
            note = read_note(text)
            rotation = read_rotation(note)
        except Unreadable:
            self.findings.add("rotation_form")
            return None
        if not signed_by(note, rotation.old):
            self.findings.add("rotation_unsigned", key=rotation.new.mark.hex())
            return None
        return rotation.old, rotation.new

    def _judge_checkpoints(self, house: House, lines: Lines) -> None:
        found = [self._checkpoint(text, outside=True) for text in self.outside.checkpoints]
        found += [self._checkpoint(text, outside=False) for text in self.inside.checkpoints]
        known = [each for each in found if each is not None]
        roots = lines.roots({each.checkpoint.size for each in known})
        fitting = [
            each.checkpoint
            for each in known
            if self._judge_checkpoint(each, house, lines, roots.get(each.checkpoint.size))
        ]
        self._judge_order(fitting)
        self.findings.unknown["unsigned_lines"] += lines.number - max((each.size for each in fitting), default=0)
        for text in self.outside.mailed:
            self._judge_mailed(text, house, lines)
        if not self.outside.checkpoints and not self.outside.mailed:
            self.findings.unknown["no_outside_checkpoint"] += 1

    def _judge_mailed(self, text: str, house: House, lines: Lines) -> None:
        """What a mail said of the first so many lines: no signature, but a place that the server cannot change."""
        found = MAILED.search(text)
        if found is None:
            self.findings.add("mailed_form")
            return
        size, begins = int(found[1]), "".join(found[2].split())
        root = lines.roots({size}).get(size)
        if root is not None and root.hex().startswith(begins):
            self._covers(size)
            self.findings.checked["mailed"] += 1
        elif self._is_lost(size, begins, house):
            self.findings.unknown["lost_in_restore"] += 1
        elif root is None:
            self.findings.add("cut_off", size=size, lines=lines.number)
        else:
            self.findings.add("mailed_root", size=size)

    def _judge_order(self, checkpoints: list[Checkpoint]) -> None:
        """A longer record was signed later; what was lost in a restore is not part of it."""
        ordered = sorted(checkpoints, key=lambda each: (each.size, each.time))
        for before, after in zip(ordered, ordered[1:]):
            if before.size < after.size and before.time > after.time:
                self.findings.add("checkpoint_order", size=after.size)

    def _checkpoint(self, text: str, *, outside: bool) -> Given | None:
        try:
            note = read_note(text)
            checkpoint = read_checkpoint(note)
        except Unreadable:
            self.findings.add("checkpoint_form")
            return None
        if not self.keys:
            if not self.findings.codes & {"other_key", "key_form"}:
                self.findings.unknown["unsigned"] += 1
        elif not self._is_signed(note):
            self.findings.add("checkpoint_key", size=checkpoint.size)
        return Given(checkpoint, outside, self._is_proven(note))

    def _is_signed(self, note: Note) -> bool:
        return any(signed_by(note, key) for key in self.keys)

    def _is_proven(self, note: Note) -> bool:
        """Whether its key is known from outside; where none is, all keys of the file stand alike."""
        return not self.proven or any(signed_by(note, key) for key in self.proven)

    def _judge_checkpoint(self, given: Given, house: House, lines: Lines, root: bytes | None) -> bool:
        """Whether it fits the lines; if not, why."""
        each = given.checkpoint
        if each.record != lines.record:
            self.findings.add("checkpoint_foreign", size=each.size)
        elif root is not None and root == each.root and lines.hash_of(each.size) == each.head:
            self._fits(given)
            return True
        elif self._is_lost(each.size, each.root.hex(), house):
            self.findings.unknown["lost_in_restore"] += 1
        elif root is None:
            self.findings.add("cut_off", size=each.size, lines=lines.number)
        else:
            self.findings.add("checkpoint_root", size=each.size, time=each.time)
        return False

    def _fits(self, given: Given) -> None:
        if given.outside:
            self._covers(given.checkpoint.size)
            self.findings.checked["outside"] += 1
        elif given.proven:
            self.findings.checked["checkpoints"] += 1
        else:
            self.findings.unknown["older_key"] += 1

    def _covers(self, size: int) -> None:
        """So many lines rest on something from outside."""
        self.findings.about["covered"] = max(self.findings.about.get("covered", 0), size)

    def _is_lost(self, size: int, root: str, house: House) -> bool:
        """Whether the record says that so many lines, whose root begins so, were lost in a restore: by naming the last
        checkpoint before it.
        """
        for line, text in house.restores:
            try:
                note = read_note(text)
                last = read_checkpoint(note)
            except Unreadable:
                continue
            same = last.size > size or (last.size == size and last.root.hex().startswith(root))
            if size >= line and same and self._is_signed(note):
                return True
        return False

    def _receipt(self, text: str, record: str) -> Receipt | None:
        try:
            note = read_note(text)
            receipt = read_receipt(note)
        except Unreadable:
            self.findings.add("receipt_form")
            return None
        if receipt.record != record:
            self.findings.add("receipt_foreign", vote=receipt.vote)
            return None
        if self.keys and not self._is_signed(note):
            self.findings.add("receipt_key", vote=receipt.vote)
            return None
        return receipt

    def _judge_receipt(self, receipt: Receipt, house: House, ballots: Ballots, kind: str) -> None:
        _proposal, vote = house.votes.get(receipt.vote, (None, None))
        if vote is None and not house.restores:
            self.findings.add("receipt_no_vote", vote=receipt.vote)
        elif vote is None:
            self.findings.unknown["lost_in_restore"] += 1
        elif kind != "members" or not vote.counted_line:
            self.findings.unknown["receipt_later"] += 1
        else:
            change, leaf = ballots.cast.get((receipt.vote, receipt.who), (0, ""))
            void = vote.outcome == "void" and any(line > vote.line for line, _note in house.restores)
            if change < receipt.change and void:
                self.findings.unknown["lost_in_restore"] += 1
            elif change < receipt.change:
                self.findings.add("receipt_missing", vote.counted_line, vote=receipt.vote)
            elif change == receipt.change and leaf != receipt.leaf:
                self.findings.add("receipt_differs", vote.counted_line, vote=receipt.vote)
            else:
                self.findings.checked["changed_later" if change > receipt.change else "receipts"] += 1


def _readable(text: str) -> Note | None:
    try:
        return read_note(text)
    except Unreadable:
        return None
