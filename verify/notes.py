"""Signed notes (C2SP signed-note) and what the signer says in them: checkpoints, receipts, rotations of the key."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from .canonical import TIME, Unreadable, from_hex
from .ed25519 import is_signed

NAME = "folkmoot"
ED25519 = b"\x01"
SIGNATURE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")
KEY = re.compile(NAME + r"\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})")
NUMBER = re.compile(r"0|[1-9][0-9]{0,15}")


@dataclass(frozen=True)
class Key:
    """A public key of a signer, and how it is written."""

    written: str
    mark: bytes
    public: bytes


@dataclass(frozen=True)
class Note:
    """A text with signatures under it: pairs of the first four bytes, which name the key, and the signature."""

    text: str
    signatures: tuple[tuple[bytes, bytes], ...]

    @property
    def lines(self) -> list[str]:
        """The text by lines."""
        return self.text.split("\n")[:-1]


@dataclass(frozen=True)
class Checkpoint:
    """What a record was when it was signed."""

    record: str
    size: int
    root: bytes
    head: str
    time: str


@dataclass(frozen=True)
class Receipt:
    """That a ballot was given: the vote, the label, which change of it, and what the tree will hold."""

    record: str
    vote: int
    who: str
    change: int
    leaf: str
    time: str


@dataclass(frozen=True)
class Rotation:
    """The old key says which key follows it."""

    old: Key
    new: Key
    time: str


def decoded(text: str) -> bytes:
    """Base64. Raises `Unreadable`."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as problem:
        raise Unreadable("no base64") from problem


def read_key(text: str) -> Key:
    """A key from its text. Raises `Unreadable` for one whose mark is not its own."""
    found = KEY.fullmatch(text.strip())
    if found is None:
        raise Unreadable("no key")
    content = decoded(found[2])
    mark = hashlib.sha256(NAME.encode() + b"\n" + content).digest()[:4]
    if len(content) != 33 or content[:1] != ED25519 or mark.hex() != found[1]:
        raise Unreadable("no key")
    return Key(text.strip(), mark, content[1:])


def read_note(text: str) -> Note:
    """A note: text, an empty line, signatures. Raises `Unreadable`."""
    head, blank, foot = text.rpartition("\n\n")
    if not blank or not foot.endswith("\n"):
        raise Unreadable("no signed note")
    signatures = []
    for line in foot[:-1].split("\n"):
        found = SIGNATURE.fullmatch(line)
        if found is None:
            raise Unreadable("no signed note")
        content = decoded(found[2])
        if found[1] == NAME and len(content) == 68:
            signatures.append((content[:4], content[4:]))
    if not signatures:
        raise Unreadable("a note that Folkmoot has not signed")
    return Note(head + "\n", tuple(signatures))


def signed_by(note: Note, key: Key) -> bool:
    """Whether a note carries a right signature of this key."""
    message = note.text.encode()
    return any(mark == key.mark and is_signed(key.public, message, signed) for mark, signed in note.signatures)


def read_checkpoint(note: Note) -> Checkpoint:
    """A checkpoint. Raises `Unreadable`."""
    lines = note.lines
    if len(lines) != 5 or NUMBER.fullmatch(lines[1]) is None:
        raise Unreadable("no checkpoint")
    root = decoded(lines[2])
    if len(root) != 32:
        raise Unreadable("no checkpoint")
    head = _after(lines[3], "head")
    from_hex(head, 32)
    return Checkpoint(_origin(lines[0], ""), int(lines[1]), root, head, _time(lines[4]))


def read_receipt(note: Note) -> Receipt:
    """A receipt. Raises `Unreadable`."""
    lines = note.lines
    if len(lines) != 6:
        raise Unreadable("no receipt")
    vote, change = _after(lines[1], "vote"), _after(lines[3], "change")
    if NUMBER.fullmatch(vote) is None or NUMBER.fullmatch(change) is None:
        raise Unreadable("no receipt")
    found = _after(lines[4], "leaf")
    from_hex(found, 32)
    origin = _origin(lines[0], "/receipt")
    return Receipt(origin, int(vote), _after(lines[2], "who"), int(change), found, _time(lines[5]))


def read_rotation(note: Note) -> Rotation:
    """A rotation of the key. Raises `Unreadable`."""
    lines = note.lines
    if len(lines) != 4 or lines[0] != NAME + "/keys":
        raise Unreadable("no rotation")
    return Rotation(read_key(_after(lines[1], "old")), read_key(_after(lines[2], "new")), _time(lines[3]))


def _after(line: str, word: str) -> str:
    if not line.startswith(word + " "):
        raise Unreadable(f"no {word}")
    return line[len(word) + 1 :]


def _origin(line: str, ending: str) -> str:
    if not line.startswith(NAME + "/") or not line.endswith(ending):
        raise Unreadable("not of Folkmoot")
    record = line[len(NAME) + 1 : len(line) - len(ending)]
    from_hex(record, 16)
    return record


def _time(line: str) -> str:
    time = _after(line, "time")
    if TIME.fullmatch(time) is None:
        raise Unreadable("no time")
    return time
