"""What core and the pillars register at start-up (apps.py), so that core causes things above it without knowing them.

The kinds of proposals: what each is called, how it is decided, and what adopting it does; the closer calls
`carry_out` in the closing transaction. The outcomes of cases. What a pillar has a say in. What falls due in it. What
it shows on the page of a body.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db import DatabaseError
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.locks import Touched
from core.models import Body, Case, Mandate, Membership, Person, Proposal
from core.refusals import ALLOWED, Denied, Refusal, Verdict
from core.rules.terms import Matter


class Impossible(Refusal):
    """The effect of an adopted proposal cannot be carried out any more; the decision stands, a task is made."""


def touches_nothing(_proposal: Proposal) -> Touched:
    """For kinds whose effect changes no other row."""
    return Touched()


@dataclass(frozen=True, slots=True)
class Panel:
    """A card on a page: a template with what it shows; on the page of a body in the main column, or beside it."""

    template: str
    about: Mapping[str, Any] = field(default_factory=dict)
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of proposal.

    `matter` says how it is decided. `touches` names the rows that `carry_out` will change: they are locked
    before the vote is judged. `stands` puts an adopted one into the register of decisions in force. `counts`
    makes it one of the author's open proposals. `by_clock` lets the clock open its vote,
    `at_once` without a discussion before it. `waivable` lets an assembly waive what is left of the discussion minimum.
    `alternatives` lets other texts come to the vote beside its own: only where the text alone is what is decided.
    `as_written` lets people write one with the form of decisions. `ends` is for what may end the body: one such
    proposal at a time. `shows` is what its page says beside the text. `times` says, for what others wait for, when the
    clock opens its vote and when that closes. `electors` names the only memberships that are on the roll.
    """

    name: str
    label: str | Promise
    matter: Callable[[Proposal], Matter]
    carry_out: Callable[[Proposal, datetime], None] | None = None
    refused: Callable[[Proposal, datetime], None] | None = None
    touches: Callable[[Proposal], Touched] = touches_nothing
    stands: bool = False
    counts: bool = True
    withdrawable: bool = True
    by_clock: bool = False
    at_once: bool = False
    waivable: bool = False
    alternatives: bool = False
    discussion_days: int = 0
    as_written: bool = False
    ends: bool = False
    shows: Callable[[Proposal], Panel | None] | None = None
    times: Callable[[Proposal], "Times | None"] | None = None
    electors: Callable[[Proposal, datetime], Sequence[int]] | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """When the vote on a proposal opens and closes, fixed by others than its body."""

    opens_at: datetime
    closes_at: datetime


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Add a kind; twice the same name is a mistake."""
    if kind.name in KINDS:
        raise ValueError(kind.name)
    KINDS[kind.name] = kind


def kind_of(proposal: Proposal) -> Kind:
    """The kind of a proposal."""
    return KINDS[proposal.kind]


def kinds_that_count() -> list[str]:
    """The kinds that count as open proposals of their author."""
    return [name for name, kind in KINDS.items() if kind.counts]


def kinds_as_written() -> list[Kind]:
    """The kinds that are written with the form of decisions."""
    return [kind for kind in KINDS.values() if kind.as_written]


def kinds_that_end() -> list[str]:
    """The kinds by which a body may end."""
    return [name for name, kind in KINDS.items() if kind.ends]


def get_choices() -> list[tuple[str, str]]:
    """All kinds by name, for the schema of the API."""
    return [(name, name) for name in sorted(KINDS)]


def times_of(proposal: Proposal) -> Times | None:
    """When its vote opens and closes, where that is not for its body to say."""
    times = kind_of(proposal).times
    return times(proposal) if times is not None else None


def matter_of(proposal: Proposal) -> Matter:
    """How this proposal is decided."""
    return kind_of(proposal).matter(proposal)


class Asked(StrEnum):
    """What a pillar may have a say in."""

    JOIN = "join"
    ADOPT = "adopt"
    HOLD = "hold"
    AUDIT = "audit"


Check = Callable[[Person, Body, datetime], Verdict]
"""Whether a person may join a body, adopt its first charter, hold a mandate there, audit it for its host."""
CHECKS: dict[Asked, list[Check]] = {asked: [] for asked in Asked}


def register_check(asked: Asked, check: Check) -> None:
    """Have a say; the same say twice is a mistake."""
    if check in CHECKS[asked]:
        raise ValueError(check)
    CHECKS[asked].append(check)


def pillars_allow(asked: Asked, person: Person, body: Body, *, at: datetime) -> Verdict:
    """The first refusal, if any pillar refuses."""
    verdicts = (check(person, body, at) for check in CHECKS[asked])
    return next((verdict for verdict in verdicts if not verdict), ALLOWED)


Moves = Callable[[Body, datetime], Verdict]
"""Whether a body may become two, or one with others, at that moment."""
MOVES: list[Moves] = []


def register_moves(check: Moves) -> None:
    """Have a say in what bodies become; the same say twice is a mistake."""
    if check in MOVES:
        raise ValueError(check)
    MOVES.append(check)


def pillars_let_move(body: Body, *, at: datetime) -> Verdict:
    """The first refusal, if any pillar refuses."""
    return next((verdict for verdict in (check(body, at) for check in MOVES) if not verdict), ALLOWED)


SAID_BY_THE_DATABASE: dict[str, str | Promise] = {}
"""What triggers of the pillars refuse, by the code of their error: the sentence for people."""


def deny_for_the_database(problem: DatabaseError) -> None:
    """Raise `Denied` with the pillar's sentence, if this is an error of one of its triggers."""
    sentence = SAID_BY_THE_DATABASE.get(getattr(problem.__cause__, "sqlstate", ""))
    if sentence is not None:
        raise Denied(sentence) from problem


