"""What stands on printed paper: ballots to fill in, and the list of a count."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count as Counted
from django.db.models import OuterRef, Subquery

from core.models import Aid, Ballot, EnteredBallot, PaperBallot, Vote
from core.queries.alternatives import TextShown, TextsShown, get_texts, get_texts_to_mark
from core.queries.entering import said, with_people
from core.queries.secret_votes import SecretCount, get_names, get_secret_count
from core.queries.standings import Standing, get_standing
from core.rules.entering import grouped
from core.rules.positions import RANKED, Position, Rule
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
    """One ballot in the printed list of a count: whose, what it says and why, how it came; by whom, if by others."""

    name: str
    says: Words
    reason: str
    came: str
    counts: bool
    entered: EnteredBallot | None

    @property
    def way(self) -> Words:
        """How it came, in words."""
        return CAME[self.came]

    @property
    def number(self) -> str:
        """The number on the stub of one that was entered."""
        return grouped(self.entered.number) if self.entered is not None else ""


@dataclass(frozen=True, slots=True)
class Came:
    """How many of the ballots that count came in one way."""

    way: Words
    number: int


CAME = {way: entering.CAME_BY[way] for way in ("own", "link")} | entering.WAYS
"""Every way a ballot comes, in the order in which the ways are named."""


@dataclass(frozen=True, slots=True)
class Count:
    """A counted open vote as it is printed, so that everybody finds their own vote in it."""

    ballots: list[Printed]
    roll: int

    @property
    def entered(self) -> int:
        """How many ballots were entered by two."""
        return sum(bool(ballot.number) for ballot in self.ballots)

    @property
    def ways(self) -> list[Came]:
        """How those that count came: together as many as are in the count."""
        return in_order(Counter(ballot.came for ballot in self.ballots if ballot.counts))


@dataclass(frozen=True, slots=True)
class Helped:
    """Somebody who voted at the helper desk in a secret vote, and who sat beside them; never what was voted."""

    name: str
    helpers: list[str]


@dataclass(frozen=True, slots=True)
class PrintedVote:
    """A counted vote on paper: what came of it, and the list in which everybody finds their own ballot."""

    vote: Vote
    standing: Standing
    texts: TextsShown | None
    count: Count | None
    secret: SecretCount | None
    helped: list[Helped]


def get_printed(vote: Vote, *, at: datetime) -> PrintedVote:
    """All of it, open vote or secret, of a vote read `with_texts`. Three statements at most."""
    standing, texts = get_standing(vote, [], at=at), get_texts(vote, [])
    if not vote.secret:
        return PrintedVote(vote, standing, texts, get_count(vote), None, [])
    secret = get_secret_count(vote)
    return PrintedVote(vote, standing, texts, None, secret, get_helped(vote) if secret.decided else [])


def get_count(vote: Vote) -> Count:
    """The ballots of a counted open vote, by name. Three statements at most."""
    names = get_names(vote) if vote.is_election else {}
    entered = {row.roll_id: row for row in with_people(EnteredBallot.objects.counting().filter(vote=vote))}
    rows = Ballot.objects.filter(vote=vote).select_related("roll__person")
    ballots = [printed(ballot, vote, entered.get(ballot.roll_id), names) for ballot in rows]
    return Count(sorted(ballots, key=lambda ballot: ballot.name.casefold()), vote.roll_size or 0)


def printed(ballot: Ballot, vote: Vote, entered: EnteredBallot | None, names: dict[int, str]) -> Printed:
    """One line of the list."""
    return Printed(
        name=ballot.roll.person.display_name,
        says=said(ballot, vote, names),
        reason=ballot.reason,
        came=entered.way if entered is not None else ballot.way,
        counts=ballot.position != Position.STRUCK,
        entered=entered,
    )


def get_helped(vote: Vote) -> list[Helped]:
    """Who of those who voted in a counted secret vote did so at the desk, by name, as the record tells it."""
    aids = Aid.objects.filter(vote=vote, roll__used=True).select_related("roll__person", "helper").order_by("pk")
    found: dict[int, Helped] = {}
    for each in aids:
        helped = found.setdefault(each.roll_id, Helped(each.roll.person.display_name, []))
        helped.helpers.append(each.helper.display_name)
    return sorted(found.values(), key=lambda helped: helped.name.casefold())


def get_ways(votes: Iterable[Vote]) -> dict[int, list[Came]]:
    """How the ballots of these votes came, by vote; of open votes that are counted. One statement."""
    counted = [vote.pk for vote in votes if vote.counted_at is not None and not vote.secret]
    taken = EnteredBallot.objects.counting().filter(roll=OuterRef("roll")).values("way")[:1]
    rows = Ballot.objects.filter(vote__in=counted).counted().annotate(taken=Subquery(taken))
    found: dict[int, Counter[str]] = {pk: Counter() for pk in counted}
    for pk, way, entered, number in rows.values_list("vote", "way", "taken").annotate(n=Counted("pk")).order_by():
        found[pk][entered or way] += number
    return {pk: in_order(numbers) for pk, numbers in found.items()}


def in_order(numbers: Counter[str]) -> list[Came]:
    """The ways that occur, always in the same order."""
    return [Came(words, numbers[way]) for way, words in CAME.items() if numbers[way]]
