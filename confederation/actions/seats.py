"""Taking a seat in a confederation: the one place where a body comes to be in it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection

from confederation.models import Seat
from confederation.models.bodies import JOIN_LOCKS
from confederation.permissions import seats as may
from core.actions.telling import tell
from core.locks import require_transaction
from core.models import Accord, Body
from core.queries.charters import get_charter
from core.record import Datum, record, record_id
from core.registry import Impossible

JOINED = "confederation.joined"
TOOK_IN = "confederation.took_in"


def lock_joins() -> None:
    """Be the only one who brings bodies into confederations: two at once could close a circle. After the bodies, and
    before the record.
    """
    require_transaction()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [JOIN_LOCKS])


def take(
    accord: Accord, confederation: Body, body: Body, *, voice: bool, decisions: Mapping[int, int], at: datetime
) -> Seat:
    """A locked body is in a locked confederation from now on, and accepts its charter. `decisions` are the keys of the
    proposals by which each of the two has decided so; the bodies that found one have none there.

    `Impossible` where it cannot be in it any more.
    """
    lock_joins()
    verdict = may.can_join(body, confederation, voice=voice)
    if not verdict:
        raise Impossible(verdict.reason)
    charter = get_charter(confederation)
    seat = Seat.objects.create(
        accord=accord, confederation=confederation, body=body, charter=charter, voice=voice, joined_at=at
    )
    write(seat, JOINED, here=body, there=confederation, decisions=decisions, at=at)
    write(seat, TOOK_IN, here=confederation, there=body, decisions=decisions, at=at)
    announce(seat, JOINED, at=at)
    return seat


def announce(seat: Seat, what: str, *, at: datetime) -> None:
    """Tell the members of the body."""
    above = seat.confederation
    tell(what, seat.body, key=str(seat.pk), at=at, title=above.name, path=above.get_absolute_url())


def write(
    seat: Seat, what: str, *, here: Body, there: Body, decisions: Mapping[int, int], at: datetime, **more: Datum
) -> None:
    """What the record of one of the two bodies says: which seat, with whom, and by which decision, if by one."""
    decided = {"proposal": decisions[here.pk]} if here.pk in decisions else {}
    record(
        what,
        here,
        by=None,
        at=at,
        texts={"name": there.name},
        seat=seat.pk,
        other=record_id(there),
        charter=seat.charter.number,
        voice=seat.voice,
        **decided,
        **more,
    )
