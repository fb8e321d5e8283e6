"""Holding a mandate of a confederation: somebody from below it, who has accepted before it is asked (DESIGN 6)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from confederation.models import Forward, Holder, Referral
from confederation.queries.reach import has_voice_below
from core.actions import mandates
from core.actions.mandates import Terms
from core.locks import lock, take_mandate
from core.models import Body, Mandate, Offer, Person, Proposal
from core.queries.charters import get_charter
from core.queries.holding import held_before
from core.record import record
from core.refusals import ALLOWED, Invalid, Verdict, denied
from core.registry import AskedThere, Impossible
from core.rules.terms import Matter
from core.timekeeping import folkmoot_now

OFFERED = "confederation.offered"


def belongs(person: Person, body: Body) -> bool:
    """Who may hold a mandate of a confederation: whoever has a voice in a body at its base."""
    return body.kind == Body.Kind.CONFEDERATION and has_voice_below(person, body, at=folkmoot_now())


def label_key(person: Person, body: Body) -> bytes | None:
    """The key of somebody's label in the record of a confederation; made when they first act there."""
    if body.kind != Body.Kind.CONFEDERATION:
        return None
    holder, _fresh = Holder.objects.get_or_create(confederation=body, person=person)
    return bytes(holder.label_key)


def offer(proposal: Proposal, terms: Terms | None, confederation: Body) -> Offer:
    """Say what mandate of a confederation a body's own (new) proposal asks for, and for whom."""
    if terms is None or not terms.task.strip() or not terms.limits.strip():
        raise Invalid(_("A mandate needs a task and its limits."))
    charter = get_charter(confederation)
    if not 1 <= terms.term_days <= charter.term_days:
        raise Invalid(_("The charter does not allow so long a term."))
    if not belongs(terms.person, confederation):
        raise Invalid(_("Choose a member of a body in this confederation."))
    renews = held_before(confederation, proposal.title, terms.person)
    if renews is not None and renews.renewal_no >= charter.renewals:
        raise Invalid(_("This person has held the mandate as many times in a row as the charter allows."))
    return Offer.objects.create(
        proposal=proposal,
        person=terms.person,
        task=terms.task,
        limits=terms.limits,
        term_days=terms.term_days,
        report_days=terms.report_days,
        renews=renews,
    )


def asked_there(proposal: Proposal) -> AskedThere | None:
    """Somebody of another body is asked on a page of its own: the proposal is for those at home."""
    row = Forward.objects.filter(proposal=proposal).first()
    return AskedThere(OFFERED, row.offer_path) if row is not None else None


@transaction.atomic
def accept(proposal: Proposal, *, by: Person, at: datetime) -> Offer:
    """The person named accepts what a body is to ask for. Without it, it is not put before the confederation."""
    proposal = lock(proposal)
    can_accept(by, proposal, at=at).or_deny()
    accepted = lock(proposal.offer)
    if accepted.accepted_at is None:
        accepted.accepted_at = at
        accepted.save(update_fields=["accepted_at"])
        record("offer.accepted", proposal.body, by=by, at=at, proposal=proposal.pk)
    return accepted


def can_accept(person: Person, proposal: Proposal, *, at: datetime) -> Verdict:
    """The person it names, until the body has decided. They need not be a member of that body."""
    if not hasattr(proposal, "forwards") or not hasattr(proposal, "offer") or proposal.offer.person_id != person.pk:
        return denied(_("Only the person named can accept."))
    if not proposal.is_live:
        return denied(_("It is not in discussion."))
    if not has_voice_below(person, proposal.forwards.confederation, at=at):
        return denied(_("Only members of the bodies below it, past their waiting time, can do this."))
    return ALLOWED


def accepted_offer(proposal: Proposal) -> Offer | None:
    """What is put before the confederation with it; `Impossible` if the person named has not accepted."""
    found = Offer.objects.filter(proposal=proposal).first()
    if found is None or found.accepted_at is None:
        raise Impossible(_("The person named has not accepted."))
    return found


def rests(mandate: Mandate, at: datetime) -> Verdict:
    """Acts under a mandate of a confederation rest while its recall is counted, and when its holder has gone."""
    if mandate.body.kind != Body.Kind.CONFEDERATION:
        return ALLOWED
    recalls = Referral.objects.open().filter(matter=Matter.RECALL.value, proposal__mandate=mandate)
    if recalls.filter(base_closes_at__lte=at).exists():
        return denied(_("The recall of this mandate is being counted. Try again in a moment."))
    if not has_voice_below(mandate.person, mandate.body, at=at):
        return denied(_("You are no longer in any of the bodies that this confederation is made of."))
    return ALLOWED


def gone(at: datetime) -> Iterable[int]:
    """Mandates of confederations whose holders are in none of the bodies below any more."""
    above = Mandate.objects.in_force(at).filter(body__kind=Body.Kind.CONFEDERATION).select_related("person", "body")
    return [each.pk for each in above.order_by("pk") if not has_voice_below(each.person, each.body, at=at)]


def end_if_gone(mandate_id: int) -> bool:
    """End the mandate of somebody who has left the last of the bodies below. Idempotent; called by settle()."""
    with transaction.atomic():
        mandate, at = take_mandate(mandate_id), folkmoot_now()
        if not mandate.is_in_force(at) or has_voice_below(mandate.person, mandate.body, at=at):
            return False
        mandates.end(mandate, Mandate.Ending.LEFT, at=at)
        return True
