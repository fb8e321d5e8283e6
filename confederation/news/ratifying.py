"""News of what follows a decision above: it is in force, the people have decided, a mandate is given or has ended.

Core tells of all of these as of any body's; here the members of all bodies below hear it. Somebody of another body is
asked to hold a mandate.
"""

from django.utils.translation import gettext as _

from confederation.actions import holding
from core.models import Cause, Person
from core.notices.audiences import PERSON
from core.notices.pillars import News, also_hear
from core.notices.pillars import register as register_news

BELOW = """
    SELECT m.person_id FROM core_membership m WHERE m.ended_at IS NULL AND m.body_id IN (
        WITH RECURSIVE below(id) AS (
            SELECT s.body_id FROM confederation_seat s WHERE s.confederation_id = c.body_id AND s.left_at IS NULL
            UNION SELECT s.body_id FROM confederation_seat s JOIN below ON below.id = s.confederation_id
            WHERE s.left_at IS NULL
        ) SELECT id FROM below
    )
"""
# What was not adopted when it was counted is told already, with what came of it (`news.referrals`).
ONCE_IT_WAS_ADOPTED = f"""{BELOW} AND EXISTS (
        SELECT FROM confederation_referral r WHERE r.proposal_id = c.proposal_id AND r.in_force_from IS NOT NULL
    )
"""  # nosec B608  (constants of this house)


def offered(cause: Cause, _reader: Person) -> str:
    """The reader is asked; the cause bears the name of the mandate."""
    return _("%(body)s asks you to take a mandate: %(title)s.") % {"body": cause.body.name, "title": cause.title}


def register() -> None:
    """Called once at start-up."""
    register_news(News(holding.OFFERED, offered, (PERSON,)))
    also_hear(Cause.What.PROPOSAL_CLOSED, ONCE_IT_WAS_ADOPTED)
    also_hear(Cause.What.MANDATE_GRANTED, BELOW)
    also_hear(Cause.What.MANDATE_ENDED, BELOW)
