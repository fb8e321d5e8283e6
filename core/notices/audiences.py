"""Who hears what. Each group is one SELECT of person keys; a kind of news names the groups that hear it."""

from collections.abc import Mapping
from types import MappingProxyType

from core.models import Cause

from .pillars import ALSO, NEWS

What = Cause.What

MEMBERS = "SELECT m.person_id FROM core_membership m WHERE m.body_id = c.body_id AND m.ended_at IS NULL"

ENDED_WITH_IT = "SELECT m.person_id FROM core_membership m WHERE m.body_id = c.body_id AND m.ending = 'body_ended'"

# Only what takes a mandate from somebody is told above as well.
HOST_IF_REVOKED = """
    SELECT m.person_id FROM core_membership m JOIN core_body b ON b.host_id = m.body_id
    JOIN core_mandate d ON d.id = c.mandate_id AND d.ending IN ('recall', 'confidence', 'panel', 'removed')
    WHERE b.id = c.body_id AND m.ended_at IS NULL
"""

PERSON = "SELECT c.person_id"

# Who was removed keeps the votes already open (DESIGN 3.5), and hears how they end.
REMOVED_ELECTORS = """
    SELECT r.person_id FROM core_rollentry r JOIN core_vote v ON v.id = r.vote_id
    JOIN core_membership m ON m.id = r.membership_id AND m.ending = 'removed'
    WHERE v.proposal_id = c.proposal_id
"""

ON_ROLL = """
    SELECT r.person_id FROM core_rollentry r JOIN core_vote v ON v.id = r.vote_id AND v.counted_at IS NULL
    JOIN core_membership m ON m.id = r.membership_id AND (m.ended_at IS NULL OR m.ending = 'removed')
    WHERE v.proposal_id = c.proposal_id
"""
NOT_VOTED = f"""{ON_ROLL}
    AND NOT EXISTS (SELECT 1 FROM core_ballot b WHERE b.roll_id = r.id AND b.position <> 'struck')
"""  # noqa: S608  # nosec B608  (constants of this module)

AUDIENCES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        What.PROPOSAL_OPEN: (MEMBERS,),
        What.CANDIDATES_WANTED: (MEMBERS,),
        What.CANDIDACY_PROPOSED: (PERSON,),
        What.VOTE_OPENED: (MEMBERS,),
        What.VOTE_REMINDER: (NOT_VOTED,),
        What.SECRET_REMINDER: (ON_ROLL,),
        What.PROPOSAL_CLOSED: (MEMBERS, REMOVED_ELECTORS),
        What.ROUND_STARTED: (MEMBERS,),
        What.SECOND_WANTED: (MEMBERS,),
        What.COMMENT_REPLY: (PERSON,),
        What.AMENDMENT_MADE: (PERSON,),
        What.AMENDMENT_ANSWERED: (PERSON,),
        What.BODY_AFFECTED: (MEMBERS,),
        What.JOINT_ASKED: (MEMBERS,),
        What.JOINT_ANSWERED: (MEMBERS,),
        What.OFFER_MADE: (PERSON,),
        What.MANDATE_GRANTED: (MEMBERS, PERSON),
        What.MANDATE_ENDED: (MEMBERS, PERSON, HOST_IF_REVOKED),
        What.RECALL_OPENED: (MEMBERS,),
        What.REPORT_GIVEN: (MEMBERS,),
        What.REPORT_DUE: (PERSON,),
        What.TASK_GIVEN: (PERSON,),
        What.APPLICATION_MADE: (MEMBERS,),
        What.OBJECTIONS_OPEN: (MEMBERS,),
        What.MEMBER_JOINED: (MEMBERS, PERSON),
        What.APPLICATION_REFUSED: (PERSON,),
        What.MEMBER_REMOVED: (MEMBERS, PERSON),
        What.REMOVAL_PROPOSED: (PERSON,),
        What.MERGING_ASKED: (MEMBERS,),
        What.MEMBER_MERGED: (MEMBERS,),
        What.RECOVERY_WAITS: (MEMBERS,),
        What.RECOVERY_STOPPED: (MEMBERS,),
        What.LOAN_DUE: (PERSON,),
        What.STUDY_ANNOUNCED: (MEMBERS,),
        What.STUDY_CALLED_OFF: (MEMBERS,),
        What.EFFECT_FAILED: (MEMBERS,),
        What.VOTE_VOID: (MEMBERS, REMOVED_ELECTORS),
        What.CHARTER_OBJECTED: (MEMBERS,),
        What.ASSEMBLY_CALLED: (MEMBERS,),
        What.FOUNDING_OVER: (MEMBERS, ENDED_WITH_IT),
        What.BODY_ENDED: (ENDED_WITH_IT,),
        What.ACCORD_ASKED: (MEMBERS,),
        What.ACCORD_FELL: (MEMBERS,),
        What.BODIES_UNITED: (MEMBERS,),
        What.HOST_ENDING: (MEMBERS,),
        What.HOST_ENDED: (MEMBERS,),
        What.HOST_SET: (MEMBERS,),
        What.HOUSE_RESTORED: (MEMBERS,),
        What.BALLOT_ENTERED: (PERSON,),
        What.ENTERED_OVERRULED: (PERSON,),
        What.ENTERED_NOT_TAKEN: (PERSON,),
        What.CARD_GIVEN: (PERSON,),
    }
)

# Nobody hears of their own act; and who is told in person of a proposal (that it is about them, that it offers them a
# mandate) is not told again that there is one.
NOT_TOLD = """
    p.id IS DISTINCT FROM c.by_id
    AND NOT (c.what = 'proposal.discussion' AND EXISTS (
        SELECT 1 FROM core_cause own WHERE own.proposal_id = c.proposal_id AND own.person_id = p.id
        AND own.what IN ('offer.made', 'removal.proposed')
    ))
"""

# The end of a proposal that does something is told by what it did: one event, one notice.
TOLD_BY_ITS_EFFECT = frozenset({"mandate", "recall", "removal", "admission"})


def select_for(what: str) -> str:
    """The person keys that hear this kind of news, for a cause called `c` in the outer statement."""
    audience = NEWS[what].audience if what in NEWS else AUDIENCES[what]
    return " UNION ".join((*audience, *ALSO.get(what, ())))
