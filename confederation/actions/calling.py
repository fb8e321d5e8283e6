"""Calling a decision down: by a member body's own decision, or by base members, one call each (DESIGN 6)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from confederation.models import Call, Referral
from confederation.permissions import ratifying as may
from confederation.rules import ratifying
from core.actions import proposals
from core.actions.accords import hold
from core.locks import share
from core.models import Body, Person, Proposal
from core.record import record, record_id
from core.refusals import Invalid
from core.registry import Impossible, Times
from core.timekeeping import folkmoot_now

KIND = "call_down"
LABEL = _("Calling a decision down")
CALL_LOCKS = 6_060_607
"""Who calls shares this advisory lock of a referral; who counts the calls has it alone. Callers never wait for each
other.
"""


def share_calls(referral: Referral) -> Referral:
    """The referral as it is now; its calls are not counted until this transaction is over."""
    share(CALL_LOCKS, referral.pk)
    return Referral.objects.select_related("proposal__body").get(pk=referral.pk)


@transaction.atomic
def call(referral: Referral, *, by: Person) -> Referral:
    """Call a decision down, as one of the people. Again changes nothing. Reads the clock after its lock."""
    referral = share_calls(referral)
    at = folkmoot_now()
    may.can_call(by, referral, at=at).or_deny()
    Call.objects.bulk_create([Call(referral=referral, person=by, at=at)], ignore_conflicts=True)
    return referral


@transaction.atomic
def take_back(referral: Referral, *, by: Person) -> Referral:
    """Take one's own call back. Again changes nothing."""
    referral = share_calls(referral)
    at = folkmoot_now()
    may.can_be_called(referral, at=at).or_deny()
    Call.objects.standing().filter(referral=referral, person=by).update(taken_back_at=at)
    return referral


@transaction.atomic
def propose(referral: Referral, body: Body, text: str, *, by: Person) -> Proposal:
    """Propose to one's own body to call a decision down. Decided by simple majority, before it would be in force."""
    body = hold(body, by)
    referral = share_calls(referral)
    at = folkmoot_now()
    may.can_propose_call(by, referral, body, at=at).or_deny()
    if not text.strip():
        raise Invalid(_("Write the reason first."))
    title = str(_("Call down: %(decision)s") % {"decision": referral.proposal.title})
    proposal = proposals.draft(body, by=by, at=at, title=title[:120], text=text.strip(), kind=KIND)
    Call.objects.create(referral=referral, body=body, proposal=proposal)
    return proposals.put_up(proposal, by=by, at=at)


def times(proposal: Proposal) -> Times | None:
    """Its vote is open from the beginning, and closes in time to be counted."""
    row = Call.objects.select_related("referral").filter(proposal=proposal).first()
    if row is None or row.referral.in_force_from is None or proposal.discussion_at is None:
        return None
    return Times(proposal.discussion_at, ratifying.call_closes(proposal.discussion_at, row.referral.in_force_from))


def decided(proposal: Proposal, *, at: datetime) -> None:
    """The body calls it down, in the transaction that closes its own vote."""
    row = Call.objects.get(proposal=proposal)
    referral = share_calls(row.referral)
    verdict = may.is_waiting(referral)
    if not verdict:
        raise Impossible(verdict.reason)
    row.at = at
    row.save(update_fields=["at"])
    record(
        "call.made",
        proposal.body,
        by=None,
        at=at,
        proposal=proposal.pk,
        to=record_id(referral.proposal.body),
        there=referral.proposal_id,
    )
