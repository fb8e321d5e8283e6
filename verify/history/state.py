"""What a record has told so far: members, charters, applications, proposals with their votes, mandates."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Callable

from verify.canonical import Unreadable
from verify.counting import Terms
from verify.findings import Findings
from verify.terms import Numbers
from verify.times import moment

NOT_DONE = ("second_call", "weak", "reopen", "round_due", "decide", "to_wait")
"""Stages that last no longer than the transaction they come of: a record never ends with one."""
WITHOUT_LABEL = ("applicant", "forgotten")
"""Who has no label: people who are not members yet, and those whose label was destroyed before they acted."""


@dataclass(frozen=True)
class Line:
    """One line: its number, its own time and that of the act, what happened, who did it."""

    seq: int
    time: int
    at: int
    what: str
    who: str | None
    data: dict[str, Any]

    def number(self, name: str) -> int:
        """A whole number that must stand in it. Raises `Unreadable`."""
        found = self.data.get(name)
        if type(found) is not int:
            raise Unreadable(name)
        return found

    def maybe(self, name: str) -> int | None:
        """A whole number, or nothing."""
        return None if self.data.get(name) is None else self.number(name)

    def text(self, name: str) -> str:
        """A text that must stand in it. Raises `Unreadable`."""
        found = self.data.get(name)
        if type(found) is not str:
            raise Unreadable(name)
        return found

    def moment(self, name: str) -> int:
        """A time that must stand in it."""
        return moment(self.data.get(name))

    def texts(self, name: str) -> list[str]:
        """A list of texts. Raises `Unreadable`."""
        found = self.data.get(name)
        if not isinstance(found, list) or any(type(each) is not str for each in found):
            raise Unreadable(name)
        return found

    def flag(self, name: str) -> bool:
        """Whether something is said to be so; not said is no."""
        return self.data.get(name) is True


@dataclass
class Member:
    """A label: since when, from when on with a voice, until when."""

    joined: int
    voice_from: int
    ended: int | None = None
    how: str = ""

    def has_voice(self, at: int) -> bool:
        """Whether they vote and count at that moment."""
        return self.ended is None and self.voice_from <= at


@dataclass
class Application:
    """Somebody who asks to join."""

    stage: str = "open"
    vouched: list[str] = field(default_factory=list)
    until: int | None = None
    contested: bool = False


@dataclass
class Amendment:
    """Other words for a passage: who proposed them, what became of them, whether they stand as an alternative."""

    author: str | None
    state: str = "open"
    stands: bool = False


@dataclass
class Merging:
    """Two labels that are said to be one person's: the one stays, the other ends."""

    stays: str
    ends: str
    vouched: list[str] = field(default_factory=list)
    until: int | None = None
    agreed: bool = False
    over: bool = False


@dataclass
class Vote:
    """One opening of a proposal. `others` are the amendments that stand on its ballot, `first` the text decided on."""

    number: int
    key: int
    terms: Terms
    line: int
    opened: int
    closes: int
    meets: int | None
    second: bool
    secret: bool
    codes: bool
    roll: frozenset[str]
    after_round: bool
    candidates: list[str | None] = field(default_factory=list)
    seats: int = 0
    seed: str = ""
    judged: bool = False
    others: list[int] = field(default_factory=list)
    first: int = 0
    marks: dict[str, int] = field(default_factory=dict)
    outcome: str = ""
    tally: dict[str, int] | None = None
    said: dict[str, Any] = field(default_factory=dict)
    root: str = ""
    counted_line: int = 0
    heard: bool = False
    hidden: int = 0
    shown: frozenset[str] = frozenset()
    blockers: frozenset[str] | None = None
    entered: set[str] = field(default_factory=set)
    contested: set[str] = field(default_factory=set)
    aided: dict[str, set[str]] = field(default_factory=dict)


