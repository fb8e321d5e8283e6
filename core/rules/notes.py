"""Signed notes: the texts that the signer signs, in the form that anyone can check (C2SP signed-note, RFC 6962 roots).

Making and reading only; the signatures themselves are made in core.signer.keys.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import Final

from core.rules.chain import TIME

NAME: Final = "folkmoot"
ED25519: Final = b"\x01"
RECORD: Final = r"[0-9a-f]{32}"
HASH: Final = r"[0-9a-f]{64}"
WHO: Final = r"[0-9a-f]{32}"
NUMBER: Final = r"0|[1-9][0-9]{0,15}"
DASH: Final = "\N{EM DASH}"
BASE64: Final = r"[A-Za-z0-9+/]+={0,2}"
KEY: Final = rf"{NAME}\+[0-9a-f]{{8}}\+{BASE64}"

CHECKPOINT: Final = rf"{NAME}/({RECORD})\n({NUMBER})\n({BASE64})\nhead ({HASH})\ntime ({TIME})\n"
RECEIPT: Final = (
    rf"{NAME}/({RECORD})/receipt\nvote ({NUMBER})\nwho ({WHO})\nchange ({NUMBER})\nleaf ({HASH})\ntime ({TIME})\n"
)
ROTATION: Final = rf"{NAME}/keys\nold ({KEY})\nnew ({KEY})\ntime ({TIME})\n"


@dataclass(frozen=True, slots=True)
class Key:
    """A public signing key (Ed25519, 32 bytes)."""

    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature names its key."""
        return hashlib.sha256(NAME.encode() + b"\x0a" + ED25519 + self.public).digest()[:4]

    @property
    def text(self) -> str:
        """The key as people keep it."""
        return f"{NAME}+{self.id.hex()}+{_written(ED25519 + self.public)}"


def read_key(text: str) -> Key:
    """The key that a text names. Raises `ValueError` unless it is exactly what `Key.text` writes."""
    if not re.fullmatch(KEY, text, re.ASCII):
        raise ValueError("not a key")
    raw = _read(text.split("+", 2)[2])
    key = Key(raw[1:])
    if raw[:1] != ED25519 or len(key.public) != 32 or key.text != text:
        raise ValueError("not a key of this kind, or not under its own number")
    return key


@dataclass(frozen=True, slots=True)
class Note:
    """A signed text: what was signed, by which key, and the signature."""

    text: str
    key_id: bytes
    signature: bytes

    def written(self) -> str:
        """The note as it is handed out."""
        return f"{self.text}\n{DASH} {NAME} {_written(self.key_id + self.signature)}\n"


def read_note(written: str) -> Note:
    """Text and signature of a note. Raises `ValueError` unless it is exactly what `Note.written` makes."""
    text, _, line = written.rpartition("\n\n")
    found = re.fullmatch(rf"{DASH} {NAME} ({BASE64})\n", line, re.ASCII)
    if not found or not text:
        raise ValueError("not a signed note")
    raw = _read(found[1])
    note = Note(f"{text}\n", raw[:4], raw[4:])
    if len(note.signature) != 64 or note.written() != written:
        raise ValueError("not a signed note with one signature")
    return note


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """So many lines had this root and this last hash, at this time (as the record writes times)."""

    record: str
    size: int
    root: bytes
    head: str
    time: str

    def text(self) -> str:
        """What is signed."""
        return f"{NAME}/{self.record}\n{self.size}\n{_written(self.root)}\nhead {self.head}\ntime {self.time}\n"


def read_checkpoint(text: str) -> Checkpoint:
    """The checkpoint that a signed text is. Raises `ValueError`."""
    record, size, root, head, time = _fields(CHECKPOINT, text)
    found = Checkpoint(record, int(size), _read(root), head, time)
    if len(found.root) != 32 or found.text() != text:
        raise ValueError("not a checkpoint")
    return found


@dataclass(frozen=True, slots=True)
class Receipt:
    """In this vote the member of this label had given a position for the so-manieth time, with this commitment."""

    record: str
    vote: int
    who: str
    change: int
    leaf: str
    time: str

    def text(self) -> str:
        """What is signed."""
        return (
            f"{NAME}/{self.record}/receipt\nvote {self.vote}\nwho {self.who}\nchange {self.change}\n"
            f"leaf {self.leaf}\ntime {self.time}\n"
        )


def read_receipt(text: str) -> Receipt:
    """The receipt that a signed text is. Raises `ValueError`."""
    record, vote, who, change, leaf, time = _fields(RECEIPT, text)
    return Receipt(record, int(vote), who, int(change), leaf, time)


@dataclass(frozen=True, slots=True)
class Rotation:
    """The old key says that from this time on the new one signs."""

    old: Key
    new: Key
    time: str

    def text(self) -> str:
        """What the old key signs."""
        return f"{NAME}/keys\nold {self.old.text}\nnew {self.new.text}\ntime {self.time}\n"


def read_rotation(text: str) -> Rotation:
    """The rotation that a signed text is. Raises `ValueError`."""
    old, new, time = _fields(ROTATION, text)
    return Rotation(read_key(old), read_key(new), time)


def _fields(form: str, text: str) -> tuple[str, ...]:
    found = re.fullmatch(form, text, re.ASCII)
    if not found:
        raise ValueError("not of this form")
    return found.groups()


def _written(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _read(text: str) -> bytes:
    """Strictly: the same bytes are never written in two ways."""
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error as problem:
        raise ValueError("not base64") from problem
    if _written(raw) != text:
        raise ValueError("not base64 as it is written here")
    return raw
