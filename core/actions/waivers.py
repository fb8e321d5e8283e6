"""What an assembly may waive of the talk on a proposal, and that it did. How those present answer is the assembly's."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.locks import require_transaction
from core.models import Proposal, Stage
from core.permissions.proposals import opens_from
from core.queries.charters import get_charter
from core.refusals import WrongStep
from core.registry import kind_of


def require_waivable(proposal: Proposal, *, at: datetime) -> None:
    """Raise unless a locked proposal is one whose talk has a minimum left that an assembly may waive.

    Never for charters, members, elections and recalls, as with urgent decisions (DESIGN 3); and what the clock opens
    has its own time.
    """
    if proposal.stage != Stage.DISCUSSION:
        raise WrongStep(_("It is not in discussion."))
    if not kind_of(proposal).waivable or proposal.opens_by_clock or proposal.urgent:
        raise WrongStep(_("The time to talk this over cannot be waived."))
    earliest = opens_from(proposal, get_charter(proposal.body))
    if earliest is None or earliest <= at:
        raise WrongStep(_("It has been talked over long enough: its author can open the vote."))


def waive(proposal: Proposal, *, at: datetime) -> Proposal:
    """From now on the author may open the vote on this text, in the caller's transaction. A new version ends it."""
    require_transaction()
    require_waivable(proposal, at=at)
    proposal.waived_at = at
    proposal.save(update_fields=["waived_at"])
    return proposal
