"""Requests to decide jointly are answered before the author opens the vote."""

from django.utils.translation import gettext_lazy as _

from core.models import Proposal
from core.queries.remembering import remembered
from core.refusals import ALLOWED, Verdict, denied


def waits_key(proposal: Proposal) -> tuple[str, int]:
    """Under which a page that has read it already remembers whether a request waits."""
    return ("request waits", proposal.pk)


def has_answered(proposal: Proposal) -> Verdict:
    """Asked of the author only: others, who may open it later, need not wait for an answer that does not come."""
    waiting = proposal.affected.filter(asked_at__isnull=False, answered_at__isnull=True)
    if remembered(waits_key(proposal), waiting.exists):
        return denied(_("A body that this affects asks to decide together. Answer it first."))
    return ALLOWED
