"""The record's lines: canonical JSON (RFC 8785 without floats), commitments, labels, and the chain of hashes."""

import hashlib
import hmac
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from json.encoder import encode_basestring
from typing import Any, Final

GENESIS: Final = "0" * 64
FORMAT: Final = 1
LARGEST: Final = 2**53 - 1
FIELDS: Final[dict[str, tuple[type, ...]]] = {
    "format": (int,),
    "seq": (int,),
    "time": (str,),
    "what": (str,),
    "who": (str, type(None)),
    "data": (dict,),
    "prev": (str,),
}
TIME: Final = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"


def canonical(value: Any) -> bytes:
    """The canonical bytes of a value of objects, lists, strings, integers, booleans and null (RFC 8785).

    Raises `ValueError` for floats, integers beyond 2**53 - 1, keys that are not strings, and lone surrogates.
    """
    return _text(value).encode("utf-8", "strict")


def _text(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise ValueError("an integer beyond 2**53 - 1")
        return str(int(value))
    if isinstance(value, list | tuple):
        return "[" + ",".join(_text(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(f"{_string(key)}:{_text(value[key])}" for key in sorted(value, key=_utf16)) + "}"
    raise ValueError(f"not in the record: {type(value).__name__}")


def _string(value: str) -> str:
    return encode_basestring(str(value))


def _utf16(key: Any) -> bytes:
    """RFC 8785 sorts keys by UTF-16 code units."""
    if not isinstance(key, str):
        raise ValueError("a key is a string")
    return key.encode("utf-16-be")


def commitment(nonce: bytes, text: str) -> str:
    """SHA-256 of nonce and text: who has both can check it, who has neither learns nothing."""
    return hashlib.sha256(nonce + text.encode()).hexdigest()


def label(key: bytes) -> str:
    """The pseudonym that goes with a membership key: 16 bytes of an HMAC, in hex."""
    return hmac.digest(key, b"folkmoot label", "sha256").hex()[:32]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a record. `time` is UTC to the microsecond, `who` a label or nobody, `prev` the hash before."""

    seq: int
    time: str
    what: str
    who: str | None
    data: dict[str, Any]
    prev: str
    format: int = FORMAT

    def body(self) -> dict[str, Any]:
        """What is written and hashed."""
        return {
            "format": self.format,
            "seq": self.seq,
            "time": self.time,
            "what": self.what,
            "who": self.who,
            "data": self.data,
            "prev": self.prev,
        }

    def hash(self) -> str:
        """The hash that the next line carries."""
        return line_hash(canonical(self.body()))


def around(what: str, who: str | None, data: dict[str, Any]) -> tuple[str, str]:
    """The canonical text of a line before and after the three fields that its place in the chain gives it: the hash of
    the line before, the number, the time. Who writes it puts these between (core.record).
    """
    return f'{{"data":{_text(data)},"format":{FORMAT},', f',"what":{_string(what)},"who":{_text(who)}}}'


def line_hash(line: bytes) -> str:
    """SHA-256 of a line's canonical bytes."""
    return hashlib.sha256(line).hexdigest()


def check_chain(lines: Iterable[str]) -> list[str]:
    """What does not hold in a record, given as canonical lines in order; empty if it is whole.

    Codes: `unreadable:N`, `not_canonical:N`, `form:N`, `gap:N`, `broken:N` with the number of the line, from 1.
    A record whose last lines were cut off is whole by itself: only a checkpoint tells.
    """
    found: list[str] = []
    prev = GENESIS
    for number, text in enumerate(lines, start=1):
        found += _check_line(text, number, prev)
        prev = line_hash(text.encode("utf-8", "surrogatepass"))
    return found


def _check_line(text: str, number: int, prev: str) -> list[str]:
    try:
        line = json.loads(text)
        same = canonical(line).decode() == text
    except (ValueError, RecursionError):
        return [f"unreadable:{number}"]
    found = [] if same else [f"not_canonical:{number}"]
    if not _has_form(line):
        return [*found, f"form:{number}"]
    if line["seq"] != number:
        found.append(f"gap:{number}")
    if line["prev"] != prev:
        found.append(f"broken:{number}")
    return found


def _has_form(line: Any) -> bool:
    """Whether a value is a line: these fields, each of its type (a boolean is no number), the time as written."""
    return (
        isinstance(line, dict)
        and line.keys() == FIELDS.keys()
        and all(type(line[name]) in types for name, types in FIELDS.items())
        and line["format"] == FORMAT
        and re.fullmatch(TIME, line["time"], re.ASCII) is not None
    )
