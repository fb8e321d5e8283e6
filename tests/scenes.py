"""Scenes that many tests begin with: made once for as long as the tests that follow want the same one.

A scene is made in a transaction that stays open from test to test; each test works on a savepoint of it, with its own
copy of the objects. A test that wants another scene, or none, or commits for itself, ends it first.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction


class Stage:
    """What stands on it now: the function that made it, what it made, and the transaction it lives in."""

    def __init__(self) -> None:
        self.maker: Callable[[], Any] | None = None
        self.made: Any = None
        self.transaction = ExitStack()

    def show(self, maker: Callable[[], Any] | None, blocker: Any) -> None:
        """Have this scene ready, and no other."""
        if maker is self.maker:
            return
        self.clear()
        if maker:
            self.transaction.enter_context(blocker.unblock())
            around = transaction.atomic()
            around._from_testcase = True  # type: ignore[attr-defined]  # what commits for itself may do so in a scene
            self.transaction.enter_context(around)
            self.transaction.callback(self.undo)
            self.maker = maker
            try:
                self.made = maker()
            except BaseException:  # else all later tests would stand in its transaction
                self.clear()
                raise

    def undo(self) -> None:
        """Have the transaction rolled back, unless it is gone with its connection already."""
        if transaction.get_connection().in_atomic_block:
            transaction.set_rollback(True)

    def clear(self) -> None:
        """Take the scene back."""
        self.transaction.close()
        self.maker = self.made = None


STAGE = Stage()


def scene(make: Callable[[], Any]) -> Any:
    """A fixture of a fresh copy of what `make` makes."""

    def copied(db: None) -> Any:
        return deepcopy(STAGE.made) if STAGE.maker is make else make()

    copied.makes = make  # type: ignore[attr-defined]
    return pytest.fixture(copied)


def wanted(item: Any) -> Callable[[], Any] | None:
    """The scene a test begins with; none for one that commits, whose other connections would not see it."""
    commits = {"transactional_db", "live_server"} & {*item.fixturenames}
    if commits or any(mark.kwargs.get("transaction") for mark in item.iter_markers("django_db")):
        return None
    used = [known[-1].func for known in item._fixtureinfo.name2fixturedefs.values()]
    return next((each.makes for each in used if hasattr(each, "makes")), None)


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest) -> None:
    """Just before pytest-django begins a test's transaction."""
    if fixturedef.argname == "_django_db_helper":
        STAGE.show(wanted(request.node), request.getfixturevalue("django_db_blocker"))
    elif fixturedef.argname == "playwright":
        STAGE.clear()  # its event loop stays in this thread, and Django connects anew in a thread with a loop


@pytest.fixture(scope="session", autouse=True)
def _last_scene_ends(request: pytest.FixtureRequest) -> Iterator[None]:
    """Before the test database is let go."""
    yield
    STAGE.clear()
