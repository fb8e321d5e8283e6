"""What stands on printed paper: ballots to fill in, and the list of a count."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.models import Ballot, EnteredBallot, PaperBallot, Vote
from core.queries.alternatives import TextShown, get_texts_to_mark
from core.queries.entering import said
from core.queries.secret_votes import get_names
from core.rules.entering import grouped
from core.rules.positions import RANKED, Rule
from core.words import alternatives, entering, positions
from core.words.rules import Words


@dataclass(frozen=True, slots=True)
class Line:
    """One line that can be marked."""

    label: Words
    explanation: Words


@dataclass(frozen=True, slots=True)
class Sheet:
    """Ballots of one vote, each with its number. Of several texts all that one could live with are marked first."""

    numbers: list[str]
    texts: list[TextShown]
    lines: list[Line]
    ranked: bool
    asks_why: bool


def get_sheet(vote: Vote, papers: Sequence[PaperBallot]) -> Sheet:
    """The sheet of these papers, in the language that is active."""
    if vote.is_election:
        lines = [Line(name, "") for name in get_names(vote).values()]
    else:
        offered = alternatives.choices if vote.has_alternatives else positions.choices
        lines = [Line(each.label, each.explanation) for each in offered(Rule(vote.rule))]
    return Sheet(
        numbers=[grouped(paper.number) for paper in papers],
        texts=get_texts_to_mark(vote),
        lines=lines,
        ranked=vote.rule in RANKED,
        asks_why=vote.rule == Rule.CONSENSUS,
    )


@dataclass(frozen=True, slots=True)
class Printed:
    """One ballot in the printed list of a count: whose, what it says and why, how it came, its number if it has one."""

    name: str
    says: Words
    reason: str
    way: Words
    number: str


@dataclass(frozen=True, slots=True)
class Count:
    """A counted open vote as it is printed, so that everybody finds their own vote in it."""

    ballots: list[Printed]
    roll: int

    @property
    def entered(self) -> int:
        """How many ballots were entered by two."""
        return sum(bool(ballot.number) for ballot in self.ballots)


def get_count(vote: Vote) -> Count:
    """The ballots of a counted open vote, by name. Three statements at most."""
    names = get_names(vote) if vote.is_election else {}
    entered = {row.roll_id: row for row in EnteredBallot.objects.counting().filter(vote=vote)}
    rows = Ballot.objects.filter(vote=vote).select_related("roll__person")
    ballots = [printed(ballot, vote, entered.get(ballot.roll_id), names) for ballot in rows]
    return Count(sorted(ballots, key=lambda ballot: ballot.name.casefold()), vote.roll_size or 0)


def printed(ballot: Ballot, vote: Vote, entered: EnteredBallot | None, names: dict[int, str]) -> Printed:
    """One line of the list."""
    return Printed(
        name=ballot.roll.person.display_name,
        says=said(ballot, vote, names),
        reason=ballot.reason,
        way=entering.WAYS[entered.way] if entered is not None else entering.CAME_BY[ballot.way],
        number=grouped(entered.number) if entered is not None else "",
    )
