"""What follows a commit: each task loads by id and calls one function. Doing one twice has one effect."""

from typing import Any

from celery import Task, shared_task

from core.notices import accounts, fanning, mails


def wake(task: Task[Any, Any], **kwargs: int) -> None:
    """Ask a worker to do it now. While the broker is away nothing is asked and nothing is lost: the sweeper finds it.

    The task class (config.celery.WakeUp) fails fast and then leaves a dead broker alone for a while.
    """
    task.apply_async(kwargs=kwargs)


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
