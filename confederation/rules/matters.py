"""What bodies can cede to a confederation, and what nobody can (DESIGN sections 3 and 6)."""

from enum import StrEnum
from typing import Final


class Sort(StrEnum):
    """What a ceded matter is about. The words beside it say what exactly."""

    LAND = "land"
    WORKS = "works"
    FOOD = "food"
    CARE = "care"
    LEARNING = "learning"
    STREETS = "streets"
    FUNDS = "funds"
    CONDUCT = "conduct"
    RELATIONS = "relations"
    OTHER = "other"


FIXED: Final = frozenset({"members", "votes", "mandates", "recall", "confidence", "leaving", "record"})
"""What no charter changes (section 3), a confederation's no more than another's: it stays with each body."""


class Right(StrEnum):
    """The shared rights: on these a confederation decides too, for the sake of whoever is in it."""

    LEAVE = "leave"
    EQUAL = "equal"
    SAFE = "safe"
    HEARD = "heard"


CONFEDERATE: Final = ("council", "cooperative", "defense", "pod")
"""The kinds of bodies that confederate, each with its own."""
MATTERS_AT_MOST: Final = 20
"""So many matters are ceded when a confederation is founded."""
