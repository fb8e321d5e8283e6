"""What bodies decide on being in confederations: to found one, to join one. The clock carries these out."""

from django.utils.translation import gettext_lazy as _

from confederation.actions import founding, joining
from core.actions.accords import WAYS
from core.kinds import accord_shown
from core.models import Proposal
from core.registry import Kind
from core.registry import register as register_kind
from core.rules.terms import Matter


def ordinary(_proposal: Proposal) -> Matter:
    """By the charter's rule for ordinary matters."""
    return Matter.ORDINARY


def register() -> None:
    """Called once at start-up."""
    WAYS.update({founding.KIND: founding.WAY, joining.KIND: joining.WAY})
    register_kind(Kind(founding.KIND.value, _("Founding a confederation"), ordinary, stands=True, shows=accord_shown))
    register_kind(Kind(joining.KIND.value, _("Joining a confederation"), ordinary, stands=True, shows=accord_shown))
