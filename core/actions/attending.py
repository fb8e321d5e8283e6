"""Who was there when a blocked proposal was talked over in a round: it keeps their right to block, as writing does."""

from collections.abc import Sequence
from datetime import datetime

from core.locks import require_transaction
from core.models import Attended, Membership, Person, Proposal, Stage
from core.record import label, record

BATCH = 1000


def attend(proposal: Proposal, people: Sequence[Membership], *, by: Person, at: datetime) -> None:
    """Keep that these members were there, for a locked proposal, in the caller's transaction. Outside of a round it has
    no meaning, and nothing is kept.
    """
    require_transaction()
    if proposal.stage != Stage.ROUND or not people:
        return
    rows = [Attended(proposal=proposal, membership=each, round_no=proposal.round_no, at=at) for each in people]
    Attended.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    record(
        "round.attended",
        proposal.body,
        by=by,
        at=at,
        proposal=proposal.pk,
        round=proposal.round_no,
        present=[*sorted(label(each) for each in people)],
    )
