"""What pillars register for core's pages of bodies that others than members read, and for the register of decisions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.models import Mandate, Person, Proposal
from core.models.reading import READ_BESIDE
from core.registry import Panel


@dataclass(frozen=True, slots=True)
class Readers:
    """People who read what a body does without being its members, because its members are bodies of theirs.

    `bodies` are the keys of those that a person reads, as part of a statement. `on_proposals` and `on_mandates` are the
    cards that stand in the place of what members do there; none where the body has members.
    """

    bodies: Callable[[Person], Any]
    on_proposals: Callable[[Proposal], Panel | None]
    on_mandates: Callable[[Mandate, Person, datetime], Panel | None]


READERS: list[Readers] = []


def register_readers(readers: Readers) -> None:
    """Let them read; the same ones twice are a mistake."""
    if readers in READERS:
        raise ValueError(readers)
    READERS.append(readers)
    READ_BESIDE.append(readers.bodies)


def in_place_of_votes(proposal: Proposal) -> Panel | None:
    """What the page of a proposal shows where its body has no members."""
    return next((panel for each in READERS if (panel := each.on_proposals(proposal)) is not None), None)


def in_place_of_confidence(mandate: Mandate, person: Person, at: datetime) -> Panel | None:
    """What the page of a mandate shows where its body has no members."""
    return next((panel for each in READERS if (panel := each.on_mandates(mandate, person, at)) is not None), None)


MARKS: list[Callable[[list[Proposal]], Mapping[int, str]]] = []
"""What the register says beside decisions that stand, by their keys: what has come of them since."""


def marks_of(decisions: list[Proposal]) -> dict[int, str]:
    """What pillars say beside these."""
    return {key: words for mark in MARKS for key, words in mark(decisions).items()} if decisions else {}
