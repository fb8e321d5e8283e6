"""Queueing news: the outbox row is written with the change, Celery is only woken afterwards."""

from datetime import datetime

from django.db import transaction

from core import tasks
from core.locks import require_transaction
from core.models import Application, Body, Cause, Mandate, Person, Proposal


def tell(
    what: Cause.What,
    body: Body,
    *,
    key: str,
    at: datetime,
    proposal: Proposal | None = None,
    mandate: Mandate | None = None,
    application: Application | None = None,
    person: Person | None = None,
    by: Person | None = None,
) -> None:
    """Queue one piece of news in this transaction; a key that was used before queues nothing.

    `person` is the only one told, or (if the kind of news goes to many) the one it is about.
    """
    require_transaction()
    cause, fresh = Cause.objects.get_or_create(
        key=f"{what.value}:{key}",
        defaults={
            "what": what,
            "body": body,
            "proposal": proposal,
            "mandate": mandate,
            "application": application,
            "person": person,
            "by": by,
            "at": at,
        },
    )
    if fresh:
        transaction.on_commit(lambda: tasks.wake(tasks.fan_out_cause, cause_id=cause.pk))
