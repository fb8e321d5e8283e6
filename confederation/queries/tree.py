"""Which bodies a referral asks, and where each of them is counted: once, on the path that it joined first."""

from datetime import datetime

from django.db import connection

from confederation.rules.timing import OBSERVES_BELOW, observes
from confederation.rules.tree import Place
from core.models import Body

# Of all seats that lead to the top, each body's first one; one in which it is counted comes before one in which it only
# speaks. More members than make a council count are not looked for.
PLACES = """
    WITH RECURSIVE reach(id) AS (
        SELECT %(top)s::bigint
        UNION SELECT s.body_id FROM confederation_seat s JOIN reach ON reach.id = s.confederation_id
        WHERE s.left_at IS NULL
    ), chosen AS (
        SELECT DISTINCT ON (s.body_id) s.body_id, s.confederation_id, s.id, s.voice
        FROM confederation_seat s JOIN reach ON reach.id = s.confederation_id
        WHERE s.left_at IS NULL ORDER BY s.body_id, s.voice DESC, s.joined_at, s.id
    )
    SELECT c.body_id, c.confederation_id, c.id, c.voice, b.kind, b.formed_at, (
        SELECT count(*) FROM (
            SELECT FROM core_membership m WHERE m.body_id = b.id AND m.ended_at IS NULL LIMIT %(enough)s
        ) members
    )
    FROM chosen c JOIN core_body b ON b.id = c.body_id
    ORDER BY c.id
"""


def get_places(confederation: int, *, at: datetime) -> list[Place]:
    """All bodies below a confederation, each once, in the order in which they joined. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(PLACES, {"top": confederation, "enough": OBSERVES_BELOW})
        return [
            Place(
                body=body,
                above=above,
                seat=seat,
                confederation=kind == Body.Kind.CONFEDERATION,
                counts=voice and not (kind == Body.Kind.COUNCIL and observes(formed_at, members, at)),
            )
            for body, above, seat, voice, kind, formed_at, members in cursor.fetchall()
        ]
