"""Reviews: on its day a decision is kept, or it ends (docs/adr: what a review without quorum means)."""

from datetime import datetime, timedelta

from core.actions.effects import end_decision
from core.locks import lock
from core.models import Proposal, Stage
from core.record import record

AGAIN_WITHOUT_QUORUM = timedelta(days=30)


def keep(review: Proposal, *, at: datetime) -> None:
    """It stays in force and is looked at again after the same stretch of time."""
    decision = lock_reviewed(review)
    if decision is None:
        return
    stretch = at.date() - (decision.closed_at or at).date()
    postpone(decision, max(stretch, AGAIN_WITHOUT_QUORUM), at=at)
    record("decision.kept", decision.body, by=None, at=at, proposal=decision.pk, review=review.pk)


def drop(review: Proposal, *, at: datetime) -> None:
    """It ends; but a vote that too few took part in decides nothing: the decision is looked at again in 30 days."""
    decision = lock_reviewed(review)
    if decision is None:
        return
    if review.stage in (Stage.NO_QUORUM, Stage.OVERTAKEN, Stage.VOID):
        postpone(decision, AGAIN_WITHOUT_QUORUM, at=at)
    else:
        end_decision(decision, Proposal.Ending.REVIEWED, at=at)


def postpone(decision: Proposal, by: timedelta, *, at: datetime) -> None:
    """Set the next day of review."""
    decision.review_on = at.date() + by
    decision.save(update_fields=["review_on"])


def lock_reviewed(review: Proposal) -> Proposal | None:
    """The decision under review, locked, if it is still in force."""
    if review.reviews is None:
        return None
    decision = lock(review.reviews)  # held already by the closer
    return decision if decision.ended_at is None else None
