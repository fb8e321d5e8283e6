"""The steps of a proposal's life, and of a case's: a wrong one raises."""

from django.utils.translation import gettext_lazy as _

from core.models import CASE_STEPS, STEPS, Case, Proposal, Stage
from core.refusals import WrongStep


def require_step(proposal: Proposal, to: Stage) -> None:
    """Raise `WrongStep` unless the table of steps leads from the proposal's stage to `to`."""
    if to not in STEPS.get(proposal.stage, set()):
        raise WrongStep(_("This is not possible at its present stage."))


def require_case_step(case: Case, to: Case.Stage) -> None:
    """The same for a case."""
    if to not in CASE_STEPS.get(case.stage, set()):
        raise WrongStep(_("This is not possible at its present stage."))
