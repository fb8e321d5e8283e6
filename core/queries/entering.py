"""Votes entered for others, as the pages show them: what waits for a second member, what was entered, and for whom."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from core.gatherings import Gathering, gathering_for
from core.models import Aid, Ballot, EnteredBallot, Person, Vote
from core.permissions.entering import can_help
from core.queries.alternatives import as_marked, is_marked
from core.queries.secret_votes import get_names
from core.refusals import Verdict, denied
from core.rules.choices import read, written
from core.rules.entering import AIDED_AT_MOST, grouped
from core.rules.positions import RANKED, Position
from core.words import alternatives, elections, entering, positions
from core.words.rules import Words

SHOWN_AT_MOST = 60
Way = EnteredBallot.Way


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: who, where it was taken, what becomes of it. `says` is empty where this person is not shown it."""

    row: EnteredBallot
    person: Person
    first: Person
    second: Person | None
    way: Words
    state: Words
    number: str
    says: Words
    mine: bool

    @property
    def waits(self) -> bool:
        """Whether it waits for a second member."""
        return self.row.confirmed_at is None and self.row.ended_at is None


@dataclass(frozen=True, slots=True)
class EnteringPage:
    """What a member sees who enters votes for others."""

    vote: Vote
    may: Verdict
    may_note: Verdict
    waiting: list[Entry]
    entered: list[Entry]
    helped: int
    named: bool
    meeting: Gathering | None

    @property
    def left(self) -> int:
        """How many more people one may help at the desk in this vote."""
        return AIDED_AT_MOST - self.helped

    @property
    def ways(self) -> list[Way]:
        """Where votes can be taken in this vote."""
        return [way for way in Way if way != Way.NAMED or self.named]


def get_entering_page(vote: Vote, person: Person, *, at: datetime) -> EnteringPage:
    """The entries of a vote. At most seven statements, whatever their number."""
    may = can_help(person, vote, at=at) if vote.is_open(at) else denied(entering.CLOSED)
    names = get_names(vote) if vote.is_election else {}
    rows = list(with_people(vote.entered.order_by("-entered_at", "-pk"))[:SHOWN_AT_MOST])
    entries = [entry_of(row, vote, person, names) for row in rows]
    return EnteringPage(
        vote=vote,
        may=denied(entering.SECRET) if vote.secret else may,
        may_note=may if vote.secret else denied(""),
        waiting=[each for each in entries if each.waits],
        entered=[each for each in entries if not each.waits],
        helped=Aid.objects.filter(vote=vote, helper=person).count(),
        named=vote.meets_until is not None,
        meeting=gathering_for(vote.proposal, vote.closes_at) if vote.meets_until is not None else None,
    )


def with_people(rows: QuerySet[EnteredBallot]) -> QuerySet[EnteredBallot]:
    """With everybody whom a page names."""
    return rows.select_related("roll__person", "first__person", "second__person")


def entry_of(row: EnteredBallot, vote: Vote, person: Person, names: dict[int, str]) -> Entry:
    """One entry, as this person sees it: what it says is for the two who enter it and for whom it is.

    What was said aloud in a meeting is also shown to whoever may confirm it.
    """
    shown = {row.roll.person_id, row.first.person_id, row.second.person_id if row.second else 0}
    waits = row.confirmed_at is None and row.ended_at is None
    says = person.pk in shown or (waits and row.way == Way.NAMED)
    return Entry(
        row=row,
        person=row.roll.person,
        first=row.first.person,
        second=row.second.person if row.second else None,
        way=entering.WAYS[row.way],
        state=entering.state(row.ending, confirmed=row.confirmed_at is not None),
        number=grouped(row.number),
        says=said(row, vote, names) if says else "",
        mine=row.first.person_id == person.pk,
    )


def said(row: EnteredBallot | Ballot, vote: Vote, names: dict[int, str]) -> Words:
    """What an entry or a ballot says, in words."""
    if is_marked(row):
        return alternatives.said(as_marked(row))
    if row.choice:
        chosen = read(row.choice)
        return elections.choice(chosen, names, ranked=vote.rule in RANKED) if isinstance(chosen, tuple) else ""
    return positions.LABELS[Position(row.position)]


def as_written(row: EnteredBallot) -> str:
    """What an entry says, as the second member sends it back."""
    return written(as_marked(row)) if is_marked(row) else row.choice or written(row.position)


def get_entry(row: EnteredBallot, person: Person) -> Entry:
    """One entry with its words."""
    vote = row.vote
    return entry_of(row, vote, person, get_names(vote) if vote.is_election else {})


def get_entered_for(vote: Vote, person: Person) -> Entry | None:
    """What counts as entered for this person in a vote."""
    row = with_people(EnteredBallot.objects.counting().filter(vote=vote, roll__person=person)).first()
    return None if row is None else entry_of(row, vote, person, get_names(vote) if vote.is_election else {})
