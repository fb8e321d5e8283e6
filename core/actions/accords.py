"""What several bodies decide alike: begun in one, asked of the others, done once all have adopted it (docs/adr/0048).

An accord has no lock of its own: who changes it holds one of its bodies, and the clock, which ends it, all of them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import DataError, IntegrityError, InternalError, transaction
from django.utils.translation import gettext_lazy as _

from core.actions import effects, endings, overtaking, proposals
from core.actions.telling import tell
from core.locks import Taken, Touched, lock, lock_all
from core.models import Accord, AccordSide, Body, Cause, Membership, Person, Proposal
from core.permissions import accords as may
from core.permissions.members import is_deciding_member, membership_of
from core.record import record
from core.refusals import Invalid, Refusal
from core.rules.accords import OTHERS_AT_MOST, Step, Why, judge
from core.timekeeping import folkmoot_now


@dataclass(frozen=True, slots=True)
class Plan:
    """What bodies are to decide alike: its kind, which of them goes on or is host, the words, and who has to agree."""

    kind: Accord.Kind
    lead: Body
    title: str
    text: str
    others: Sequence[Body]


@dataclass(frozen=True, slots=True)
class Way:
    """What is particular to one kind of accord. `possible` raises unless a locked body may decide on it now; `touches`
    names what the act changes in each body, `ending` the bodies that end by it.
    """

    possible: Callable[[Accord, Body, datetime], None]
    touches: Callable[[Accord, Body], Touched]
    ending: Callable[[Accord, Iterable[int]], list[int]]
    act: Callable[[Accord, dict[int, Taken], dict[int, int], datetime], None]


WAYS: dict[str, Way] = {}


@transaction.atomic
def propose(body: Body, plan: Plan, *, by: Person, at: datetime) -> Proposal:
    """Propose to one's own body what others are to decide too. They are asked once this one has adopted it."""
    body = hold(body, by)
    is_deciding_member(by, body, plan.kind).or_deny()
    accord = begin(body, plan, at=at)
    proposal = proposals.draft(body, by=by, at=at, title=accord.title, text=accord.text, kind=plan.kind)
    accord.sides.filter(first=True).update(proposal=proposal)
    return proposals.put_up(proposal, by=by, at=at)


def begin(body: Body, plan: Plan, *, at: datetime) -> Accord:
    """Write down what a locked body and others are to decide alike; its own proposal comes afterwards."""
    check_bodies(body, plan)
    accord = Accord(kind=plan.kind, lead=plan.lead, title=plan.title[:120], text=plan.text.strip(), begun_at=at)
    WAYS[plan.kind].possible(accord, body, at)
    accord.save(force_insert=True)
    AccordSide.objects.create(accord=accord, body=body, first=True)
    AccordSide.objects.bulk_create(AccordSide(accord=accord, body=other) for other in plan.others)
    return accord


def hold(body: Body, by: Person) -> Body:
    """Lock one's membership, then the body; putting up takes the first again."""
    membership = membership_of(by, body)
    lock_all(Membership, [membership.pk] if membership else [])
    return lock(body)


def check_bodies(body: Body, plan: Plan) -> None:
    """Raise unless the others are listed bodies that decide, each once, and one of all goes on or is host."""
    others = [other.pk for other in plan.others]
    if not others or len(others) > OTHERS_AT_MOST or len({body.pk, *others}) <= len(others):
        raise Invalid(_("Choose one to four other bodies, each once."))
    if not all(other.listed and other.lives for other in plan.others):
        raise Invalid(_("Choose bodies that are listed and have adopted their charter."))
    if plan.lead.pk not in (body.pk, *others):
        raise Invalid(_("Choose one of these bodies."))


@transaction.atomic
def take_up(accord: Accord, body: Body, *, by: Person, at: datetime) -> Proposal:
    """Put before one's own body what another one has asked it to decide."""
    body = hold(body, by)
    accord = Accord.objects.select_related("lead").get(pk=accord.pk)
    side = accord.sides.get(body=body)
    may.can_take_up(by, accord, side).or_deny()
    WAYS[accord.kind].possible(accord, body, at)
    proposal = proposals.draft(body, by=by, at=at, title=accord.title, text=accord.text, kind=accord.kind)
    side.proposal = proposal
    side.save(update_fields=["proposal"])
    return proposals.put_up(proposal, by=by, at=at)


def sides_of(accord: Accord) -> list[AccordSide]:
    """All sides with their bodies and proposals, the first one first."""
    return list(accord.sides.select_related("body", "proposal").order_by("-first", "pk"))


def judged(accord: Accord, sides: Sequence[AccordSide], *, at: datetime) -> tuple[Step, Why | None]:
    """What is due with it."""
    asked = accord.asked_at is not None
    found = judge([side.judged for side in sides], begun=accord.begun_at, asked=asked, notice=accord.notice, at=at)
    return found.step, found.why


