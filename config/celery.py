"""The workers: one Celery application, and a publisher that never keeps a person waiting for a broker."""

import os
import time
from typing import Any

import structlog
from celery import Celery, Task
from kombu.exceptions import OperationalError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

logger = structlog.get_logger(__name__)

PAUSE_SECONDS = 10.0


class WakeUp(Task[Any, Any]):
    """A task that only wakes a worker: what must happen stands in the database, and sweepers find it.

    So a broker that is down is logged and left alone for ten seconds; the caller's work is committed and goes on.
    """

    broken_at: float | None = None

    def apply_async(self, *args: Any, **kwargs: Any) -> Any:
        """Publish, or let it be while the broker is down."""
        if self.app.conf.task_always_eager:
            return super().apply_async(*args, **kwargs)
        if WakeUp.broken_at is not None and time.monotonic() - WakeUp.broken_at < PAUSE_SECONDS:
            return None
        try:
            result = super().apply_async(*args, **kwargs)
        except (OperationalError, OSError) as error:
            WakeUp.broken_at = time.monotonic()
            logger.warning("broker is away, the sweeper will find it", task=self.name, error=type(error).__name__)
            return None
        WakeUp.broken_at = None
        return result


app = Celery("folkmoot", task_cls=WakeUp)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(related_name="clock")