Stands = Callable[[Person, Proposal, datetime], Verdict]
STANDS: list[Stands] = []
"""Whether a person may be elected by a proposal: asked when they stand, are asked to, and are given the mandate."""
TOUCHED_BY_ELECTIONS: list[Callable[[Proposal], frozenset[int]]] = []
"""The keys of other bodies that an election touches: the closer locks them too."""
RESTS: list[Callable[[Mandate, datetime], Verdict]] = []
"""Whether acts under a mandate rest for a while. The mandate goes on, and can be given back."""
MEMBERS_OF_BOTH: list[Callable[[Body], QuerySet[Body]]] = []
"""The bodies whose members are members of this one: who leaves here leaves there."""


BELONG: list[Callable[[Person, Body], bool]] = []
"""Who may hold a mandate of a body whose members are bodies: people of those."""


@dataclass(frozen=True, slots=True)
class AskedThere:
    """The kind of news that asks somebody to take a mandate where they cannot read the proposal, and its path."""

    what: str
    path: str


ASKED_THERE: list[Callable[[Proposal], AskedThere | None]] = []
"""Where somebody is asked who is no member of the body that would give the mandate, or have it given."""


def asked_there(proposal: Proposal) -> AskedThere | None:
    """Where the person is asked whom a proposal offers a mandate, if they are no member of its body."""
    if Membership.objects.open().filter(body=proposal.body_id, person=proposal.offer.person_id).exists():
        return None
    return next((found for each in ASKED_THERE if (found := each(proposal)) is not None), None)


def belongs(person: Person, body: Body) -> bool:
    """Whether a person may hold a mandate of a body: as its member, or because a pillar says so."""
    member = Membership.objects.open().filter(body=body, person=person).exists()
    return member or any(belong(person, body) for belong in BELONG)


def may_be_elected(person: Person, proposal: Proposal, *, at: datetime) -> Verdict:
    """The first refusal, if anybody who has a say refuses."""
    verdicts = (stands(person, proposal, at) for stands in STANDS)
    return next((verdict for verdict in verdicts if not verdict), ALLOWED)


def rests(mandate: Mandate, *, at: datetime) -> Verdict:
    """The first reason why acts under a mandate rest; allowed where there is none."""
    verdicts = (rest(mandate, at) for rest in RESTS)
    return next((verdict for verdict in verdicts if not verdict), ALLOWED)


ENDS_ELSEWHERE: list[Callable[[list[int]], Mapping[int, Touched]]] = []
"""What ends in other bodies because these do: by the key of the other body, which is locked with it."""
ON_ENDING: list[Callable[[Body, datetime], None]] = []
"""What a pillar does when a body ends, in the same transaction; all that `ENDS_ELSEWHERE` named is locked."""