def due(at: datetime) -> Iterable[int]:
    """Accords with which something is to be done: those open are few, and each is judged by its sides."""
    waiting = Accord.objects.open().prefetch_related("sides__body", "sides__proposal")
    return [each.pk for each in waiting if judged(each, list(each.sides.all()), at=at)[0] != Step.WAITS]


def go_on(accord_id: int) -> bool:
    """Ask the others, carry it out, or let it come to nothing. Idempotent; called by settle()."""
    with transaction.atomic():
        accord = Accord.objects.get(pk=accord_id)
        sides, way = sides_of(accord), WAYS[accord.kind]
        bodies = [side.body_id for side in sides]
        touched = {side.body_id: with_proposal(way.touches(accord, side.body), side.proposal) for side in sides}
        taken = endings.take_whole(touched, way.ending(accord, bodies))
        accord, at = Accord.objects.select_related("lead").get(pk=accord_id), folkmoot_now()
        sides = sides_of(accord)
        step, why = judged(accord, sides, at=at)
        if not accord.is_open or step == Step.WAITS:
            return False
        if step == Step.ASK:
            ask(accord, sides, at=at)
        elif step == Step.DO:
            carry_out(accord, sides, taken, at=at)
        else:
            fall(accord, sides, taken, why or Why.ENDED, at=at)
        return True


def with_proposal(touched: Touched, proposal: Proposal | None) -> Touched:
    """What an accord touches in one body, and its own proposal there."""
    own = frozenset([proposal.pk] if proposal is not None else [])
    return replace(touched, proposals=touched.proposals | own)


def ask(accord: Accord, sides: Sequence[AccordSide], *, at: datetime) -> None:
    """The first body has adopted it: the members of the others are told, and can put it before their own."""
    accord.asked_at = at
    accord.save(update_fields=["asked_at"])
    first = sides[0]
    record("accord.asked", first.body, by=None, at=at, proposal=first.proposal_id)
    for side in sides[1:]:
        if side.body.kind == Body.Kind.CONFEDERATION:
            put_before(accord, side, at=at)
        else:
            news(Cause.What.ACCORD_ASKED, accord, side.body, at=at)


def put_before(accord: Accord, side: AccordSide, *, at: datetime) -> None:
    """Put it before a (locked) confederation: it has no members of its own who could take it up."""
    proposals.start_by_clock(side.body, at=at, kind=accord.kind, title=accord.title, text=accord.text, side=side)


def carry_out(accord: Accord, sides: Sequence[AccordSide], taken: dict[int, Taken], *, at: datetime) -> None:
    """All have adopted it: do it, in a savepoint; if it fails the decisions say so, and become tasks."""
    decisions = {side.body_id: side.proposal_id for side in sides if side.proposal_id is not None}
    try:
        with transaction.atomic():
            accord.done_at = at
            accord.save(update_fields=["done_at"])
            WAYS[accord.kind].act(accord, taken, decisions, at)
    except (Refusal, IntegrityError, DataError, InternalError) as problem:
        accord.done_at, accord.fell_at, accord.why = None, at, Accord.Reason.IMPOSSIBLE
        accord.save(update_fields=["fell_at", "why"])
        for side in sides:
            if side.proposal is not None:
                effects.fail(side.proposal, taken[side.body_id].body, problem, at=at)


def fall(accord: Accord, sides: Sequence[AccordSide], taken: dict[int, Taken], why: Why, *, at: datetime) -> None:
    """It comes to nothing: what the bodies have decided of it ends, what they are deciding is overtaken."""
    accord.fell_at, accord.why = at, Accord.Reason(why.value)
    accord.save(update_fields=["fell_at", "why"])
    for side in sides:
        if side.body.ended_at is None and (side.proposal is not None or accord.asked_at is not None):
            let_go(side, taken[side.body_id], why, at=at)
            news(Cause.What.ACCORD_FELL, accord, side.body, at=at)


def let_go(side: AccordSide, taken: Taken, why: Why, *, at: datetime) -> None:
    """Take what one body has decided of it out of force; what it is still deciding is overtaken."""
    proposal = taken.proposals.get(side.proposal_id or 0)
    if proposal is None:
        return
    in_force = proposal.stands and proposal.ended_at is None
    if not in_force and proposal.stage not in endings.OPEN_STAGES:
        return
    record("accord.fell", taken.body, by=None, at=at, proposal=proposal.pk, why=why.value)
    if in_force:
        effects.end_decision(proposal, Proposal.Ending.FELL, at=at)
    else:
        overtaking.overtake(proposal, at=at)


def news(what: Cause.What, accord: Accord, body: Body, *, at: datetime) -> None:
    """Tell all members of one of the bodies."""
    tell(what, body, key=f"{accord.pk}.{body.pk}", at=at, title=accord.title, path=accord.get_absolute_url())
