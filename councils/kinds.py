"""The kinds of proposals of the councils, and what adopting each one does."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.models import Proposal
from core.registry import Kind, Panel, register
from core.rules.terms import Matter
from councils.actions import profiles, splits
from councils.models import CouncilProfile
from councils.queries.splits import get_split


def set_profile(proposal: Proposal, at: datetime) -> None:
    """The new profile is in force."""
    profiles.bring_into_force(proposal, at=at)


def shown(proposal: Proposal) -> Panel:
    """The profile that is proposed."""
    return Panel(
        "councils/_profile_proposed.html", {"profile": CouncilProfile.objects.filter(proposal=proposal).first()}
    )


def split_shown(proposal: Proposal) -> Panel:
    """The two councils, how many chose each, and when it is done."""
    return Panel("councils/_split.html", {"split": get_split(proposal), "here": True})


def register_council_kinds() -> None:
    """Called once at start-up."""
    register(
        Kind(
            splits.KIND,
            _("Become two"),
            lambda _proposal: Matter.CHARTER,
            stands=True,
            discussion_days=7,
            ends=True,
            shows=split_shown,
        )
    )
    ordinary = Matter.ORDINARY
    register(Kind(profiles.KIND, _("Profile of the council"), lambda _proposal: ordinary, set_profile, shows=shown))
    for name, label in (("campaign", _("Campaign")), ("hardship", _("Hardship appeal"))):  # adopted, they are tasks
        register(Kind(name, label, lambda _proposal: ordinary, stands=True, as_written=True))