def needs_this_one(body: Body) -> frozenset[int]:
    """The keys of the bodies whose members are members of this one."""
    return frozenset(key for bodies in MEMBERS_OF_BOTH for key in bodies(body).values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Duty:
    """What falls due in a pillar: `act` does it for one key, idempotently, and says whether it did; `due` names the
    keys.
    """

    name: str
    act: Callable[[int], bool]
    due: Callable[[datetime], Iterable[int]]


DUTIES: dict[str, Duty] = {}


def register_duty(duty: Duty) -> None:
    """Add a duty; twice the same name is a mistake."""
    if duty.name in DUTIES:
        raise ValueError(duty.name)
    DUTIES[duty.name] = duty


Panels = Callable[[Body, Person | None, datetime], Iterable[Panel]]
PANELS: list[Panels] = []


def register_panels(panels: Panels) -> None:
    """Show cards on the pages of bodies; the same ones twice are a mistake."""
    if panels in PANELS:
        raise ValueError(panels)
    PANELS.append(panels)


def panels_of(body: Body, person: Person | None, at: datetime) -> list[Panel]:
    """The cards of all pillars."""
    return [panel for panels in PANELS for panel in panels(body, person, at)]


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that an auditor can read, as it stands in a list."""

    key: int
    title: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AuditMatter:
    """What an auditor can be sent to read in a body. `rows` are those of a body from a moment on, newest first; `tell`
    names a page of them for whoever reads, `shows` is one of them whole on a page, `data` the same for a program.
    """

    name: str
    label: str | Promise
    rows: Callable[[Body, datetime], QuerySet[Any]]
    tell: Callable[[list[Any], Body, Person], list[Told]]
    shows: Callable[[Any], Panel]
    data: Callable[[Any], Mapping[str, Any]]


MATTERS: dict[str, AuditMatter] = {}


def register_matter(matter: AuditMatter) -> None:
    """Let auditors read it; twice the same name is a mistake."""
    if matter.name in MATTERS:
        raise ValueError(matter.name)
    MATTERS[matter.name] = matter


Posts = Callable[[Body], QuerySet[Mandate]]
POSTS: list[Posts] = []
"""The mandates that a host has given for a body that answers to it, beside those that the body gives itself."""


NO_LONGER_MEMBER = _("The person it names is no longer a member.")


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that stands in a calendar: at a moment, or on a day; `link` is a path on this site."""

    key: str
    words: str
    when: datetime | date
    link: str
    ends: datetime | None = None
    place: str = ""

    @property
    def day(self) -> str:
        """By which occasions are put in order."""
        return self.when.isoformat()


Calendars = Callable[[Person, list[int], datetime], Iterable[Occasion]]
CALENDARS: list[Calendars] = []
"""What the pillars add to the calendars of people: for a person, the keys of bodies, and the moment of asking."""


@dataclass(frozen=True, slots=True)
class Load:
    """One sort of what members of a body carry: by the key of a person, how much of it they carry now."""

    name: str
    label: str | Promise
    held: Callable[[Body, datetime], Mapping[int, int]]


LOADS: list[Load] = []
"""What the pillars add to the page of who carries how much."""


def touches_no_other(_case: Case) -> Touched:
    """For outcomes whose effect changes no row beside the case."""
    return Touched()


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """One way in which a case can end, and what carrying it out does.

    `touches` names the rows that `carry_out` will change: they are locked before the case. `ends_mandate` asks the
    panel for a mandate of the person concerned. `kinds` are the kinds of bodies that have it; none means all.
    """

    name: str
    label: str | Promise
    carry_out: Callable[[Case, datetime], None] | None = None
    touches: Callable[[Case], Touched] = touches_no_other
    ends_mandate: bool = False
    kinds: frozenset[str] = frozenset()


CASE_OUTCOMES: dict[str, CaseOutcome] = {}


def register_outcome(outcome: CaseOutcome) -> None:
    """Add an outcome; twice the same name is a mistake."""
    if outcome.name in CASE_OUTCOMES:
        raise ValueError(outcome.name)
    CASE_OUTCOMES[outcome.name] = outcome


def outcomes_of(body: Body) -> list[CaseOutcome]:
    """The outcomes that a case about conduct in this body can have."""
    return [outcome for outcome in CASE_OUTCOMES.values() if not outcome.kinds or body.kind in outcome.kinds]
