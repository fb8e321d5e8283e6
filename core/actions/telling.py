"""Queueing news: the outbox row is written with the change, Celery is only woken afterwards."""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Model

from core import tasks
from core.locks import require_transaction
from core.models import Application, Body, Cause, Mandate, Person, Proposal

# Most acts tell of themselves: one statement, where looking first and a savepoint took four.
QUEUE = """
    INSERT INTO core_cause
        (key, what, body_id, proposal_id, mandate_id, application_id, person_id, by_id, title, path, at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (key) DO NOTHING RETURNING id
"""


def tell(
    what: Cause.What | str,
    body: Body,
    *,
    key: str,
    at: datetime,
    proposal: Proposal | None = None,
    mandate: Mandate | None = None,
    application: Application | None = None,
    person: Person | None = None,
    by: Person | None = None,
    title: str = "",
    path: str = "",
) -> None:
    """Queue one piece of news in this transaction; a key that was used before queues nothing.

    `person` is the only one told, or (if the kind of news goes to many) the one it is about. `title` and `path` are for
    news of a pillar, whose kinds are registered in core.notices.pillars.
    """
    require_transaction()
    about = [key_of(row) for row in (body, proposal, mandate, application, person, by)]
    with connection.cursor() as cursor:
        cursor.execute(QUEUE, [f"{what}:{key}", str(what), *about, title, path, at])
        fresh = cursor.fetchone()
    if fresh is not None:
        transaction.on_commit(lambda: tasks.wake_for_news(fresh[0]))


def key_of(row: Model | None) -> int | None:
    """The key of a row, if there is one."""
    return row.pk if row is not None else None
