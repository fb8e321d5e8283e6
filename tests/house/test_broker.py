"""A broker that is away keeps nobody waiting, and loses nothing that stands in the database."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery import Celery

from config.celery import WakeUp


@pytest.fixture
def app(tmp_path: Path) -> "Iterator[Celery[WakeUp]]":
    """An application whose broker does not exist; with the house's own limits."""
    WakeUp.broken_at = None
    app = Celery("lonely", task_cls=WakeUp, broker=f"redis+socket://{tmp_path}/nobody.sock")
    app.config_from_object("django.conf:settings", namespace="CELERY")
    app.conf.update(task_always_eager=False, broker_url=f"redis+socket://{tmp_path}/nobody.sock")
    yield app
    WakeUp.broken_at = None


def test_a_wake_up_without_a_broker_returns_at_once(app: "Celery[WakeUp]") -> None:
    @app.task(name="nothing")
    def nothing() -> None: ...

    begun = time.monotonic()
    nothing.apply_async()
    first_took = time.monotonic() - begun

    assert WakeUp.broken_at is not None
    assert first_took < 5


def test_a_broker_that_was_away_is_left_alone_for_a_while(
    app: "Celery[WakeUp]", monkeypatch: pytest.MonkeyPatch
) -> None:
    @app.task(name="nothing")
    def nothing() -> None: ...

    nothing.apply_async()
    broken_at = WakeUp.broken_at
    nothing.apply_async()

    assert WakeUp.broken_at == broken_at  # it was not even tried
    monkeypatch.setattr(WakeUp, "broken_at", time.monotonic() - 60)
    nothing.apply_async()
    assert WakeUp.broken_at is not None
    assert time.monotonic() - WakeUp.broken_at < 30  # tried again, and away again
