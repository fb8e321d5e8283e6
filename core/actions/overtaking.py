"""What an event elsewhere makes pointless is closed as overtaken."""

from datetime import datetime

from core.actions.counting import store_undecided
from core.actions.steps import require_step
from core.actions.telling import tell
from core.models import Cause, Mandate, Proposal, Stage
from core.record import record
from core.rules.counting import Outcome, Reason


def overtake_recalls(mandate: Mandate, *, at: datetime) -> None:
    """The mandate has ended otherwise: its open recall gets the outcome "overtaken" (DESIGN 3.3). All is locked."""
    for proposal in Proposal.objects.filter(mandate=mandate, stage__in=[Stage.VOTING, Stage.DISCUSSION]):
        overtake(proposal, at=at)


def overtake(proposal: Proposal, *, at: datetime) -> None:
    """Close a locked proposal and its locked open vote; what was cast is kept and decides nothing.

    Open ballots are counted all the same, boxes are never opened.
    """
    require_step(proposal, Stage.OVERTAKEN)
    for vote in proposal.votes.open():
        store_undecided(vote, proposal, Outcome.OVERTAKEN, Reason.OVERTAKEN, at=at)
    proposal.stage = Stage.OVERTAKEN
    proposal.closed_at = at
    proposal.save(update_fields=["stage", "closed_at"])
    record("proposal.decided", proposal.body, by=None, at=at, proposal=proposal.pk, outcome=Stage.OVERTAKEN.value)
    tell(Cause.What.PROPOSAL_CLOSED, proposal.body, key=str(proposal.pk), at=at, proposal=proposal)
