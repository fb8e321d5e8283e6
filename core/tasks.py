"""What follows a commit: each task loads by id and calls one function. Doing one twice has one effect."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from celery import Task, shared_task

from core.notices import accounts, fanning, mails

TOGETHER = 200
"""News of so many causes at most goes to one worker in one message."""
HELD: ContextVar[list[int] | None] = ContextVar("held", default=None)
"""Causes whose news is held until those beside them are committed too; none where each goes at once."""


def wake(task: Task[Any, Any], **kwargs: int | list[int]) -> None:
    """Ask a worker to do it now. While the broker is away nothing is asked and nothing is lost: the sweeper finds it.

    The task class (config.celery.WakeUp) fails fast and then leaves a dead broker alone for a while.
    """
    task.apply_async(kwargs=kwargs)


@contextmanager
def woken_together() -> Iterator[None]:
    """Whoever commits many acts inside, one after another, sends one message for the news of all. What a crash in
    between leaves unsent the sweeper finds.
    """
    held: list[int] = []
    token = HELD.set(held)
    try:
        yield
    finally:
        HELD.reset(token)
        send_held(held)


def wake_for_news(cause_id: int) -> None:
    """Have one cause told, now or together with others."""
    held = HELD.get()
    if held is None:
        wake(fan_out_cause, cause_id=cause_id)
        return
    held.append(cause_id)
    if len(held) >= TOGETHER:
        send_held(held)


def send_held(held: list[int]) -> None:
    """One message for all that was held."""
    if held:
        wake(fan_out_causes, cause_ids=[*held])
        held.clear()


@shared_task(acks_late=True, reject_on_worker_lost=True)
def fan_out_causes(*, cause_ids: list[int]) -> None:
    """The news of many causes."""
    for cause_id in cause_ids:
        fan_out_cause(cause_id=cause_id)


@shared_task(acks_late=True, reject_on_worker_lost=True)
def fan_out_cause(*, cause_id: int) -> None:
    """Write the notices of one cause, then have those mailed who want each as a mail."""
    for notice_id in fanning.fan_out(cause_id):
        wake(deliver_mail, notice_id=notice_id)


@shared_task(acks_late=True, reject_on_worker_lost=True)
def deliver_mail(*, notice_id: int) -> None:
    """Send one notice as a mail, if it is still due."""
    mails.deliver(notice_id)


@shared_task(acks_late=True, reject_on_worker_lost=True)
def mail_account_news(*, news_id: int) -> None:
    """Mail to its person what happened to an account, if that is still due."""
    accounts.deliver(news_id)
