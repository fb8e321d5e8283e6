"""A case for those who have to do with it; for all others, numbers."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.models import Body, Case, CaseFinding, CasePaper, CaseSeat, Mandate, Membership, Person
from core.permissions import cases as may
from core.queries.remembering import remembering
from core.queries.sealed import Look, get_readings
from core.record import label
from core.refusals import Verdict
from core.registry import CASE_OUTCOMES, CaseOutcome, outcomes_of
from core.rules import cases as rules
from core.sealing import store

TELLS_FROM: Final = 3
"""Outcomes are counted from so many closed cases on: of fewer, everybody would know whose they are."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """What all members see of the cases that they judge."""

    opened: int
    closed: int
    acknowledged: int
    sat: int
    outcomes: list[tuple[CaseOutcome, int]]

    @property
    def under_way(self) -> int:
        """Not closed yet."""
        return self.opened - self.closed


@dataclass(frozen=True, slots=True)
class Drawn:
    """One number of the lot, for those who may know whom it stands for."""

    number: int
    person: Person
    commitment: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What somebody of the panel thinks should follow, and what the reader can do about it."""

    finding: CaseFinding
    label: str
    agreed: list[Person]
    mine: bool
    assent: Verdict


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, and its words if they were just read."""

    paper: CasePaper
    words: str | None = None


@dataclass(frozen=True, slots=True)
class CasePage:
    """All that a page of a case shows to one reader."""

    case: Case
    seats: list[CaseSeat]
    seat: CaseSeat | None
    papers: list[Paper]
    readings: list[Look]
    findings: list[Finding]
    outcome: str
    outcomes: list[CaseOutcome]
    mandates: list[Mandate]
    may: dict[str, Verdict]
    waiting: int

    @property
    def reads(self) -> bool:
        """Whether there is a file for this reader at all."""
        return bool(self.papers)


def get_numbers(bench: Body) -> Numbers:
    """The cases that members of a body judge, counted."""
    rows = list(
        Case.objects.filter(bench=bench).values_list(
            "outcome", "ending", "opened_at", "acknowledged_at", "sit_by", "sat_at"
        )
    )
    closed = [row for row in rows if row[1]]
    stood = Counter(row[0] for row in closed if row[1] == Case.Ending.STANDS)
    told = len(closed) >= TELLS_FROM
    return Numbers(
        opened=len(rows),
        closed=len(closed),
        acknowledged=sum(row[3] is not None and row[3] <= row[2] + rules.ANSWER_IN for row in rows),
        sat=sum(row[5] is not None and row[5] <= row[4] for row in rows),
        outcomes=[(CASE_OUTCOMES[name], n) for name, n in stood.most_common() if name in CASE_OUTCOMES] if told else [],
    )


def get_mine(person: Person, bench: Body) -> list[Case]:
    """The cases before this bench that a person has to do with."""
    mine = Case.objects.visible_to(person).filter(bench=bench)
    return list(mine.select_related("body", "bench").order_by("-opened_at"))


def get_case_page(
    case: Case, person: Person, at: datetime, words: Mapping[str, str] | None = None, key_id: str = ""
) -> CasePage:
    """A case for one of those who may see it. `words` are those just read, by the names of their files."""
    with remembering():
        return _case_page(case, person, at, words or {}, key_id)


def _case_page(case: Case, person: Person, at: datetime, words: Mapping[str, str], key_id: str) -> CasePage:
    seats = list(case.seats.select_related("membership__person").order_by("place"))
    mine = may.seat_of(person, case)
    papers = papers_for(case, person)
    return CasePage(
        case=case,
        seats=[seat for seat in seats if seat.ending in ("", CaseSeat.Ending.DONE)],
        seat=mine,
        papers=[Paper(paper, words.get(paper.file_id)) for paper in papers],
        readings=get_readings([paper.file for paper in papers]),
        findings=findings_for(case, person, at),
        outcome=str(CASE_OUTCOMES[case.outcome].label) if case.outcome in CASE_OUTCOMES else case.outcome,
        outcomes=outcomes_of(case.body),
        mandates=mandates_in(case, at),
        may=verdicts(case, person, at),
        waiting=sum(key_id not in store.readers(paper.file_id) for paper in papers) if key_id else 0,
    )


def verdicts(case: Case, person: Person, at: datetime) -> dict[str, Verdict]:
    """What the reader may do now."""
    return {
        "take_seat": may.can_take_seat(person, case),
        "recuse": may.can_recuse(person, case),
        "sit": may.can_sit(person, case),
        "say": may.can_say(person, case),
        "find": may.can_find(person, case, at=at),
        "appeal": may.can_appeal(person, case, at=at),
    }


def papers_for(case: Case, person: Person) -> list[CasePaper]:
    """Those that a person may read now and that are not destroyed."""
    rows = case.papers.filter(file__destroyed_at=None, file__readers__person=person, file__readers__ended_at=None)
    return list(rows.select_related("file", "author").order_by("at", "pk"))


def findings_for(case: Case, person: Person, at: datetime) -> list[Finding]:
    """For the panel all of them; the sides see the outcome and not what led to it."""
    if not may.is_on_panel(person, case):
        return []
    rows = case.findings.select_related("paper", "case").prefetch_related("assents__seat__membership__person")
    found = []
    for row in rows.order_by("at", "pk"):
        agreed = [each.seat.membership.person for each in row.assents.all()]
        label_of_it = CASE_OUTCOMES[row.outcome].label if row.outcome in CASE_OUTCOMES else row.outcome
        mine = person in agreed
        found.append(Finding(row, str(label_of_it), agreed, mine, may.can_assent(person, row, at=at)))
    return found


def mandates_in(case: Case, at: datetime) -> list[Mandate]:
    """Mandates of the person concerned, given by the body or by whose members judge."""
    held = Mandate.objects.in_force(at).filter(person=case.subject_id, body__in=[case.body_id, case.bench_id])
    return list(held.order_by("title", "pk"))


def get_lot(case: Case) -> list[Drawn]:
    """The whole list of a lot, with whom each number stands for: whoever may see it can draw again."""
    secret = bytes.fromhex(case.list_secret)
    members = Membership.objects.select_related("person").in_bulk(case.among)
    listed = [members[pk] for pk in case.among]
    return [Drawn(n, row.person, rules.blinded(secret, label(row))) for n, row in enumerate(listed, start=1)]
