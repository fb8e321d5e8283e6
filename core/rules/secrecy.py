"""What is secret, and what a secret ballot goes by: its code, find and show, and what lies in its box (DESIGN 7)."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from core.rules.chain import canonical
from core.rules.charter import CharterNumbers
from core.rules.choices import Choice, read, written
from core.rules.terms import Matter

SECRET_MATTERS: Final = frozenset({Matter.ELECTION, Matter.RECALL, Matter.REMOVAL})
SECRET_AT_LEAST: Final = 7
"""On a smaller roll no vote is secret: the result alone would tell too much."""
REVEALING_UNDER: Final = 20
"""On a smaller roll the result alone may still reveal people, and the page says so."""
COUNTED_AT_LEAST: Final = 5
"""With fewer ballots only the outcome is told."""

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: no I, L, O, U, so that nobody misreads what they wrote down."""
CODE_LENGTH: Final = 20
SHOW_LENGTH: Final = 16
GROUP: Final = 5
DIFFERENT_AT_LEAST: Final = 8
"""Random codes have fewer different signs once in five million; a code that somebody thought up easily has."""

STEPS_AT_MOST: Final = 10
"""Random codes go on to the same sign or a neighbour more often once in three million; 12345... does all the time."""

READ_AS: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "\t": None, "\n": None, "\r": None})


def is_secret(matter: Matter, numbers: CharterNumbers, roll_size: int) -> bool:
    """Whether a vote that opens with this roll is secret."""
    asked = numbers.secret_from is not None and roll_size >= max(numbers.secret_from, SECRET_AT_LEAST)
    return asked and matter in SECRET_MATTERS


def new_code() -> str:
    """100 random bits, as they are written down: four groups of five."""
    return grouped("".join(secrets.choice(ALPHABET) for _sign in range(CODE_LENGTH)))


def grouped(signs: str, size: int = GROUP) -> str:
    """Signs in groups, as people read them."""
    return "-".join(signs[start : start + size] for start in range(0, len(signs), size))


def normal(code: str) -> str:
    """A code as it is hashed, however it was typed. Raises `ValueError` for what cannot be one."""
    signs = code.upper().translate(READ_AS)
    if len(signs) != CODE_LENGTH or set(signs) - set(ALPHABET):
        raise ValueError("not a code")
    return signs


def is_easy(code: str) -> bool:
    """Whether somebody thought a code up: it has few different signs, or counts up or down.

    Whoever has the database could try such codes, and would find box and line of who took one.
    """
    places = [ALPHABET.index(sign) for sign in normal(code)]
    steps = sum(abs(one - other) <= 1 for one, other in pairwise(places))
    return len(set(places)) < DIFFERENT_AT_LEAST or steps > STEPS_AT_MOST


def find_of(vote_id: int, code: str) -> str:
    """Under which number the box of a code lies: SHA-256 in hex. Raises `ValueError` for what is no code."""
    return hashlib.sha256(canonical(["find", vote_id, normal(code)])).hexdigest()


def show_of(vote_id: int, code: str) -> str:
    """As what the ballot of a code stands in the list after the close: 80 bits in base32."""
    digest = hashlib.sha256(canonical(["show", vote_id, normal(code)])).digest()
    number = int.from_bytes(digest[: SHOW_LENGTH * 5 // 8], "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(SHOW_LENGTH)))


@dataclass(frozen=True, slots=True)
class Opened:
    """One opened ballot; `show` is None where the body has no codes."""

    show: str | None
    choice: Choice

    def as_row(self) -> list[str | None]:
        """As the signer hands it over."""
        return [self.show, written(self.choice)]


def of_row(row: Sequence[str | None]) -> Opened:
    """What `as_row` wrote."""
    show, text = row
    return Opened(show, read(text or ""))


def packed(ballot: Opened, room: int) -> bytes:
    """What is sealed: canonical, padded with blanks to one length per vote. `room` holds any written choice."""
    content: dict[str, Any] = {"choice": written(ballot.choice)}
    if ballot.show is not None:
        content["show"] = ballot.show
    widest = len(canonical({"choice": "", "show": "0" * SHOW_LENGTH})) + room + 2  # the quotes in it are escaped
    return canonical(content).ljust(widest)


def unpacked(text: bytes) -> Opened:
    """What `packed` sealed. Raises `ValueError` for anything else."""
    try:
        content = json.loads(text)
    except RecursionError as error:
        raise ValueError("not a ballot") from error
    if not isinstance(content, dict) or not {"choice"} <= content.keys() <= {"choice", "show"}:
        raise ValueError("not a ballot")
    if not all(isinstance(each, str) for each in content.values()):
        raise ValueError("not a ballot")
    return Opened(content.get("show"), read(content["choice"]))


Listed = list[str] | list[list[str]]


def listed(ballots: Iterable[Opened], possible: int) -> Listed | None:
    """What of the ballots everybody may read, in an order that tells nothing; None if only the outcome is told.

    Where more different ballots are possible than were cast, a rare one could be a signature: then only its show is
    listed.
    """
    cast = list(ballots)
    if len(cast) < COUNTED_AT_LEAST:
        return None
    if possible > len(cast):
        return sorted(each.show for each in cast if each.show is not None)
    if any(each.show is None for each in cast):
        return sorted(written(each.choice) for each in cast)
    return sorted([each.show or "", written(each.choice)] for each in cast)
