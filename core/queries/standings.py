"""How votes stand: what may be shown of the count, and when."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from core.models import Ballot, Charter, Person, Vote
from core.queries.alternatives import get_ahead, get_counts, get_position, tells_running
from core.rules.counting import Outcome, Reason
from core.rules.positions import POSITIONS, Position, Rule
from core.rules.secrecy import REVEALING_UNDER
from core.words import alternatives, outcomes, positions, rules, secrecy


@dataclass(frozen=True, slots=True)
class Standing:
    """One vote as its page shows it. `counts` is None while nobody may see them.

    `ahead` are, in a vote between several texts, those that come first as it stands: none may be said of several.
    """

    vote: Vote
    at: datetime
    counts: Mapping[Position, int] | None
    ahead: tuple[int, ...] = ()

    @property
    def is_level(self) -> bool:
        """Whether several texts are marked equally often: then no rule can be applied to any of them yet."""
        return len(self.ahead) > 1

    @property
    def rule(self) -> Rule:
        """How it is decided."""
        return Rule(self.vote.rule)

    @property
    def roll(self) -> int:
        """How many may vote."""
        return self.vote.roll_size or 0

    @property
    def is_open(self) -> bool:
        """Whether ballots are taken now."""
        return self.vote.is_open(self.at)

    @property
    def is_counted(self) -> bool:
        """Whether it is decided."""
        return self.vote.counted_at is not None

    @property
    def parts(self) -> list[tuple[str, str, int]]:
        """The pieces of its bar."""
        return positions.parts(self.rule, self.counts or {})

    @property
    def taken_part(self) -> int:
        """How many have taken part; 0 while nobody may see it."""
        return sum((self.counts or {}).values())

    @property
    def quorum(self) -> int | None:
        """The quorum as the bar marks it."""
        return rules.marked_quorum(self.vote.terms)

    @property
    def explained(self) -> str:
        """How it is decided, with its own numbers."""
        said = rules.explain(self.vote.terms)
        return f"{alternatives.explain()} {said}" if self.vote.has_alternatives else said

    @property
    def sentence(self) -> str:
        """The outcome in words; while it is open, how it would end as it stands. Empty while counts are hidden."""
        if self.is_counted and self.counts is None:
            return outcomes.tell_alone(Outcome(self.vote.outcome), self.rule)
        if self.counts is None:
            return ""
        if self.is_counted:
            return outcomes.tell(Outcome(self.vote.outcome), Reason(self.vote.reason), self.counts, self.vote.terms)
        return outcomes.as_it_stands(self.counts, self.vote.terms)

    @property
    def tone(self) -> str:
        """The colour of its sentence."""
        if self.is_counted:
            return outcomes.TONES[Outcome(self.vote.outcome)]
        if self.counts is None:
            return "mute"
        return outcomes.tone_as_it_stands(self.counts, self.vote.terms)

    @property
    def why_open(self) -> str:
        """Why a recall, a removal, an election is an open vote; empty for all others."""
        return secrecy.why_open(self.vote)

    @property
    def may_reveal(self) -> bool:
        """Whether so few may vote secretly that the result alone may tell of people."""
        return bool(self.vote.secret) and self.roll < REVEALING_UNDER


def get_standing(vote: Vote, shown: Sequence[Ballot], *, at: datetime) -> Standing:
    """A vote with the counts that may be seen now. `shown` are all its ballots where it is consensus."""
    if vote.counted_at is not None:
        ahead = (vote.first,) if vote.first is not None else ()
        return Standing(vote, at, vote.counts if vote.tells_counts else None, ahead)
    if vote.secret:
        return Standing(vote, at, None)
    if vote.has_alternatives:
        return _between_texts(vote, shown, at)
    if vote.rule == Rule.CONSENSUS:
        counted = (Position(ballot.position) for ballot in shown if ballot.position != Position.STRUCK)
        return Standing(vote, at, Counter(counted))
    if vote.charter.counts_visible == Charter.Counts.MEMBERS and vote.is_open(at):
        return Standing(vote, at, _running(vote))
    return Standing(vote, at, None)


def _between_texts(vote: Vote, shown: Sequence[Ballot], at: datetime) -> Standing:
    """An open vote between several texts, as far as it may be seen: the positions on the one that is ahead."""
    if vote.rule != Rule.CONSENSUS and not (tells_running(vote) and vote.is_open(at)):
        return Standing(vote, at, None)
    ballots = shown if vote.rule == Rule.CONSENSUS else list(Ballot.objects.filter(vote=vote))
    ahead = get_ahead(vote, ballots)
    return Standing(vote, at, get_counts(vote, ballots, ahead), ahead)


def _running(vote: Vote) -> dict[Position, int]:
    rows = Ballot.objects.filter(vote=vote).counted().values_list("position").annotate(Count("pk")).order_by()
    return {Position(position): count for position, count in rows}


@dataclass(frozen=True, slots=True)
class Group:
    """The people who took one position; `more` are not named on the page."""

    label: rules.Words
    tone: str
    people: list[Person]
    more: int


def get_groups(standing: Standing, shown: Sequence[Ballot]) -> list[Group]:
    """Who took which position, in the order of the rule."""
    counts = standing.counts or {}
    people: dict[str, list[Person]] = {}
    for ballot in shown:
        people.setdefault(get_position(standing.vote, ballot, standing.ahead), []).append(ballot.roll.person)
    return [
        Group(
            positions.LABELS[position],
            positions.TONES[position],
            sorted(people.get(position.value, []), key=lambda person: person.display_name.casefold()),
            count - len(people.get(position.value, [])),
        )
        for position, count in ((each, counts.get(each, 0)) for each in POSITIONS[standing.rule])
        if count
    ]
