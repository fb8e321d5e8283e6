"""What beat starts. The settle loop does the same without a broker; both at once have one effect."""

from celery import shared_task

from core.actions.settling import settle
from core.notices import sweeping


@shared_task(acks_late=True, reject_on_worker_lost=True)
def settle_votes() -> None:
    """Everything whose time has come: closings, ends of terms, openings, reminders."""
    settle()


@shared_task(acks_late=True, reject_on_worker_lost=True)
def sweep_post() -> None:
    """News not fanned out, mails not sent."""
    sweeping.sweep()


@shared_task(acks_late=True, reject_on_worker_lost=True)
def send_digests() -> None:
    """The daily digests whose hour has come."""
    sweeping.send_digests()
