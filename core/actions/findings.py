"""What a panel finds, how it becomes the outcome, its appeal, and what the outcome does (DESIGN 3.4 and 6)."""

from datetime import datetime
from typing import Final

from django.db import DataError, IntegrityError, InternalError, transaction
from django.utils.translation import gettext as _

from core.actions import mandates, sealed_files
from core.actions.cases import NEWS, end_seat, seal, tell_one
from core.actions.proposals import start_by_clock
from core.actions.steps import require_case_step
from core.locks import Touched, lock, take
from core.models import Case, CaseAssent, CaseFinding, CasePaper, CaseSeat, Mandate, Person, Proposal, Stage
from core.permissions import cases as may
from core.queries.cases import mandates_in
from core.record import record
from core.refusals import Invalid, Refusal
from core.registry import CASE_OUTCOMES, CaseOutcome, Impossible, outcomes_of
from core.rules import cases as rules
from core.timekeeping import folkmoot_now

KIND: Final = "case_appeal"


@transaction.atomic
def find(
    case: Case, outcome: str, reasons: str, *, by: Person, at: datetime, mandate: Mandate | None = None
) -> CaseFinding:
    """Write down what should follow and why. The writer agrees with it; more than half of the panel decide."""
    case = lock(case)
    may.can_find(by, case, at=at).or_deny()
    chosen = require_outcome(case, outcome, mandate, at=at)
    panel = [seat.membership.person for seat in panel_of(case)]
    paper = seal(case, CasePaper.Kind.REASONS, reasons, panel, by=by, at=at)
    finding = CaseFinding.objects.create(
        case=case, paper=paper, outcome=chosen.name, mandate=mandate if chosen.ends_mandate else None, at=at
    )
    add_assent(finding, by=by, at=at)
    for person in panel:
        if person.pk != by.pk:
            tell_one(case, NEWS, person, key=f"finding:{finding.pk}", at=at)
    return finding


def require_outcome(case: Case, name: str, mandate: Mandate | None, *, at: datetime) -> CaseOutcome:
    """The outcome of that name, if this body has it; with a mandate of the person concerned where it ends one."""
    chosen = next((outcome for outcome in outcomes_of(case.body) if outcome.name == name), None)
    if chosen is None:
        raise Invalid(_("Choose one of the outcomes that this body has."))
    if chosen.ends_mandate and (mandate is None or mandate.pk not in {each.pk for each in mandates_in(case, at)}):
        raise Invalid(_("Choose a mandate that the person holds here."))
    return chosen


def panel_of(case: Case) -> list[CaseSeat]:
    """Who has taken a seat."""
    taken = CaseSeat.objects.standing().filter(case=case, taken_at__isnull=False)
    return list(taken.select_related("membership__person").order_by("place"))


@transaction.atomic
def assent(finding: CaseFinding, *, by: Person, at: datetime) -> Case:
    """Agree with a finding whose reasons one has read. Doing it again changes nothing."""
    case = lock(finding.case)
    finding.case = case
    may.can_assent(by, finding, at=at).or_deny()
    add_assent(finding, by=by, at=at)
    agreeing = CaseAssent.objects.filter(finding=finding, seat__ended_at__isnull=True).count()
    if rules.is_decided(agreeing):
        decide(case, finding, at=at)
    return case


def add_assent(finding: CaseFinding, *, by: Person, at: datetime) -> None:
    """One who agrees, once."""
    seat = CaseSeat.objects.standing().get(case=finding.case_id, membership__person=by)
    CaseAssent.objects.get_or_create(finding=finding, seat=seat, defaults={"at": at})


def decide(case: Case, finding: CaseFinding, *, at: datetime) -> None:
    """The finding is the outcome. Both sides read the reasons; it can be appealed for seven days."""
    require_case_step(case, Case.Stage.DECIDED)
    case.stage, case.decided_at = Case.Stage.DECIDED, at
    case.outcome, case.mandate = finding.outcome, finding.mandate
    case.save(update_fields=["stage", "decided_at", "outcome", "mandate"])
    for person in case.sides:
        sealed_files.add_reader(finding.paper.file, person, at=at)
    record("case.decided", case.bench, by=None, at=at, case=case.pk, reasons=finding.paper.commitment)
    for person in case.sides:
        tell_one(case, "case.decided", person, key="decided", at=at)


