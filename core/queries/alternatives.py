"""A vote between several texts as its page shows it: the texts, who could live with which, which is first."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils.text import Truncator

from core.models import Alternative, Ballot, Charter, EnteredBallot, Vote
from core.rules.alternatives import count_marks, leaders, on, position_on
from core.rules.choices import Marked, marked
from core.rules.positions import Position, Rule
from core.words import alternatives as words

ROW = JSONObject(
    number="number",
    text="text",
    amendment="amendment_id",
    name="amendment__author__display_name",
    reason="amendment__reason",
    passage="amendment__passage",
    words="amendment__words",
)
"""One of the other texts, with who proposed it, what it replaces, and why."""
SHORT = 120


@dataclass(frozen=True, slots=True)
class TextShown:
    """One text of the vote. `marks` is None while nobody may see how many could live with it."""

    number: int
    label: str
    text: str
    reason: str = ""
    passage: str = ""
    words: str = ""
    amendment: int | None = None
    marks: int | None = None
    width: str = ""
    is_first: bool = False

    @property
    def value(self) -> str:
        """Its number as the ballot sends it."""
        return str(self.number)

    @property
    def in_short(self) -> str:
        """Its name, with the first of the words that make it another."""
        return words.in_short(self.label, Truncator(self.words).chars(SHORT)) if self.words else self.label

    @property
    def said(self) -> str:
        """How many could live with it, in words."""
        return "" if self.marks is None else words.marked(self.marks)


@dataclass(slots=True)
class TextsShown:
    """All texts of one vote, and a sentence on which is first."""

    texts: list[TextShown] = field(default_factory=list)
    sentence: str = ""


def as_marked(ballot: Ballot | EnteredBallot) -> Marked:
    """An open ballot among alternatives, as the rules take it."""
    return marked(ballot.position, ballot.choice)


def is_marked(ballot: Ballot | EnteredBallot) -> bool:
    """Whether a ballot marks texts: then its position is for the case that another text comes first."""
    return bool(ballot.choice) and ballot.position != Position.CHOSEN


def marked_by(ballots: Iterable[Ballot]) -> Counter[Marked]:
    """All that mark texts, equal ones together: what was entered and struck out marks nothing."""
    return Counter(as_marked(ballot) for ballot in ballots if is_marked(ballot))


def get_marks(vote: Vote, shown: Sequence[Ballot]) -> dict[int, int] | None:
    """How many marked each text, as far as it may be seen now. `shown` are all its ballots where it is consensus."""
    if vote.marks is not None:
        return {int(number): papers for number, papers in vote.marks.items()}
    if vote.counted_at is not None or not (vote.rule == Rule.CONSENSUS or tells_running(vote)):
        return None
    rows = shown if vote.rule == Rule.CONSENSUS else Ballot.objects.filter(vote=vote)
    return count_marks(marked_by(rows), vote.other_texts + 1)


def tells_running(vote: Vote) -> bool:
    """Whether members see running counts."""
    return vote.charter.counts_visible == Charter.Counts.MEMBERS


def get_ahead(vote: Vote, ballots: Iterable[Ballot]) -> tuple[int, ...]:
    """The text that is decided on, or before the count those that most of the ballots mark; nothing without ballots."""
    if vote.first is not None:
        return (vote.first,)
    cast = marked_by(ballots)
    return leaders(count_marks(cast, vote.other_texts + 1)) if cast else ()


def get_counts(vote: Vote, ballots: Iterable[Ballot], ahead: tuple[int, ...]) -> Counter[Position] | None:
    """The positions on the one text that is ahead; None while several are level."""
    if len(ahead) != 1:
        return None if ahead else Counter()
    return on(marked_by(ballots), ahead[0], Rule(vote.rule))


def get_position(vote: Vote, ballot: Ballot, ahead: tuple[int, ...]) -> Position:
    """A ballot's position as it counts: on the text that is ahead, if ballots mark texts and one is."""
    if len(ahead) != 1 or not is_marked(ballot):
        return Position(ballot.position)
    return position_on(as_marked(ballot), ahead[0], Rule(vote.rule))


def with_texts(votes: QuerySet[Vote]) -> QuerySet[Vote]:
    """Votes, with the other texts of each read in the same one statement."""
    others = Alternative.objects.filter(vote=OuterRef("pk")).order_by("number")
    return votes.annotate(others=ArraySubquery(others.values(row=ROW)))


def get_texts_to_mark(vote: Vote) -> list[TextShown]:
    """The texts as somebody marks them, without a word on how many did; nothing where there is one text only."""
    if not vote.has_alternatives:
        return []
    rows = vote.alternatives.order_by("number").values_list(ROW, flat=True)
    return [_own(vote, None, ()), *(_other(row, None, (), vote) for row in rows)]


def get_texts(vote: Vote, shown: Sequence[Ballot]) -> TextsShown | None:
    """The texts of a vote read `with_texts`, and what may be seen of the marks; None where there is one text only."""
    if not vote.has_alternatives:
        return None
    marks = get_marks(vote, shown)
    ahead = (vote.first,) if vote.first else leaders(marks) if marks and any(marks.values()) else ()
    others: Any = vote
    page = TextsShown([_own(vote, marks, ahead), *(_other(row, marks, ahead, vote) for row in others.others)])
    if vote.first:
        drawn = marks is not None and len(leaders(marks)) > 1
        page.sentence = words.first(vote.first, drawn=drawn)
    elif ahead:
        page.sentence = words.leading(ahead)
    return page


def _own(vote: Vote, marks: dict[int, int] | None, ahead: tuple[int, ...]) -> TextShown:
    return TextShown(1, words.text(1), vote.text.text, **_drawn(1, marks, ahead, vote))


def _other(row: Mapping[str, Any], marks: dict[int, int] | None, ahead: tuple[int, ...], vote: Vote) -> TextShown:
    return TextShown(
        row["number"],
        words.text(row["number"], row["name"]),
        row["text"],
        row["reason"],
        row["passage"],
        row["words"],
        row["amendment"],
        **_drawn(row["number"], marks, ahead, vote),
    )


def _drawn(number: int, marks: dict[int, int] | None, ahead: tuple[int, ...], vote: Vote) -> dict[str, Any]:
    """The bar of one text, over the whole roll."""
    if marks is None:
        return {}
    width = f"{marks[number] * 100 / max(vote.roll_size or 0, 1):.2f}%"
    return {"marks": marks[number], "width": width, "is_first": number in ahead}
