"""The form of a line: canonical JSON (RFC 8785 without floats), its hash, commitments."""

from __future__ import annotations

import hashlib
import json
import re
from json.encoder import encode_basestring
from typing import Any

START = "0" * 64
LARGEST = 2**53 - 1
FORMAT = 1
FIELDS = {"format": int, "seq": int, "time": str, "what": str, "data": dict, "prev": str}
TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
HEX = re.compile(r"(?:[0-9a-f]{2})*")


class Unreadable(ValueError):
    """Bytes that are no JSON, or JSON that a record cannot hold."""


def parse(text: str) -> Any:
    """JSON as a record has it. Raises `Unreadable` for floats, and for what is no JSON.

    A name that comes twice is lost here, so that the text is not canonical any more.
    """
    try:
        return json.loads(text, parse_float=_refuse, parse_constant=_refuse)
    except (ValueError, RecursionError) as problem:
        raise Unreadable(str(problem)) from problem


def _refuse(_text: str) -> Any:
    raise Unreadable("a number that a record cannot hold")


def canonical(value: Any) -> str:
    """The one way to write a value down. Raises `Unreadable` for what a record cannot hold."""
    try:
        return _written(value)
    except RecursionError as problem:
        raise Unreadable("nested too deeply") from problem


def _written(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, int) and -LARGEST <= value <= LARGEST:
        return str(value)
    if isinstance(value, list):
        return "[" + ",".join([_written(item) for item in value]) + "]"
    if isinstance(value, dict):
        names = sorted(value, key=_utf16)
        return "{" + ",".join([encode_basestring(name) + ":" + _written(value[name]) for name in names]) + "}"
    raise Unreadable(f"a record does not hold this {type(value).__name__}")


def _utf16(name: str) -> bytes:
    try:
        return name.encode("utf-16-be")
    except UnicodeEncodeError as problem:
        raise Unreadable("half a sign") from problem


def is_line(value: Any) -> bool:
    """Whether a value has the fields of a line, each of its kind; True and False are no numbers."""
    return (
        isinstance(value, dict)
        and len(value) == len(FIELDS) + 1
        and all(type(value.get(name)) is kind for name, kind in FIELDS.items())
        and "who" in value
        and (value["who"] is None or type(value["who"]) is str)
        and value["format"] == FORMAT
        and TIME.fullmatch(value["time"]) is not None
    )


def hashed(line: bytes) -> str:
    """The fingerprint that the next line carries."""
    return hashlib.sha256(line).hexdigest()


def from_hex(text: Any, size: int | None = None) -> bytes:
    """Bytes written in small hexadecimal letters, of this length. Raises `Unreadable`."""
    if not isinstance(text, str) or HEX.fullmatch(text) is None or (size is not None and len(text) != 2 * size):
        raise Unreadable("no hexadecimal number of this length")
    return bytes.fromhex(text)


def commitment(nonce: bytes, text: str) -> str:
    """What a line says of a text without showing it."""
    return hashlib.sha256(nonce + text.encode("utf-8", "surrogatepass")).hexdigest()
