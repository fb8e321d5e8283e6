"""Votes of many people taken one after the other: who is asked, and what waits for a second member."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from core.gatherings import those_there
from core.models import Aid, EnteredBallot, Person, RollEntry, Vote
from core.permissions.entering import can_help
from core.queries.entering import Entry, entry_of, with_people
from core.queries.secret_votes import get_names
from core.refusals import Verdict, denied
from core.rules.entering import AIDED_AT_MOST
from core.words import entering
from core.words.rules import Words

Way = EnteredBallot.Way


@dataclass(slots=True)
class RollCall:
    """What a member sees who asks one after the other. `people` are those on this page, `states` what was entered."""

    vote: Vote
    may: Verdict
    way: Way
    page: Page[RollEntry]
    helped: int
    waiting: int
    states: dict[int, Words] = field(default_factory=dict)

    @property
    def left(self) -> int:
        """How many more people one may help at the desk in this vote."""
        return AIDED_AT_MOST - self.helped

    @property
    def at_the_desk(self) -> bool:
        """Whether no meeting takes these votes."""
        return self.way == Way.DESK

    @property
    def people(self) -> list[Person]:
        """Those who are asked, by name."""
        return [entry.person for entry in self.page]


def get_roll_call(
    vote: Vote, person: Person, *, at: datetime, rows: int, number: str | None = None, only: Collection[int] = ()
) -> RollCall:
    """Those on the roll but for the one who asks: in a meeting those present, else all, so many rows on a page.

    `only` some of them, where it names any.
    """
    way = way_of(vote)
    asked = vote.roll.exclude(person=person).select_related("person").order_by("person__display_name", "pk")
    if only:
        asked = asked.filter(person__in=only)
    elif way == Way.NAMED:
        asked = asked.filter(person__in=those_there(vote))
    page = Paginator(asked, rows).get_page(number)
    found = EnteredBallot.objects.filter(roll__in=[entry.pk for entry in page], ended_at__isnull=True)
    return RollCall(
        vote=vote,
        may=get_may(vote, person, at=at),
        way=way,
        page=page,
        helped=Aid.objects.filter(vote=vote, helper=person).count(),
        waiting=get_waiting(vote, person).count(),
        states={row.roll.person_id: state_of(row) for row in with_people(found).order_by("entered_at")},
    )


def get_may(vote: Vote, person: Person, *, at: datetime) -> Verdict:
    """Whether this member enters votes for others in this vote now."""
    if vote.secret:
        return denied(entering.SECRET)
    return can_help(person, vote, at=at) if vote.is_open(at) else denied(entering.CLOSED)


def way_of(vote: Vote) -> Way:
    """Where votes of many are taken: in the meeting that takes them, else at the helper desk."""
    return Way.DESK if vote.meets_until is None else Way.NAMED


def state_of(row: EnteredBallot) -> Words:
    """What was entered for somebody already, beside their name."""
    return entering.by_whom(row.first.person.display_name, waits=row.confirmed_at is None)


def get_waiting(vote: Vote, person: Person) -> QuerySet[EnteredBallot]:
    """What others wrote down and this member can confirm with a choice alone; of a paper they type the number too."""
    rows = EnteredBallot.objects.waiting().filter(vote=vote).exclude(way=Way.PAPER)
    mine = rows.exclude(first__person=person).exclude(roll__person=person)
    return mine.order_by("roll__person__display_name", "pk")


def get_entries(rows: QuerySet[EnteredBallot], vote: Vote, person: Person) -> list[Entry]:
    """Entries with their words, as this person sees them."""
    names = get_names(vote) if vote.is_election else {}
    return [entry_of(row, vote, person, names) for row in with_people(rows)]
