"""Whose turn it is to facilitate or to take notes: who has not done it for the longest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member: since when, and when they last had this duty, if ever."""

    who: int
    joined: datetime
    last: datetime | None = None


def in_turn(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Those who never had it first, the longest members among them first; then by how long ago they had it."""
    return sorted(candidates, key=lambda each: (each.last is not None, each.last or each.joined, each.joined, each.who))
