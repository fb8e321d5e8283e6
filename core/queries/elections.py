"""An election as its page shows it: who stands, what one can do, and the count step by step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.models import Audit, Ballot, Candidacy, Election, Mandate, Person, Proposal, Stage, Vote
from core.permissions import elections as may
from core.permissions.members import is_member
from core.queries.audits import labels_of
from core.refusals import Verdict
from core.registry import AuditMatter
from core.rules.choices import NONE_OF_THESE, read
from core.rules.counting import floor
from core.rules.positions import Rule
from core.rules.stv import WHOLE
from core.words import elections as words


@dataclass(frozen=True, slots=True)
class Seat:
    """One who was elected, and the mandate; none if they could not hold it any more."""

    person: Person
    mandate: Mandate | None


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a drawn count: a name, how much, the same in percent of the widest, the mark in percent."""

    name: str
    said: str
    change: str
    width: str
    tone: str


@dataclass(frozen=True, slots=True)
class StageShown:
    """One stage of a count, in sentences and drawn."""

    number: int
    sentences: list[str]
    bars: list[Bar]
    not_transferable: str


@dataclass(frozen=True, slots=True)
class Cell:
    """How many ballots prefer the row to the column, and whether these are more than the other way round."""

    said: str
    wins: bool


@dataclass(slots=True)
class CountShown:
    """The count of one vote. Which parts there are depends on the method.

    `ballots` is None where so few secret ballots were cast that only who is elected is told.
    """

    ballots: int | None
    rule: Rule
    seats: list[Seat]
    vacant: str
    notes: list[str] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    needed: int | None = None
    mark: str = ""
    stages: list[StageShown] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    pairs: list[tuple[str, list[Cell]]] = field(default_factory=list)
    duels: list[str] = field(default_factory=list)
    seed: str = ""
    seed_hash: str = ""
    drawn: bool = False

    @property
    def rows(self) -> list[tuple[str, list[str]]]:
        """All stages in one table: each candidate with the votes at every stage."""
        return [
            (line.name, [stage.bars[at].said for stage in self.stages])
            for at, line in enumerate(self.stages[0].bars if self.stages else [])
        ]


@dataclass(slots=True)
class ElectionPage:
    """What a proposal's page shows of its election."""

    election: Election
    candidates: list[Candidacy]
    asked: list[Candidacy]
    own: Candidacy | None
    stand: Verdict | None
    step_back: Verdict | None
    propose: bool
    count: CountShown | None = None
    choices: list[tuple[Person, str]] = field(default_factory=list)

    @property
    def audit(self) -> Audit | None:
        """What an auditor is elected for, if one is; read with the election."""
        return getattr(self.election.proposal, "audit", None)

    @property
    def matters(self) -> list[AuditMatter]:
        """What the auditor is to read."""
        return labels_of(self.audit) if self.audit is not None else []

    @property
    def names(self) -> dict[int, str]:
        """The names on the ballot by their numbers."""
        named = {row.number: row.person.display_name for row in self.candidates if row.number is not None}
        return named | {NONE_OF_THESE: str(words.NOBODY)}


def get_election(proposal: Proposal, person: Person, vote: Vote | None, shown: Sequence[Ballot]) -> ElectionPage:
    """The election of a proposal, as the person sees it; `shown` are the ballots that they may see."""
    rows, own = may.candidacies_of(proposal), may.candidacy_of(person, proposal)
    election = (
        rows[0].election if rows else (Election.objects.select_related("proposal__audit__body").get(proposal=proposal))
    )
    talking = proposal.stage == Stage.DISCUSSION
    page = ElectionPage(
        election=election,
        candidates=[row for row in rows if row.stands and (vote is None or row.number is not None)],
        asked=[row for row in rows if row.waits and talking],
        own=own,
        stand=may.can_stand(person, proposal) if talking and (own is None or not own.stands) else None,
        step_back=may.can_step_back(person, proposal) if talking and own and own.withdrawn_at is None else None,
        propose=talking and bool(is_member(person, proposal.body)),
    )
    if vote is not None and vote.counted_at is not None and "elected" in (vote.tally or {}):
        page.count = get_count(vote, page)
        page.choices = choices(shown, page, ranked=vote.rule != Rule.APPROVAL)
    return page


def choices(shown: Sequence[Ballot], page: ElectionPage, *, ranked: bool) -> list[tuple[Person, str]]:
    """Who chose whom, by name; open elections show it after the close."""
    said = [
        (ballot.roll.person, words.choice(read(ballot.choice), page.names, ranked=ranked))
        for ballot in shown
        if ballot.choice
    ]
    return sorted(said, key=lambda each: each[0].display_name.casefold())


