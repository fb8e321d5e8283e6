"""Votes that two people enter for a third: stub numbers with a check digit, and times to keep (DESIGN section 6)."""

import secrets
from datetime import timedelta
from typing import Final

AIDED_AT_MOST: Final = 10
"""How many people one member helps to vote in one vote at the helper desk."""
TO_CONTEST: Final = timedelta(hours=24)
"""How long whoever was voted for has, at least, to see it and to contest it."""
PAPERS_AT_ONCE: Final = 60
PEOPLE_AT_ONCE: Final = 50
"""How many people's votes stand on one page at most."""
BOXES_AT_ONCE: Final = 800
"""How many boxes a form has at most: Django takes no more than 1,000 fields."""
DIGITS: Final = 8
GROUP: Final = 4
TABLE: Final = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
"""The quasigroup of H. M. Damm (2004): it finds every wrong digit and every two neighbours that changed places."""


def people_at_once(boxes: int) -> int:
    """How many people's votes stand on one page, where a ballot has so many boxes."""
    return max(1, min(PEOPLE_AT_ONCE, BOXES_AT_ONCE // (boxes + 3)))


def check_digit(digits: str) -> str:
    """The digit that makes `digits` a number that `is_number` takes."""
    found = "0"
    for digit in digits:
        found = TABLE[int(found)][int(digit)]
    return found


def new_number() -> str:
    """A stub number: seven random digits and the one that checks them."""
    digits = "".join(secrets.choice("0123456789") for _digit in range(DIGITS - 1))
    return digits + check_digit(digits)


def normal(typed: str) -> str:
    """A number as it was typed, without blanks and dashes. Raises `ValueError` for what was mistyped."""
    digits = typed.replace(" ", "").replace("-", "")
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdecimal()) or check_digit(digits[:-1]) != digits[-1]:
        raise ValueError("mistyped")
    return digits


def grouped(number: str) -> str:
    """A number as people read it: "1234 5678"."""
    return " ".join(number[start : start + GROUP] for start in range(0, len(number), GROUP))
