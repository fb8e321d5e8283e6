"""What bodies decide on being in confederations: to found one and to join one, which the clock carries out, and to
leave one, which is done at once.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from confederation.actions import founding, joining, leaving
from core.actions.accords import WAYS
from core.kinds import accord_shown
from core.locks import Touched
from core.models import Proposal
from core.registry import Kind
from core.registry import register as register_kind
from core.rules.terms import Matter


def ordinary(_proposal: Proposal) -> Matter:
    """By the charter's rule for ordinary matters."""
    return Matter.ORDINARY


def leave(proposal: Proposal, at: datetime) -> None:
    """The body leaves."""
    leaving.leave(proposal, at=at)


def leaving_touches(proposal: Proposal) -> Touched:
    """The confederation, and the mandates of those sent there."""
    return leaving.touched_by_leaving(proposal.leaves.seat)


def register() -> None:
    """Called once at start-up."""
    WAYS.update({founding.KIND: founding.WAY, joining.KIND: joining.WAY})
    register_kind(Kind(founding.KIND.value, _("Founding a confederation"), ordinary, stands=True, shows=accord_shown))
    register_kind(Kind(joining.KIND.value, _("Joining a confederation"), ordinary, stands=True, shows=accord_shown))
    register_kind(Kind(leaving.KIND, _("Leaving a confederation"), ordinary, leave, touches=leaving_touches))
