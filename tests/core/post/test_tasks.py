"""How workers take their work: what they did not finish is done by another."""

from config.celery import app
from core import tasks


def test_a_worker_acknowledges_only_what_it_has_done() -> None:
    ours = [task for name, task in app.tasks.items() if name.startswith("core.")]

    assert tasks.fan_out_cause.name in app.tasks
    assert len(ours) >= 2
    assert [task.name for task in ours if not (task.acks_late and task.reject_on_worker_lost)] == []
