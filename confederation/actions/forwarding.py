"""Putting something before a confederation above: decided at home first, then asked of all bodies below it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from confederation.actions import ceding, holding
from confederation.models import Ceded, Forward, Leaving, Referral
from confederation.queries.reach import above
from confederation.rules import timing
from confederation.rules.matters import Right, Sort
from core.actions import proposals
from core.actions.accords import hold
from core.actions.mandates import Terms
from core.locks import Touched
from core.models import Accord, Body, Mandate, Person, Proposal, Stage
from core.permissions.members import is_deciding_member
from core.record import record, record_id
from core.refusals import Invalid
from core.registry import Impossible, matter_of
from core.rules.terms import Matter

KIND, CEDE, TAKE_BACK = "forward", "cede", "take_back"
LABEL, CEDE_LABEL, TAKE_BACK_LABEL = _("To a confederation"), _("Cede a matter"), _("Take a matter back")
NOT_BELOW = _("Your body is not in this confederation.")
ALREADY = _("The recall of this mandate is under way already. Your body will be asked.")
What = Forward.What


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be decided there. A decision is on a ceded matter, or for a shared right; a matter to cede is named
    by `sort` and `words`, what a mandate asks for and of whom by `terms`.
    """

    confederation: Body
    what: Forward.What
    title: str
    text: str
    ceded: Ceded | None = None
    right: Right | None = None
    mandate: Mandate | None = None
    sort: Sort | None = None
    words: str = ""
    terms: Terms | None = None
    days: int = timing.LASTS_AT_LEAST.days


@transaction.atomic
def propose(body: Body, plan: Plan, *, by: Person, at: datetime) -> Proposal:
    """Propose to one's own body to put something before a confederation above it."""
    body = hold(body, by)
    is_deciding_member(by, body, KIND).or_deny()
    check(body, plan)
    title, text = plan.title.strip()[:120], plan.text.strip()
    proposal = proposals.draft(body, by=by, at=at, title=title, text=text, kind=KIND)
    Forward.objects.create(
        proposal=proposal,
        confederation=plan.confederation,
        what=plan.what,
        ceded=ceded_of(plan),
        right=plan.right.value if plan.right is not None else "",
        mandate=plan.mandate,
        days=plan.days,
    )
    if plan.what == What.MANDATE:
        holding.offer(proposal, plan.terms, plan.confederation)
    return proposals.put_up(proposal, by=by, at=at)


def check(body: Body, plan: Plan) -> None:
    """Raise `Invalid` unless the confederation can decide on it."""
    if plan.confederation.ended_at is not None or plan.confederation.pk not in above([body.pk]):
        raise Invalid(NOT_BELOW)
    if not timing.LASTS_AT_LEAST <= timedelta(days=plan.days) <= timing.LASTS_AT_MOST:
        raise Invalid(_("The bodies are asked for 14 to 60 days."))
    match plan.what:
        case What.DECISION:
            check_decision(plan)
        case What.RECALL:
            check_recall(plan)
        case What.CEDE if plan.sort is None or not plan.words.strip():
            raise Invalid(_("Say what the matter is about, and what exactly is ceded."))
        case What.TAKE_BACK if not stands(plan.ceded, plan.confederation):
            raise Invalid(_("Choose a matter that was ceded to it."))


def check_decision(plan: Plan) -> None:
    """It decides on ceded matters, and for the sake of the shared rights; nothing else (DESIGN 6)."""
    if (plan.ceded is None) == (plan.right is None):
        raise Invalid(_("A confederation decides only what was ceded to it, or for a shared right. Choose one."))
    if plan.ceded is not None and not stands(plan.ceded, plan.confederation):
        raise Invalid(_("Choose a matter that was ceded to it."))


def stands(ceded: Ceded | None, confederation: Body) -> bool:
    """Whether a matter is ceded to it now."""
    return ceded is not None and Ceded.objects.standing().filter(pk=ceded.pk, confederation=confederation).exists()


