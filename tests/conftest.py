"""What all tests stand on: the owner's test database, requests as the web role, one browser."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import TransactionTestCase
from django.utils import translation

from core.signer.folder import SignerFolder, the_folder
from house import browsers
from tests import scenes
from tests.emptying import empty_tables


def pytest_configure(config: pytest.Config) -> None:
    """Requests run as the web role; password hashes are quick."""
    config.pluginmanager.register(scenes)
    if "tests.web_role.WebRoleMiddleware" not in settings.MIDDLEWARE:
        settings.MIDDLEWARE = ["tests.web_role.WebRoleMiddleware", *settings.MIDDLEWARE]
    options: Any = settings.DATABASES["default"].setdefault("OPTIONS", {})
    options["options"] = f"{options.get('options', '')} -c folkmoot.throwaway=yes".strip()  # tables may be emptied
    settings.WHITENOISE_AUTOREFRESH = True  # else every test client walks through all static files first
    settings.READING_KEY_COST = (8, 1)
    TransactionTestCase._fixture_teardown = empty_tables  # type: ignore[attr-defined]  # the stubs leave it out
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium; no browser is downloaded."""
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM") or browsers.find(),
        "args": browsers.ARGUMENTS,
    }


@pytest.fixture
def signer_folder(tmp_path: Path, settings: Any) -> SignerFolder:
    """A folder of its own for the signer of this test."""
    settings.SIGNER_FOLDER = tmp_path / "signer"
    folder = the_folder()
    folder.make()
    return folder


@pytest.fixture
def seals_folder(tmp_path: Path, settings: Any) -> Path:
    """A store of seals for this test alone."""
    folder = tmp_path / "seals"
    settings.SEALS_FOLDER = folder
    return folder


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A page in another language leaves that language to whatever speaks next in this process."""
    yield
    translation.deactivate()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests come first, and the quick ones fill what is left of the time at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector need not walk through it in every test, nor look so often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)
