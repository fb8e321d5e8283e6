"""The kind of proposals by which a body withdraws its confidence in a mandate above, or gives it back."""

from datetime import datetime

from confederation.actions import confidence
from core.locks import Touched
from core.models import Proposal
from core.registry import Kind
from core.registry import register as register_kind
from core.rules.terms import Matter


def above(_proposal: Proposal) -> Matter:
    """What a body says for itself: simple majority."""
    return Matter.ABOVE


def withdraw(proposal: Proposal, at: datetime) -> None:
    """The body has withdrawn it, or given it back."""
    confidence.decided(proposal, at=at)


def touches(proposal: Proposal) -> Touched:
    """The mandate: nobody counts meanwhile."""
    return Touched(mandates=frozenset([proposal.withdraws.mandate_id]))


def register() -> None:
    """Called once at start-up."""
    register_kind(Kind(confidence.KIND, confidence.LABEL, above, withdraw, touches=touches, counts=False))
