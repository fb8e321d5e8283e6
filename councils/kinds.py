"""The kinds of proposals of councils: what each is called and how it is decided."""

from django.utils.translation import gettext_lazy as _

from core.models import Proposal
from core.registry import Kind, register
from core.rules.terms import Matter


def ordinary(_proposal: Proposal) -> Matter:
    """By the body's ordinary rule."""
    return Matter.ORDINARY


def register_organising() -> None:
    """Called once at start-up. What adopting them does is their tasks; both stand in the register of decisions."""
    register(Kind("campaign", _("Campaign"), ordinary, stands=True, as_written=True))
    register(Kind("hardship", _("Hardship appeal"), ordinary, stands=True, as_written=True))
