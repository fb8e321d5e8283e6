"""What a decision left to do: said to be done."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.locks import lock
from core.models import Person, Task
from core.permissions import proposals as may
from core.record import record
from core.refusals import Invalid

NOTE_MAX = 300


@transaction.atomic
def finish(task: Task, *, by: Person, at: datetime, note: str = "") -> Task:
    """Say that a task is done, and how it went. Saying it again changes nothing."""
    task = lock(task)
    proposal = task.proposal
    may.can_finish_task(by, proposal, task.person_id).or_deny()
    if len(note) > NOTE_MAX:
        raise Invalid(_("This is too long: at most 300 characters."))
    if task.done_at is not None:
        return task

    task.done_at = at
    task.note = note.strip()
    task.save(update_fields=["done_at", "note"])
    record("task.done", proposal.body, by=by, at=at, texts={"note": task.note}, proposal=proposal.pk, task=task.pk)
    return task
