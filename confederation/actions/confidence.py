"""Confidence in mandates of a confederation: withdrawn by bodies, by their own decision, and by people (DESIGN 6).

No line tells who withdrew it while the mandate stands, and nothing is counted when somebody does: the clock counts.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from confederation.models import BodyWithdrawal, PersonWithdrawal
from confederation.permissions import ratifying as may
from confederation.queries.ratifying import Lost, get_lost, records_of
from core.actions import mandates, proposals
from core.actions.accords import hold
from core.locks import lock, take_mandate
from core.models import Body, Mandate, Person, Proposal
from core.record import Datum, record, record_id
from core.refusals import Invalid
from core.registry import Impossible
from core.timekeeping import folkmoot_now

KIND = "withdraw_confidence"
LABEL = _("Confidence in a mandate above")


@transaction.atomic
def withdraw(mandate: Mandate, *, by: Person) -> Mandate:
    """Withdraw one's own confidence. Again changes nothing. Reads the clock after its lock."""
    mandate = lock(mandate)
    may.can_withdraw_confidence(by, mandate, at=folkmoot_now()).or_deny()
    PersonWithdrawal.objects.bulk_create([PersonWithdrawal(mandate=mandate, person=by)], ignore_conflicts=True)
    return mandate


@transaction.atomic
def give_back(mandate: Mandate, *, by: Person) -> Mandate:
    """Give one's confidence back. Again changes nothing."""
    mandate = lock(mandate)
    may.can_withdraw_confidence(by, mandate, at=folkmoot_now()).or_deny()
    PersonWithdrawal.objects.filter(mandate=mandate, person=by).delete()
    return mandate


@transaction.atomic
def propose(body: Body, mandate: Mandate, text: str, *, by: Person, gives_back: bool = False) -> Proposal:
    """Propose to one's own body to withdraw its confidence, or to give it back. Decided by simple majority."""
    body = hold(body, by)
    mandate, at = lock(mandate), folkmoot_now()
    may.can_propose_confidence(by, mandate, body, gives_back=gives_back, at=at).or_deny()
    if not text.strip():
        raise Invalid(_("Write the reason first."))
    words = _("Confidence again: %(mandate)s") if gives_back else _("No confidence: %(mandate)s")
    title = (str(words) % {"mandate": mandate.title})[:120]
    proposal = proposals.draft(body, by=by, at=at, title=title, text=text.strip(), kind=KIND)
    BodyWithdrawal.objects.create(mandate=mandate, body=body, proposal=proposal, gives_back=gives_back)
    return proposals.put_up(proposal, by=by, at=at)


def decided(proposal: Proposal, *, at: datetime) -> None:
    """The body has decided so. Called in the closing transaction, which holds the mandate."""
    row = BodyWithdrawal.objects.select_related("mandate__body").get(proposal=proposal)
    if not row.mandate.is_in_force(at):
        raise Impossible(_("The mandate had ended already."))
    if row.gives_back:
        standing = BodyWithdrawal.objects.standing().filter(mandate=row.mandate, body=row.body_id)
        standing.update(ended_at=at)
    row.at = at
    row.save(update_fields=["at"])
    record(
        "confidence.given_back" if row.gives_back else "confidence.withdrawn",
        proposal.body,
        by=None,
        at=at,
        proposal=proposal.pk,
        to=record_id(row.mandate.body),
        mandate=row.mandate_id,
    )


def doubted(at: datetime) -> Iterable[int]:
    """Mandates of confederations in which somebody has withdrawn confidence."""
    bodies = BodyWithdrawal.objects.standing().filter(mandate=OuterRef("pk"))
    people = PersonWithdrawal.objects.filter(mandate=OuterRef("pk"))
    above = Mandate.objects.in_force(at).filter(body__kind=Body.Kind.CONFEDERATION)
    return above.filter(Q(Exists(bodies)) | Q(Exists(people))).order_by("pk").values_list("pk", flat=True)


def end_if_lost(mandate_id: int) -> bool:
    """End a mandate in which more than half of the bodies, or of the people, have withdrawn confidence. Idempotent;
    called by settle(), every ten seconds.

    It is counted once without a lock; what seems lost is counted again with the mandate locked, where nobody withdraws
    or gives back meanwhile.
    """
    if not get_lost(Mandate.objects.get(pk=mandate_id)).is_lost:
        return False
    with transaction.atomic():
        mandate = take_mandate(mandate_id)
        lost, at = get_lost(mandate), folkmoot_now()
        if not mandate.is_in_force(at) or not lost.is_lost:
            return False
        mandates.end(mandate, Mandate.Ending.CONFIDENCE, at=at, lost=told(lost))
        return True


def told(lost: Lost) -> dict[str, Datum]:
    """What the record says of it: the numbers, and which bodies; of people nothing but how many."""
    return {
        "bodies": lost.bodies,
        "withdrawn_by": [*records_of(lost.withdrawn)],
        "people": lost.people,
        "people_withdrawn": lost.people_withdrawn,
    }
