"""The panel of a case: drawn by lot, seats taken, given back or passed on in the order of that lot; first sitting."""

from datetime import datetime

from django.db import transaction

from core.actions import findings, sealed_files
from core.actions.cases import NEWS, end_seat, readers_of, stakes_in, tell_one, without_stake
from core.actions.steps import require_case_step
from core.locks import lock
from core.models import Case, CaseSeat, Membership, Person
from core.permissions import cases as may
from core.record import label, record
from core.rules import cases as rules
from core.rules import merkle
from core.timekeeping import folkmoot_now


def draw(case_id: int) -> bool:
    """Fix the list and draw the panel, once; called by settle(). The record shows the seed from here on."""
    with transaction.atomic():
        case = lock(Case(pk=case_id))
        at = folkmoot_now()
        if case.stage != Case.Stage.OPENED:
            return False
        members = {label(row): row.pk for row in without_stake(case.bench, stakes_in(case), at=at)}
        pairs = rules.listed(bytes.fromhex(case.list_secret), members)
        if len(pairs) < rules.PANEL:
            findings.close_without_panel(case, at=at)
            return True
        require_case_step(case, Case.Stage.DRAWN)
        case.among = [members[who] for _commitment, who in pairs]
        case.drawn_at, case.stage = at, Case.Stage.DRAWN
        case.save(update_fields=["among", "drawn_at", "stage"])
        numbers = order_of(case)[: rules.PANEL]
        record(
            "case.drawn",
            case.bench,
            by=None,
            at=at,
            case=case.pk,
            seed=case.seed,
            among=len(pairs),
            root=merkle.root([bytes.fromhex(commitment) for commitment, _who in pairs]).hex(),
            panel=[*numbers],
        )
        for place, number in enumerate(numbers):
            ask(case, number, place, at=at)
        return True


def order_of(case: Case) -> tuple[int, ...]:
    """The numbers of the list, in the order in which the lot has them."""
    return rules.in_order(bytes.fromhex(case.seed), len(case.among)).order


def ask(case: Case, number: int, place: int, *, at: datetime) -> CaseSeat:
    """Offer a seat to whom the lot came to."""
    seat = CaseSeat.objects.create(
        case=case, membership_id=case.among[number - 1], number=number, place=place, asked_at=at
    )
    tell_one(case, "case.seat", seat.membership.person, key=f"seat:{seat.pk}", at=at)
    return seat


@transaction.atomic
def take_seat(case: Case, *, by: Person, at: datetime) -> CaseSeat:
    """Take the seat one was drawn for. The first to do so acknowledges the case. From now on one may read its files."""
    case = lock(case)
    may.can_take_seat(by, case).or_deny()
    seat = CaseSeat.objects.standing().get(case=case, membership__person=by)
    seat.taken_at = at
    seat.save(update_fields=["taken_at"])
    for paper in case.papers.select_related("file").order_by("file"):
        sealed_files.add_reader(paper.file, by, at=at)
    record("case.seat_taken", case.bench, by=None, at=at, case=case.pk, number=seat.number)
    if case.acknowledged_at is None:
        case.acknowledged_at = at
        case.save(update_fields=["acknowledged_at"])
        for person in case.sides:
            tell_one(case, "case.acknowledged", person, key="acknowledged", at=at)
    return seat


@transaction.atomic
def recuse(case: Case, *, by: Person, at: datetime) -> CaseSeat:
    """Give the seat back: one has a stake, or cannot. Nobody has to say why. The lot goes on."""
    case = lock(case)
    may.can_recuse(by, case).or_deny()
    seat = CaseSeat.objects.standing().get(case=case, membership__person=by)
    return pass_on(case, seat, CaseSeat.Ending.RECUSED, at=at)


def pass_on_if_due(seat_id: int) -> bool:
    """A seat that was not taken in 24 hours, or whose holder is no member any more; called by settle()."""
    with transaction.atomic():
        case = lock(Case.objects.get(seats=seat_id))
        at = folkmoot_now()
        seat = CaseSeat.objects.to_pass_on(at).select_related("membership").filter(pk=seat_id).first()
        if seat is None:
            return False
        left = seat.membership.ended_at is not None
        pass_on(case, seat, CaseSeat.Ending.LEFT if left else CaseSeat.Ending.LAPSED, at=at)
        return True


def pass_on(case: Case, seat: CaseSeat, ending: CaseSeat.Ending, *, at: datetime) -> CaseSeat:
    """End a seat and ask who comes next in the same lot. The caller has locked the case.

    Numbers of people who are no members any more are passed over, and the record says which.
    """
    end_seat(seat, ending, at=at)
    order, begin = order_of(case), place_after(case)
    here = set(Membership.objects.open().filter(pk__in=case.among).values_list("pk", flat=True))
    following = next((n for n in range(begin, len(order)) if case.among[order[n] - 1] in here), None)
    passed = order[begin : following if following is not None else len(order)]
    record(
        "case.replaced",
        case.bench,
        by=None,
        at=at,
        case=case.pk,
        out=seat.number,
        how=ending.value,
        passed=[*passed],
        next=order[following] if following is not None else None,
    )
    if following is None:
        findings.close_without_panel(case, at=at)
    else:
        ask(case, order[following], following, at=at)
    return seat


def place_after(case: Case) -> int:
    """The place of the lot that comes next."""
    last = case.seats.order_by("-place").values_list("place", flat=True).first()
    return 0 if last is None else last + 1


@transaction.atomic
def sit(case: Case, *, by: Person, at: datetime) -> Case:
    """The first sitting has begun: all three are there."""
    case = lock(case)
    may.can_sit(by, case).or_deny()
    require_case_step(case, Case.Stage.SITTING)
    case.stage, case.sat_at = Case.Stage.SITTING, at
    case.save(update_fields=["stage", "sat_at"])
    record("case.sat", case.bench, by=None, at=at, case=case.pk)
    for person in readers_of(case):
        if person.pk != by.pk:
            tell_one(case, NEWS, person, key="sat", at=at)
    return case