@dataclass
class Proposal:
    """Anything the body decides, and where it is. `outcome` is what has to follow while it is to be decided."""

    key: int
    kind: str
    urgent: bool
    author: str | None
    discussion: int
    version: int
    stage: str = "discussion"
    outcome: str = ""
    decided: int = 0
    line: int = 0
    charter: int = 0
    drafted_under: int = 0
    rounds: int = 0
    round_ends: int = 0
    seconds: set[str] = field(default_factory=set)
    accepted: bool = False
    waived: bool = False
    spoke: dict[int, set[str]] = field(default_factory=dict)
    standing: dict[str, int] = field(default_factory=dict)
    votes: list[Vote] = field(default_factory=list)
    about: dict[str, Any] = field(default_factory=dict)
    effect: str = ""
    seen: bool = False
    granted: list[str] = field(default_factory=list)
    vacant: list[str] = field(default_factory=list)
    elected: list[int] = field(default_factory=list)
    in_force: bool = False
    amendments: dict[int, Amendment] = field(default_factory=dict)
    summaries: dict[str, int] = field(default_factory=dict)
    taking_over: int = 0
    decided_at: int = 0
    fallen: bool = False
    matter: str = ""
    closes: int = 0
    not_before: int = 0
    people: int = 0
    seats: frozenset[int] = frozenset()
    bodies: frozenset[str] = frozenset()
    narrow: bool = False

    @property
    def open_vote(self) -> Vote | None:
        """The vote that is open, if one is."""
        return self.votes[-1] if self.votes and self.stage == "voting" else None


@dataclass
class Mandate:
    """A task given to somebody, until when, and how it ended."""

    holder: str
    starts: int
    ends: int
    granted_by: int = 0
    renewal: int = 0
    line: int = 0
    title: str | None = None
    ended: int | None = None
    members: int = 0
    commitments: frozenset[str] = frozenset()


@dataclass
class Case:
    """A complaint about conduct: its lot, the numbers that are asked and that have a seat, where it is."""

    seed_hash: str
    stage: str = "opened"
    order: list[int] = field(default_factory=list)
    next_place: int = 0
    asked: list[int] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    decided: int = 0
    appeal: int = 0


@dataclass
class Board:
    """A council to be that a catalyst group founds: since when, until when, and whether that is over."""

    opened: int
    ends: int
    longer: bool = False
    closed: bool = False


@dataclass
class Audit:
    """An audit: what is read, under which mandates (none in the body's own record), until when, and what was."""

    matters: frozenset[str]
    mandates: set[int | None] = field(default_factory=set)
    ends: int = 0
    read: set[int] = field(default_factory=set)
    findings: int = 0


@dataclass
class Seat:
    """A body in a confederation, as the record of one of the two tells it; `other` is the record of the other one."""

    other: str
    voice: bool
    ended: bool = False


@dataclass
class Wait:
    """Something that must still follow in the record: a sentence if it does not."""

    code: str
    line: int
    met: Callable[[Line], bool]
    values: dict[str, Any] = field(default_factory=dict)


