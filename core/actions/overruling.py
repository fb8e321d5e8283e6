"""What was entered for somebody stops counting: they voted themself, contested it, or it was entered anew."""

from collections.abc import Collection
from datetime import datetime

from core.actions.telling import tell
from core.models import Cause, EnteredBallot, Person, RollEntry


def overrule(
    entry: RollEntry, ending: EnteredBallot.Ending, *, at: datetime, but: Collection[int] = ()
) -> EnteredBallot | None:
    """End what counts as entered for a locked roll row; None if nothing does. Who entered it is told, `but` not those
    who do this themselves.
    """
    counting = EnteredBallot.objects.counting().filter(roll=entry)
    found = counting.select_related("first__person", "second__person", "roll__person", "vote__proposal__body").first()
    if found is None:
        return None
    end(found, ending, at=at, but=but)
    return found


def end(entered: EnteredBallot, ending: EnteredBallot.Ending, *, at: datetime, but: Collection[int] = ()) -> None:
    """Write why an entry does not count, or no longer; both who entered it are told."""
    entered.ended_at, entered.ending = at, ending
    entered.save(update_fields=["ended_at", "ending"])
    for helper in (entered.first, entered.second):
        if helper is not None and helper.person_id not in but:
            tell_helper(entered, helper.person, at=at)


def tell_helper(entered: EnteredBallot, helper: Person, *, at: datetime) -> None:
    """Tell one of the two that what they entered does not count."""
    proposal = entered.vote.proposal
    tell(
        Cause.What.ENTERED_OVERRULED,
        proposal.body,
        key=f"{entered.pk}.{helper.pk}",
        at=at,
        proposal=proposal,
        person=helper,
        by=entered.roll.person,
    )