@transaction.atomic
def appeal(case: Case, words: str, *, by: Person, at: datetime) -> Proposal:
    """Ask the assembly whether the outcome shall stand. What is written here all members of the bench read."""
    case = lock(case)
    may.can_appeal(by, case, at=at).or_deny()
    if not words.strip():
        raise Invalid(_("Write a sentence or two first."))
    require_case_step(case, Case.Stage.APPEALED)
    outcome = str(CASE_OUTCOMES[case.outcome].label)
    case.appeal = start_by_clock(
        case.bench,
        at=at,
        kind=KIND,
        title=_("Case %(number)s: shall the outcome stand?") % {"number": case.pk},
        text=_("The outcome: %(outcome)s.") % {"outcome": outcome} + "\n\n" + words.strip(),
        by=by,
    )
    case.stage = Case.Stage.APPEALED
    case.save(update_fields=["stage", "appeal"])
    record("case.appealed", case.bench, by=None, at=at, case=case.pk, proposal=case.appeal.pk)
    for person in case.sides:
        if person.pk != by.pk:
            tell_one(case, NEWS, person, key="appealed", at=at)
    return case.appeal


def touched_by(case: Case) -> Touched:
    """What carrying out the outcome changes."""
    outcome = CASE_OUTCOMES.get(case.outcome)
    return outcome.touches(case) if outcome is not None else Touched()


def close_if_due(case_id: int) -> bool:
    """Close a case that nobody appealed in time, or whose appeal ended without a decision; called by settle()."""
    with transaction.atomic():
        case = Case.objects.get(pk=case_id)
        take(case.bench_id, touched_by(case))
        case = lock(case)
        at = folkmoot_now()
        if not Case.objects.to_close(at).filter(pk=case_id).exists():
            return False
        contested = case.appeal is not None and case.appeal.stage != Stage.ADOPTED
        finish(case, Case.Ending.OVERTURNED if contested else Case.Ending.STANDS, at=at)
        return True


def settle_appeal(proposal: Proposal, *, stands: bool, at: datetime) -> Case:
    """The assembly has decided whether the outcome stands. In the closing transaction, which holds what it touches."""
    case = lock(Case.objects.get(appeal=proposal))
    if case.stage != Case.Stage.APPEALED:
        raise Impossible(_("The case is closed already."))
    finish(case, Case.Ending.STANDS if stands else Case.Ending.OVERTURNED, at=at)
    return case


def close_without_panel(case: Case, *, at: datetime) -> None:
    """There are not enough members without a stake. The caller has locked the case."""
    finish(case, Case.Ending.NO_PANEL, at=at)


def finish(case: Case, ending: Case.Ending, *, at: datetime) -> None:
    """Close a case that the caller has locked, carry out an outcome that stands, and set the day of its files."""
    require_case_step(case, Case.Stage.CLOSED)
    outcome = CASE_OUTCOMES.get(case.outcome) if ending == Case.Ending.STANDS else None
    ends = case.mandate_id if outcome is not None and outcome.ends_mandate else None
    for seat in CaseSeat.objects.standing().filter(case=case).select_related("membership__person", "case"):
        end_seat(seat, CaseSeat.Ending.DONE, at=at)
    for paper in case.papers.select_related("file").order_by("file"):
        sealed_files.expire(paper.file, until=at + rules.KEPT_FOR)
    record("case.closed", case.bench, by=None, at=at, case=case.pk, how=ending.value, mandate=ends)
    case.stage, case.closed_at, case.ending = Case.Stage.CLOSED, at, ending
    case.effect = carry_out(case, outcome, at=at)
    case.save(update_fields=["stage", "closed_at", "ending", "effect"])
    for person in case.sides:
        tell_one(case, "case.closed", person, key="closed", at=at)


def carry_out(case: Case, outcome: CaseOutcome | None, *, at: datetime) -> Proposal.Effect:
    """What the outcome does, in a savepoint: a case is closed even if it cannot be done any more, and says so."""
    if outcome is None or outcome.carry_out is None:
        return Proposal.Effect.NONE
    try:
        with transaction.atomic():
            outcome.carry_out(case, at)
    except (Refusal, IntegrityError, DataError, InternalError):
        return Proposal.Effect.FAILED
    return Proposal.Effect.DONE


def end_mandate(case: Case, *, at: datetime) -> None:
    """The mandate of the outcome ends. Those who called this have locked it, with its open recall."""
    mandate = Mandate.objects.get(cases=case)
    if mandate.ended_at is not None:
        raise Impossible(_("The mandate had ended already."))
    end_by_panel(mandate, at=at)


def end_by_panel(mandate: Mandate, *, at: datetime) -> None:
    """One that the caller has locked, with its open recall, ends by the outcome of a case."""
    mandates.end(mandate, Mandate.Ending.PANEL, at=at)
