"""What one ballot says, in writing: a position, or the numbers of candidates (DESIGN section 3, "Elections")."""

import json
from math import perm
from typing import Final

from core.rules.positions import POSITIONS, RANKED, Position, Rule

Choice = str | tuple[int, ...]
"""A position ("yes"), or the numbers of candidates: approval in ascending order, rankings with the best first."""

NONE_OF_THESE: Final = 0
"""The number of "none of these", which is on every ballot of an election; candidates have 1, 2, 3 ..."""
CANDIDATES_AT_MOST: Final = 50


def written(choice: Choice) -> str:
    """The canonical JSON of a choice: `"yes"` with its quotes, or `[2,1]`."""
    return json.dumps(choice, ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Choice:
    """The choice that a text writes. Raises `ValueError` for every text that `written` would not have made."""
    try:
        value = json.loads(text)
    except RecursionError as error:
        raise ValueError("not a choice") from error
    choice = tuple(value) if isinstance(value, list) else value
    if not _is_choice(choice) or written(choice) != text:
        raise ValueError("not a choice")
    return choice


def _is_choice(value: object) -> bool:
    """Whether a value is a known position, or numbers of candidates, each once; a boolean is no number."""
    if isinstance(value, tuple):
        numbers = all(type(each) is int and each >= 0 for each in value)
        return bool(value) and numbers and len(set(value)) == len(value)
    return isinstance(value, str) and value in set(Position) - {Position.CHOSEN, Position.STRUCK}


def fits(choice: Choice, rule: Rule, candidates: int) -> bool:
    """Whether a choice can stand on a ballot of this rule with so many candidates, "none of these" not counted.

    Approval: candidates in ascending order, or "none of these" alone. A ranking: any of them, "none of these" too.
    """
    if isinstance(choice, str):
        return choice in POSITIONS[rule]
    if not _is_choice(choice) or max(choice) > candidates:
        return False
    if rule == Rule.APPROVAL:
        return choice == (NONE_OF_THESE,) or (NONE_OF_THESE not in choice and list(choice) == sorted(choice))
    return rule in RANKED


def possible(rule: Rule, candidates: int) -> int:
    """How many different ballots there can be."""
    if rule == Rule.APPROVAL:
        return int(2**candidates)
    if rule in RANKED:
        return sum(perm(candidates + 1, ranked) for ranked in range(1, candidates + 2))
    return len(POSITIONS[rule])


def room(rule: Rule, candidates: int) -> int:
    """How many bytes hold every written choice: to this length boxes are padded."""
    if rule == Rule.APPROVAL:
        return max(len(written(tuple(range(1, candidates + 1)))), len(written((NONE_OF_THESE,))))
    if rule in RANKED:
        return len(written(tuple(range(candidates + 1))))
    return max(len(written(position)) for position in POSITIONS[rule])
