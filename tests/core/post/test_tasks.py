"""How workers take their work: what they did not finish is done by another."""

from typing import Any

import pytest

from config.celery import app
from core import tasks
from core.notices import fanning


def test_a_worker_acknowledges_only_what_it_has_done() -> None:
    ours = [task for name, task in app.tasks.items() if name.startswith("core.")]

    assert tasks.fan_out_cause.name in app.tasks
    assert len(ours) >= 2
    assert [task.name for task in ours if not (task.acks_late and task.reject_on_worker_lost)] == []


def test_each_kind_of_work_has_a_queue_of_its_own_and_a_worker_takes_from_all() -> None:
    def where(name: str) -> str:
        return str(app.amqp.router.route({}, name)["queue"].name)

    assert {queue.routing_key for queue in app.amqp.queues.consume_from.values()} == {"celery", "referrals", "post"}
    assert where(tasks.fan_out_causes.name) == "post"
    assert where("confederation.tasks.close_votes") == "referrals"
    assert where("core.clock.settle_votes") == "celery"


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is asked of workers."""
    found: list[Any] = []
    monkeypatch.setattr(tasks, "wake", lambda task, **words: found.append((task.name, words)))
    return found


def test_news_of_many_acts_wakes_a_worker_once(sent: list[Any]) -> None:
    with tasks.woken_together():
        for number in range(tasks.TOGETHER + 2):
            tasks.wake_for_news(number)
    tasks.wake_for_news(7)

    first, rest, alone = sent
    assert first == ("core.tasks.fan_out_causes", {"cause_ids": [*range(tasks.TOGETHER)]})
    assert rest == ("core.tasks.fan_out_causes", {"cause_ids": [tasks.TOGETHER, tasks.TOGETHER + 1]})
    assert alone == ("core.tasks.fan_out_cause", {"cause_id": 7})


def test_what_fails_amid_many_acts_leaves_the_news_of_the_others(sent: list[Any]) -> None:
    def fail() -> None:
        with tasks.woken_together():
            tasks.wake_for_news(1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert sent == [("core.tasks.fan_out_causes", {"cause_ids": [1]})]


def test_a_worker_tells_many_causes_one_after_another(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []

    def fan_out(cause_id: int) -> list[int]:
        told.append(cause_id)
        return []

    monkeypatch.setattr(fanning, "fan_out", fan_out)

    tasks.fan_out_causes(cause_ids=[3, 1])

    assert told == [3, 1]
