"""Recalls: any member opens one, at any time (DESIGN 3.2)."""

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from core.actions.opening import begin_vote
from core.actions.proposals import write
from core.actions.vote_keys import NoKey
from core.locks import Touched, take
from core.models import Mandate, Person, Proposal, Stage
from core.permissions import mandates as may
from core.record import record
from core.timekeeping import folkmoot_now

log = structlog.get_logger(__name__)


@transaction.atomic
def open_recall(mandate: Mandate, reason: str, *, by: Person) -> Proposal:
    """Open the recall of a mandate: its vote begins at once. It cannot be withdrawn. Reads the clock after its
    locks.

    Only where the vote must be secret and no key is ready does it wait for one (docs/adr/0030).
    """
    taken = take(mandate.body_id, Touched(mandates=frozenset([mandate.pk])))
    mandate = taken.mandates[mandate.pk]
    at = folkmoot_now()
    may.can_recall(by, mandate, at=at).or_deny()
    proposal = Proposal.objects.create(
        body=taken.body,
        kind="recall",
        author=by,
        title=(_("Recall: %(mandate)s") % {"mandate": mandate.title})[:120],
        created_at=at,
        stage=Stage.DISCUSSION,
        discussion_at=at,
        mandate=mandate,
    )
    write(proposal, proposal.title, reason, by=by, at=at)
    record(
        "recall.opened",
        taken.body,
        by=by,
        at=at,
        texts={"reason": reason},
        proposal=proposal.pk,
        mandate=mandate.pk,
    )
    try:
        with transaction.atomic():
            begin_vote(proposal, taken.body, by=by, at=at)
    except NoKey:
        log.warning("no key", proposal=proposal.pk)  # the clock opens its vote as soon as there is one
    return proposal