def check_recall(plan: Plan) -> None:
    """A mandate of this confederation that stands and is not being recalled."""
    mandate = plan.mandate
    if mandate is None or mandate.body_id != plan.confederation.pk or mandate.ended_at is not None:
        raise Invalid(_("Choose a mandate of this confederation that is in force."))
    if is_recalled(mandate):
        raise Invalid(ALREADY)


def is_recalled(mandate: Mandate) -> bool:
    """Whether its recall is under way."""
    return Proposal.objects.filter(mandate=mandate, stage__in=[Stage.DISCUSSION, Stage.VOTING]).exists()


def ceded_of(plan: Plan) -> Ceded | None:
    """The matter it is about; one to be ceded is written down, and is ceded once that is adopted."""
    if plan.what != What.CEDE or plan.sort is None:
        return plan.ceded
    words = plan.words.strip()[:200]
    return Ceded.objects.create(confederation=plan.confederation, sort=plan.sort.value, words=words)


def matter(proposal: Proposal) -> Matter:
    """Any member body opens a recall, by simple majority (DESIGN 3.2); else as an ordinary decision."""
    return Matter.ABOVE if proposal.forwards.what == What.RECALL else Matter.ORDINARY


def touches(proposal: Proposal) -> Touched:
    """The confederation; for a recall its mandate."""
    forward = proposal.forwards
    mandates = frozenset([forward.mandate_id] if forward.mandate_id is not None else [])
    return Touched(bodies=frozenset([forward.confederation_id]), mandates=mandates)


def forward(proposal: Proposal, *, at: datetime) -> Proposal:
    """Put it before the confederation, in the closing transaction. Whoever proposed it at home is not named there."""
    row = Forward.objects.select_related("confederation", "ceded", "mandate", "accord", "seat").get(proposal=proposal)
    require_possible(row, proposal.body)
    latest = proposal.texts.order_by("-number")[0]
    offer = holding.accepted_offer(proposal) if row.what == What.MANDATE else None
    made = proposals.start_by_clock(
        row.confederation,
        at=at,
        kind=row.what,
        title=latest.title,
        text=latest.text,
        offer=offer,
        mandate=row.mandate,
        side=row.accord.sides.get(first=True) if row.accord is not None else None,
    )
    if row.seat is not None:
        Leaving.objects.create(proposal=made, seat=row.seat)
    if row.what == What.CEDE and row.ceded is not None:
        row.ceded.proposal = made
        row.ceded.save(update_fields=["proposal"])
    row.made = made
    row.save(update_fields=["made"])
    Referral.objects.create(
        proposal=made, matter=matter_of(made).value, ceded=row.ceded, right=row.right, from_body=proposal.body
    )
    record(
        "referral.forwarded",
        proposal.body,
        by=None,
        at=at,
        proposal=proposal.pk,
        what=row.what,
        to=record_id(row.confederation),
        there=made.pk,
    )
    return made


def require_possible(row: Forward, body: Body) -> None:
    """Raise `Impossible` if what was possible when it was proposed no longer is."""
    confederation, mandate, ceded = row.confederation, row.mandate, row.ceded
    if confederation.ended_at is not None or confederation.pk not in above([body.pk]):
        raise Impossible(NOT_BELOW)
    if ceded is not None and (ceded.ended_at is not None or (row.what != What.CEDE and ceded.since is None)):
        raise Impossible(ceding.NO_LONGER)
    if mandate is not None and mandate.ended_at is not None:
        raise Impossible(_("The mandate had ended already."))
    if mandate is not None and is_recalled(mandate):
        raise Impossible(ALREADY)
    if row.accord is not None and not row.accord.is_open:
        raise Impossible(row.accord.get_why_display())
    if row.seat is not None and row.seat.left_at is not None:
        raise Impossible(_("This body is no longer in that confederation."))


def refused(proposal: Proposal, *, at: datetime) -> None:
    """It is not put before the confederation: what others were to decide alike with it comes to nothing."""
    accord = Accord.objects.select_for_update(no_key=True).filter(forward__proposal=proposal).first()
    if accord is not None and accord.is_open:
        accord.fell_at, accord.why = at, Accord.Reason.NOT_ADOPTED
        accord.save(update_fields=["fell_at", "why"])
