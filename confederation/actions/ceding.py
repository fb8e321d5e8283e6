"""Matters that the bodies of a confederation decide together: ceded as they found it or by a referral, and taken back.

Nothing is written down as ceded but here.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from confederation.models import Ceded
from core.locks import lock
from core.models import Proposal
from core.record import record
from core.registry import Impossible

CEDED, TAKEN_BACK = "matter.ceded", "matter.taken_back"
NO_LONGER = _("The matter is no longer ceded to it.")


def cede(ceded: Ceded, *, at: datetime) -> Ceded:
    """The confederation decides on this from now on. Called in the transaction in which its bodies found it, or have
    adopted it, which has locked the confederation.
    """
    ceded = lock(ceded)
    ceded.since = at
    ceded.save(update_fields=["since"])
    write(CEDED, ceded, ceded.proposal_id, at=at)
    return ceded


def take_back(proposal: Proposal, *, at: datetime) -> Ceded:
    """The bodies have taken a matter back, in the closing transaction. What was decided on it stays in force until they
    end it.
    """
    ceded = Ceded.objects.select_for_update(no_key=True).filter(referrals__proposal=proposal).first()
    if ceded is None or ceded.ended_at is not None:
        raise Impossible(NO_LONGER)
    ceded.ended_at = at
    ceded.save(update_fields=["ended_at"])
    write(TAKEN_BACK, ceded, proposal.pk, at=at)
    return ceded


def write(what: str, ceded: Ceded, decision: int | None, *, at: datetime) -> None:
    """What the record of the confederation says: which matter, and by which decision; by none where it was founded with
    it.
    """
    decided = {"proposal": decision} if decision is not None else {}
    texts = {"words": ceded.words}
    record(what, ceded.confederation, by=None, at=at, texts=texts, ceded=ceded.pk, sort=ceded.sort, **decided)
