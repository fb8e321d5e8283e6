"""Secret votes as their pages read them: nothing but one's own mark before the close, the list after the count."""

from dataclasses import dataclass

from core.models import Person, RollEntry, Vote
from core.rules.choices import Choice, read
from core.rules.counting import Outcome
from core.rules.positions import Position
from core.rules.secrecy import grouped
from core.words.positions import LABELS
from core.words.rules import Words

SHOW_GROUP = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One ballot in the list: as what it stands, and what it says; either may be missing."""

    show: str
    shown: str
    words: Words


@dataclass(frozen=True, slots=True)
class SecretCount:
    """What everybody may read of a counted secret vote. `rows` is None where only the outcome is told."""

    rows: list[Row] | None
    voters: list[Person]
    decided: bool


def get_secret_count(vote: Vote) -> SecretCount:
    """The list of a counted vote and those who voted, by name. One statement."""
    decided = vote.outcome not in (Outcome.OVERTAKEN.value, Outcome.VOID.value)
    marked = RollEntry.objects.filter(vote=vote, used=True).select_related("person")
    voters = sorted((entry.person for entry in marked), key=lambda person: person.display_name.casefold())
    rows = None if vote.listed is None else [row_of(each, codes=vote.codes) for each in vote.listed]
    return SecretCount(rows, voters if decided else [], decided)


def row_of(listed: str | list[str], *, codes: bool) -> Row:
    """One line of the list: show and choice, show alone, or choice alone."""
    if isinstance(listed, list):
        return Row(listed[0], grouped(listed[0], SHOW_GROUP), words_of(read(listed[1])))
    if codes:
        return Row(listed, grouped(listed, SHOW_GROUP), "")
    return Row("", "", words_of(read(listed)))


def words_of(choice: Choice) -> Words:
    """A choice in words; candidates by their numbers."""
    return LABELS[Position(choice)] if isinstance(choice, str) else ", ".join(map(str, choice))
