"""What one ballot says, in writing: a position, the numbers of candidates (DESIGN section 3, "Elections"), or among
alternatives the texts that one could live with and a position for the case that another comes first.
"""

import json
from dataclasses import dataclass
from math import perm
from typing import Final

from core.rules.positions import IN_FAVOUR, POSITIONS, RANKED, Position, Rule


@dataclass(frozen=True, slots=True)
class Marked:
    """A ballot among alternatives: the texts it marks in ascending order, and its position if another comes first."""

    position: str
    marks: tuple[int, ...]


Choice = str | tuple[int, ...] | Marked
"""A position ("yes"), or the numbers of candidates: approval in ascending order, rankings with the best first. Or marks
with a position."""

NONE_OF_THESE: Final = 0
"""The number of "none of these", which is on every ballot of an election; candidates have 1, 2, 3 ..."""
CANDIDATES_AT_MOST: Final = 50


def written(choice: Choice) -> str:
    """The canonical JSON of a choice: `"yes"` with its quotes, `[2,1]`, or `{"marks":[1,3],"position":"aside"}`."""
    if isinstance(choice, Marked):
        return f'{{"marks":{written(choice.marks)},"position":{written(choice.position)}}}'
    return json.dumps(choice, ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Choice:
    """The choice that a text writes. Raises `ValueError` for every text that `written` would not have made."""
    try:
        value = json.loads(text)
    except RecursionError as error:
        raise ValueError("not a choice") from error
    choice = _made(value)
    if choice is None or written(choice) != text:
        raise ValueError("not a choice")
    return choice


def marked(position: str, marks: str) -> Marked:
    """The ballot among alternatives whose marks were written apart. Raises `ValueError` for what is none."""
    choice = read(f'{{"marks":{marks},"position":{written(position)}}}')
    if not isinstance(choice, Marked):
        raise ValueError("not a ballot among alternatives")
    return choice


def _made(value: object) -> Choice | None:
    """The choice that a JSON value is, if it is one."""
    if isinstance(value, dict) and value.keys() == {"marks", "position"} and isinstance(value["marks"], list):
        choice: Choice = Marked(value["position"], tuple(value["marks"]))
    else:
        choice = tuple(value) if isinstance(value, list) else value  # type: ignore[assignment]
    return choice if _is_choice(choice) else None


def _is_choice(value: object) -> bool:
    """Whether a value is a known position, or numbers of candidates, each once; a boolean is no number."""
    if isinstance(value, Marked):
        in_order = not value.marks or (_is_choice(value.marks) and value.marks[0] > 0)
        return in_order and list(value.marks) == sorted(value.marks) and _is_choice(value.position)
    if isinstance(value, tuple):
        numbers = all(type(each) is int and each >= 0 for each in value)
        return bool(value) and numbers and len(set(value)) == len(value)
    return isinstance(value, str) and value in set(Position) - {Position.CHOSEN, Position.STRUCK}


def others(rule: Rule) -> tuple[Position, ...]:
    """The positions for the case that a text comes first which one did not mark: all but those in favour."""
    return tuple(position for position in POSITIONS[rule] if position not in IN_FAVOUR)


def fits(choice: Choice, rule: Rule, candidates: int) -> bool:
    """Whether a choice can stand on a ballot of this rule with so many candidates, "none of these" not counted.

    Approval: candidates in ascending order, or "none of these" alone. A ranking: any of them, "none of these" too.
    Where positions are given, "candidates" are the texts of a vote with alternatives.
    """
    if isinstance(choice, Marked):
        known = _is_choice(choice) and choice.position in others(rule)
        return known and candidates > 1 and max(choice.marks, default=0) <= candidates
    if isinstance(choice, str):
        return choice in POSITIONS[rule] and candidates < 2
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
    return int(2**candidates * len(others(rule))) if candidates > 1 else len(POSITIONS[rule])


def room(rule: Rule, candidates: int) -> int:
    """How many bytes hold every written choice: to this length boxes are padded."""
    if rule == Rule.APPROVAL:
        return max(len(written(tuple(range(1, candidates + 1)))), len(written((NONE_OF_THESE,))))
    if rule in RANKED:
        return len(written(tuple(range(candidates + 1))))
    if candidates > 1:
        every = tuple(range(1, candidates + 1))
        return max(len(written(Marked(position, every))) for position in others(rule))
    return max(len(written(position)) for position in POSITIONS[rule])