def get_count(vote: Vote, page: ElectionPage) -> CountShown:
    """The stored count of a vote, ready to be drawn. One statement: the mandates that were given."""
    tally: Mapping[str, Any] = vote.tally or {}
    people = {row.number: row.person for row in page.candidates}
    held = {mandate.person_id: mandate for mandate in Mandate.objects.filter(granted_by=vote.proposal_id)}
    adopted = vote.outcome == "adopted"
    seats = [Seat(people[number], held.get(people[number].pk)) for number in tally["elected"]]
    filled = sum(seat.mandate is not None for seat in seats)
    empty = (vote.seats or 0) - filled
    count = CountShown(
        ballots=tally.get("ballots"),
        rule=Rule(vote.rule),
        seats=seats,
        vacant=words.vacant(empty) if empty and adopted else "",
        seed=vote.seed,
        seed_hash=vote.seed_hash,
    )
    if count.ballots is None:
        return count
    FILL[count.rule](count, tally, page.names)
    if adopted or vote.outcome == "not_adopted":
        count.notes += left_vacant(tally, page.names, floor(vote.roll_size or 0))
    return count


def left_vacant(tally: Mapping[str, Any], names: Mapping[int, str], least: int) -> list[str]:
    """Why seats that the method gave away stay vacant."""
    seated = tally.get("seated") or ([tally["winner"]] if "winner" in tally else [])
    favour = tally["favour"]
    said = [
        words.too_few(names[number], favour[str(number)], least)
        for number in seated
        if number != NONE_OF_THESE and favour[str(number)] < least
    ]
    return [words.none_won(), *said] if NONE_OF_THESE in seated else said


def fill_approval(count: CountShown, tally: Mapping[str, Any], names: Mapping[int, str]) -> None:
    """A bar for each candidate over all ballots, and the line that a seat needs."""
    approvals = {int(number): papers for number, papers in tally["approvals"].items()}
    whole = max(tally["ballots"], tally["needed"], 1)
    count.needed, count.mark = tally["needed"], percent(tally["needed"], whole)
    for number in sorted(approvals, key=lambda each: (-approvals[each], each)):
        tone = "leaf" if number in tally["elected"] else "mute"
        width = percent(approvals[number], whole)
        count.bars.append(Bar(names[number], str(approvals[number]), "", width, tone))
    add_lot(count, tally["lot"], names)


def fill_schulze(count: CountShown, tally: Mapping[str, Any], names: Mapping[int, str]) -> None:
    """The table of pairs, and each pair in a sentence."""
    pairs = tally["pairs"]
    everybody = [*range(1, len(pairs)), NONE_OF_THESE]
    count.names = [names[number] for number in everybody]
    count.pairs = [(names[one], [cell(pairs, one, other) for other in everybody]) for one in everybody]
    for place, one in enumerate(everybody):
        for other in everybody[place + 1 :]:
            first, last = (one, other) if pairs[one][other] >= pairs[other][one] else (other, one)
            count.duels.append(words.duel(names[first], names[last], pairs[first][last], pairs[last][first]))
    add_lot(count, tally["lot"], names)


def cell(pairs: Sequence[Sequence[int]], one: int, other: int) -> Cell:
    """One cell of the table; nothing where a candidate meets itself."""
    if one == other:
        return Cell("", wins=False)
    return Cell(str(pairs[one][other]), wins=pairs[one][other] > pairs[other][one])


def fill_stv(count: CountShown, tally: Mapping[str, Any], names: Mapping[int, str]) -> None:
    """Every stage with its sentences and bars."""
    quota = tally["quota"]
    most = max((votes for stage in tally["stages"] for votes in stage["votes"].values()), default=0)
    scale = Scale(names, max(most, quota * WHOLE))
    count.needed, count.mark = quota, percent(quota * WHOLE, scale.whole)
    before: Mapping[str, int] = {}
    seated: set[int] = set()
    for number, stage in enumerate(tally["stages"], start=1):
        seated |= set(stage["elected"])
        rest = words.votes(stage["not_transferable"]) if stage["not_transferable"] else ""
        drawn = bars(stage, before, seated, scale)
        count.stages.append(StageShown(number, words.stage(stage, names, quota), drawn, rest))
        count.drawn = count.drawn or stage["lot"] is not None
        before = stage["votes"]


def bars(stage: Mapping[str, Any], before: Mapping[str, int], seated: set[int], scale: "Scale") -> list[Bar]:
    """Every candidate at one stage, "none of these" last, with what came or went."""
    drawn = []
    for number in [*sorted(set(scale.names) - {NONE_OF_THESE}), NONE_OF_THESE]:
        has = stage["votes"][str(number)]
        change = has - before.get(str(number), has)
        said = f"{'+' if change > 0 else '−'}{words.votes(abs(change))}" if change else ""
        tone = "leaf" if number in seated else "mute"
        drawn.append(Bar(scale.names[number], words.votes(has), said, percent(has, scale.whole), tone))
    return drawn


@dataclass(frozen=True, slots=True)
class Scale:
    """Whose bars are drawn, and the votes that are as wide as the page."""

    names: Mapping[int, str]
    whole: int


def add_lot(count: CountShown, lot: Mapping[str, Any] | None, names: Mapping[int, str]) -> None:
    """The draw, if there was one."""
    if lot is not None:
        count.notes.append(words.lot(lot, names))
        count.drawn = True


def percent(part: int, whole: int) -> str:
    """A length for SVG, with a point whatever the language."""
    return f"{part * 100 / whole:.2f}%"


FILL = {Rule.APPROVAL: fill_approval, Rule.SCHULZE: fill_schulze, Rule.STV: fill_stv}
