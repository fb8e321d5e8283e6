"""At which stages of an assembly something is possible: a wrong one raises, in words."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.refusals import Invalid, Sentence, WrongStep
from councils.models import Assembly
from councils.models.assemblies import STEPS, Stage

SAYS: dict[str, Sentence] = {
    Stage.POLL: _("The assembly has no date yet."),
    Stage.CALLED: _("The assembly has not begun."),
    Stage.OPEN: _("The assembly is under way."),
    Stage.HELD: _("The assembly is over."),
    Stage.PUBLISHED: _("The minutes are published. What has to be put right is added below them."),
    Stage.CANCELLED: _("The assembly was called off."),
}


def require_stage(assembly: Assembly, *stages: Stage) -> None:
    """Raise `WrongStep` unless the assembly is at one of these stages."""
    if assembly.stage not in stages:
        raise WrongStep(SAYS[assembly.stage])


def require_step(assembly: Assembly, to: Stage) -> None:
    """Raise `WrongStep` unless the table of steps leads from the assembly's stage to `to`."""
    if to not in STEPS.get(assembly.stage, set()):
        raise WrongStep(SAYS[assembly.stage])


def require_since_opened(assembly: Assembly, at: datetime) -> None:
    """Raise `Invalid` for something noted before the assembly began: such a note belongs to another meeting."""
    if assembly.opened_at is not None and at < assembly.opened_at:
        raise Invalid(_("This was noted before the assembly began, so it is not part of it."))
