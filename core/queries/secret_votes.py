"""Secret votes as their pages read them: nothing but one's own mark before the close, the list after the count."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.models import Candidacy, Person, RollEntry, Vote
from core.rules.choices import NONE_OF_THESE, Choice, read
from core.rules.counting import Outcome
from core.rules.positions import RANKED, Position
from core.rules.secrecy import grouped
from core.words.elections import NOBODY, choice
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
    """What everybody may read of a counted secret vote.

    `rows` is None where only the outcome is told. Without `says_choices` the list has numbers only: more different
    ballots were possible than were cast, and a rare one could be a signature.
    """

    rows: list[Row] | None
    says_choices: bool
    voters: list[Person]
    decided: bool


def get_secret_count(vote: Vote) -> SecretCount:
    """The list of a counted vote and those who voted, by name. One statement, in elections two."""
    decided = vote.outcome not in (Outcome.OVERTAKEN.value, Outcome.VOID.value)
    marked = RollEntry.objects.filter(vote=vote, used=True).select_related("person")
    voters = sorted((entry.person for entry in marked), key=lambda person: person.display_name.casefold())
    names = get_names(vote) if vote.is_election else {}
    rows = None if vote.listed is None else [row_of(vote, each, names) for each in vote.listed]
    says_choices = any(row.words for row in rows or [])
    return SecretCount(rows, says_choices, voters if decided else [], decided)


def get_names(vote: Vote) -> dict[int, str]:
    """Who stands on the ballot of an election, and none of them."""
    numbered = Candidacy.objects.numbered().filter(election__proposal=vote.proposal_id).select_related("person")
    names = {row.number: row.person.display_name for row in numbered if row.number is not None}
    return names | {NONE_OF_THESE: str(NOBODY)}


def row_of(vote: Vote, listed: str | list[str], names: Mapping[int, str]) -> Row:
    """One line of the list: show and choice, show alone, or choice alone."""
    if isinstance(listed, list):
        return Row(listed[0], grouped(listed[0], SHOW_GROUP), words_of(vote, read(listed[1]), names))
    if vote.codes:
        return Row(listed, grouped(listed, SHOW_GROUP), "")
    return Row("", "", words_of(vote, read(listed), names))


def words_of(vote: Vote, chosen: Choice, names: Mapping[int, str]) -> Words:
    """A choice in words."""
    if isinstance(chosen, str):
        return LABELS[Position(chosen)]
    return choice(chosen, names, ranked=vote.rule in RANKED)
