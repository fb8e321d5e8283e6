"""Requests to decide jointly are answered before the author opens the vote."""

from django.utils.translation import gettext_lazy as _

from core.models import Proposal
from core.refusals import ALLOWED, Verdict, denied


def has_answered(proposal: Proposal) -> Verdict:
    """Asked of the author only: others, who may open it later, need not wait for an answer that does not come."""
    if proposal.affected.filter(asked_at__isnull=False, answered_at__isnull=True).exists():
        return denied(_("A body that this affects asks to decide together. Answer it first."))
    return ALLOWED