@dataclass
class House:
    """All of it, for one body."""

    findings: Findings
    members: dict[str, Member] = field(default_factory=dict)
    holders: set[str] = field(default_factory=set)
    charters: dict[int, Numbers] = field(default_factory=dict)
    in_force: list[int] = field(default_factory=list)
    adopted_at: int | None = None
    ended: bool = False
    ended_at: int = 0
    founders: int = 3
    kind: str = ""
    adoptions: dict[int, set[str]] = field(default_factory=dict)
    objections: dict[int, set[str]] = field(default_factory=dict)
    boards: dict[int, Board] = field(default_factory=dict)
    audits: dict[int, Audit] = field(default_factory=dict)
    suspended: bool = False
    codes: dict[str, int] = field(default_factory=dict)
    accepted: set[tuple[str, str, int]] = field(default_factory=set)
    posts: set[int] = field(default_factory=set)
    founded_by: frozenset[str] = frozenset()
    seats: dict[int, Seat] = field(default_factory=dict)
    places: dict[int, Seat] = field(default_factory=dict)
    ceded: dict[int, bool] = field(default_factory=dict)
    counted: set[int] = field(default_factory=set)
    applications: dict[int, Application] = field(default_factory=dict)
    mergings: dict[int, Merging] = field(default_factory=dict)
    proposals: dict[int, Proposal] = field(default_factory=dict)
    votes: dict[int, tuple[Proposal, Vote]] = field(default_factory=dict)
    mandates: dict[int, Mandate] = field(default_factory=dict)
    assemblies: dict[int, str] = field(default_factory=dict)
    cases: dict[int, Case] = field(default_factory=dict)
    ended_by_panel: set[int] = field(default_factory=set)
    links: dict[tuple[str, int], list[Proposal]] = field(default_factory=dict)
    effects_due: list[Proposal] = field(default_factory=list)
    waits: list[Wait] = field(default_factory=list)
    restored_line: int = 0
    restored_at: int = 0
    restores: list[tuple[int, str]] = field(default_factory=list)
    strange: Counter[str] = field(default_factory=Counter)
    charter_texts: dict[tuple[int, str], str] = field(default_factory=dict)
    under_way: dict[str, list[Proposal]] = field(default_factory=dict)
    vouching: dict[str, list[Application]] = field(default_factory=dict)
    coming: int = 0

    @property
    def inside(self) -> int:
        """How many bodies have a voice in this confederation."""
        return sum(seat.voice and not seat.ended for seat in self.seats.values())

    @property
    def charter(self) -> Numbers:
        """The numbers in force now. Raises `Unreadable` before there are any."""
        if not self.in_force:
            raise Unreadable("no charter in force")
        return self.charters[self.in_force[-1]]

    def proposal(self, line: Line) -> Proposal:
        """The proposal that a line tells of. Raises `Unreadable` if the record knows none."""
        found = self.proposals.get(line.number("proposal"))
        if found is None:
            raise Unreadable("proposal")
        return found

    def linked(self, name: str, key: int) -> list[Proposal]:
        """Proposals that name another one: what they confirm, replace or review."""
        return self.links.get((name, key), [])

    def is_due(self, proposal: Proposal) -> None:
        """It was adopted: what it does has to follow at once."""
        proposal.effect = "due"
        self.effects_due.append(proposal)

    def no_longer_due(self, proposal: Proposal) -> None:
        """Its effect has been told."""
        self.effects_due = [each for each in self.effects_due if each is not proposal]

    def carrying(self, kind: str, name: str, value: Any) -> Proposal | None:
        """The adopted proposal of a kind, about something, whose effect is being carried out; it is seen now."""
        for each in self.effects_due:
            if each.kind == kind and each.about.get(name) == value:
                each.seen = True
                return each
        return None

    def electors(self, at: int) -> frozenset[str]:
        """The labels with a voice at a moment."""
        return frozenset(label for label, member in self.members.items() if member.has_voice(at))

    def is_member(self, label: str | None) -> bool:
        """Whether a label is one of a member now."""
        found = self.members.get(label or "")
        return found is not None and found.ended is None

    def knows(self, label: str | None) -> bool:
        """Whether a label is one of a member, or of somebody from below who has accepted a mandate of a confederation:
        there people are no members.
        """
        return label in self.members or label in self.holders

    def may_be(self, label: str | None, earlier: str | None) -> bool:
        """Whether two labels may be one person's: the same one, or one that began when the other had ended. Who
        leaves and comes back has another label, and nothing in the record ties the two.
        """
        if label == earlier:
            return label is not None
        before, now = self.members.get(earlier or ""), self.members.get(label or "")
        return before is not None and before.ended is not None and now is not None and now.joined >= before.ended

    def must_follow(self, code: str, line: Line, met: Callable[[Line], bool], **values: Any) -> None:
        """Something has to follow this line."""
        self.waits.append(Wait(code, line.seq, met, values))

    def unless(self, holds: bool, code: str, line: Line, **values: Any) -> bool:
        """Say a sentence unless something holds; the answer is whether it does."""
        self.findings.checked["rules"] += 1
        if not holds:
            self.findings.add(code, line.seq, **values)
        return holds
