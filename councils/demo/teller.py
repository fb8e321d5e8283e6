"""Telling a story in the past: the clock of decisions is set back and moved forward day by day.

Whatever falls due on the way happens when it is due, by the same `settle()` as in life.
"""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Min

from core.actions import ballots, comments, mandates, opening, proposals, secret_ballots, todos
from core.actions.memberships import admit, leave
from core.actions.proposals import Todo
from core.actions.settling import settle
from core.models import Application, Body, Cause, Comment, Mandate, Person, Proposal, Stage, Task, Vote
from core.refusals import TooLate
from core.rules.choices import Choice
from core.rules.positions import Position
from core.rules.secrecy import new_code
from core.signer import votes
from core.timekeeping import folkmoot_now
from councils.offset import get_offset, set_offset

Say = Callable[[str], object]
STEP = timedelta(days=2)
MOMENT = timedelta(seconds=1)


@dataclass
class Teller:
    """Where the story is. `begun` is the real moment at which telling began."""

    say: Say
    begun: datetime
    chance: random.Random = field(default_factory=lambda: random.Random(1871))  # noqa: S311  (a story, not a lot)

    def go_to(self, days_ago: float) -> None:
        """Move on to so many days before today (never back), letting everything due happen on the way, when it is."""
        target = self.begun - timedelta(days=days_ago)
        while (now := folkmoot_now()) < target:
            stop = next_due(now)
            set_clock(min(target, now + STEP, stop + MOMENT) if stop else min(target, now + STEP))
            let_happen()

    def wait(self, minutes: int) -> None:
        """Some minutes pass, if there are so many before the present."""
        later = folkmoot_now() + timedelta(minutes=minutes)
        if later < self.begun:
            set_clock(later)

    def start_at(self, days_ago: float) -> None:
        """Where the story begins; nothing has happened yet."""
        set_clock(self.begun - timedelta(days=days_ago))
        let_happen()

    def arrive(self) -> None:
        """Back to the real time, which is now; what fell due meanwhile happens."""
        set_offset(timedelta())
        let_happen()

    def propose(self, body: Body, author: Person, title: str, text: str, **more: object) -> Proposal:
        """Write a proposal and put it up for discussion."""
        at = folkmoot_now()
        proposal = proposals.draft(body, by=author, at=at, title=title, text=text, **more)  # type: ignore[arg-type]
        return proposals.put_up(proposal, by=author, at=at)

    def offer(  # noqa: PLR0917  (a sentence of the story)
        self, body: Body, author: Person, title: str, text: str, person: Person, task: str, limits: str, days: int = 300
    ) -> Proposal:
        """Propose a mandate, which the person accepts."""
        at = folkmoot_now()
        proposal = proposals.draft(body, by=author, at=at, title=title, text=text, kind="mandate")
        mandates.offer(proposal, mandates.Terms(person, task, limits, days, report_days=30), by=author)
        proposals.put_up(proposal, by=author, at=at)
        mandates.accept(proposal, by=person, at=at)
        return proposal

    def talk(self, proposal: Proposal, *said: tuple[Person, str]) -> None:
        """People say something, one after the other; an answer begins with an arrow to the one before."""
        last: Comment | None = None
        for person, words in said:
            answers = words.startswith("> ")
            parent = last if answers else None
            self.wait(self.chance.randint(15, 240))
            last = comments.write(proposal, words.removeprefix("> "), by=person, at=folkmoot_now(), parent=parent)

    def open(self, proposal: Proposal, by: Person, closes_at: datetime | None = None) -> Vote:
        """Open its vote."""
        return opening.open_vote(proposal, by=by, closes_at=closes_at)

    def vote(self, vote: Vote, people: Iterable[Person], **shares: float) -> None:
        """People vote; `agree=.8, disagree=.1` are the chances, what is left over stays silent."""
        roll = set(vote.roll.values_list("person", flat=True))
        for person in people:
            draw, position = self.chance.random(), None
            for name, share in shares.items():
                if draw < share:
                    position = Position(name)
                    break
                draw -= share
            if position is None or person.pk not in roll:
                continue
            try:
                self.cast(vote, person, position)
            except TooLate:  # a recall closes early
                return

    def cast(self, vote: Vote, person: Person, choice: Choice, reason: str = "") -> None:
        """One position or choice, with its reason; in a secret vote a ballot with a code that nobody writes down."""
        if vote.secret:
            secret_ballots.cast(vote, choice, new_code(), by=person)
        else:
            ballots.cast(vote, choice, by=person, reason=reason)

    def join(self, body: Body, people: Iterable[Person]) -> None:
        """Founding members come in. They know each other: nobody is told of each."""
        with transaction.atomic():
            for person in people:
                admit(body, person, at=folkmoot_now(), invited_by=body.memberships.first())
            joined = Cause.objects.filter(body=body, what=Cause.What.MEMBER_JOINED, fanned_at=None)
            joined.update(fanned_at=folkmoot_now())

    def todo(self, what: str, person: Person, in_days: int) -> Todo:
        """A task with a day."""
        return Todo(what, person, self.day(in_days))

    def day(self, in_days: int) -> date:
        """A day from where the story is."""
        return folkmoot_now().date() + timedelta(days=in_days)

    def in_hours(self, hours: int) -> datetime:
        """A moment some hours from where the story is."""
        return folkmoot_now() + timedelta(hours=hours)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens so many days before today."""

    days_ago: float
    happen: Callable[[], object]


@dataclass
class World:
    """One body of the story: its people, and the proposals that later events speak of."""

    t: Teller
    body: Body
    cast: dict[str, Person]
    people: list[Person]
    kept: dict[str, Proposal] = field(default_factory=dict)

    def decide(self, name: str, by: str | Person, **shares: float) -> Vote:
        """Open the vote on a kept proposal; people vote by these chances."""
        opener = self.cast[by] if isinstance(by, str) else by
        vote = self.t.open(self.kept[name], opener)
        self.t.vote(vote, self.people, **shares)
        return vote

    def vote_again(self, name: str, **shares: float) -> None:
        """People vote in whatever vote on it is open now."""
        vote = self.kept[name].votes.filter(counted_at=None).get()
        self.t.vote(vote, self.people, **shares)

    def block(self, name: str, by: str, reason: str) -> None:
        """Somebody blocks."""
        self.t.cast(self.kept[name].votes.filter(counted_at=None).get(), self.cast[by], "block", reason)

    def say(self, name: str, by: str, words: str) -> None:
        """Somebody says something."""
        self.t.talk(Proposal.objects.get(pk=self.kept[name].pk), (self.cast[by], words))

    def mandate(self, name: str) -> Mandate:
        """The mandate that a kept proposal granted."""
        return Mandate.objects.get(granted_by=self.kept[name])

    def did(self, name: str, note: str) -> None:
        """Whoever has a task of this decision and has not said so yet says that it is done."""
        for task in Task.objects.filter(proposal=self.kept[name], done_at=None).exclude(person=None):
            todos.finish(task, by=task.person, at=folkmoot_now(), note=note)  # type: ignore[arg-type]

    def confirm(self) -> None:
        """People vote in the confirmation of an urgent decision, once the clock has opened it."""
        for vote in Vote.objects.open().filter(proposal__body=self.body, proposal__confirms__isnull=False):
            self.t.vote(vote, self.people, agree=0.75)

    def leave(self, person: Person) -> None:
        """Somebody moves away."""
        leave(self.body, by=person)
        self.people.remove(person)


def set_clock(moment: datetime) -> None:
    """Make `folkmoot_now()` say that moment (as the owner)."""
    set_offset(get_offset() + (moment - folkmoot_now()))


def let_happen() -> None:
    """Everything that is due; for secret votes what their signer does, here in this process."""
    folder = votes.ready()
    with folder.locked():
        votes.tend()
    settle()
    with folder.locked():
        votes.destroy_counted()


def next_due(now: datetime) -> datetime | None:
    """The next moment at which a vote, a mandate, a round of talks or the time for objections ends."""
    moments = (
        Vote.objects.open().filter(closes_at__gt=now).aggregate(at=Min("closes_at"))["at"],
        Mandate.objects.in_force(now).aggregate(at=Min("ends_at"))["at"],
        Proposal.objects.filter(stage=Stage.ROUND, round_ends_at__gt=now).aggregate(at=Min("round_ends_at"))["at"],
        Application.objects.filter(stage="objections", objections_until__gt=now).aggregate(at=Min("objections_until"))[
            "at"
        ],
    )
    return min((moment for moment in moments if moment is not None), default=None)
