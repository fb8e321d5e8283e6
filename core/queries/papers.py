"""What stands on printed paper: ballots to fill in."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.models import PaperBallot, Vote
from core.queries.secret_votes import get_names
from core.rules.entering import grouped
from core.rules.positions import RANKED, Rule
from core.words import positions
from core.words.rules import Words


@dataclass(frozen=True, slots=True)
class Line:
    """One line that can be marked."""

    label: Words
    explanation: Words


@dataclass(frozen=True, slots=True)
class Sheet:
    """Ballots of one vote, each with its number."""

    numbers: list[str]
    lines: list[Line]
    ranked: bool
    asks_why: bool


def get_sheet(vote: Vote, papers: Sequence[PaperBallot]) -> Sheet:
    """The sheet of these papers, in the language that is active."""
    if vote.is_election:
        lines = [Line(name, "") for name in get_names(vote).values()]
    else:
        lines = [Line(each.label, each.explanation) for each in positions.choices(Rule(vote.rule))]
    return Sheet(
        numbers=[grouped(paper.number) for paper in papers],
        lines=lines,
        ranked=vote.rule in RANKED,
        asks_why=vote.rule == Rule.CONSENSUS,
    )
