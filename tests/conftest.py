"""What all tests stand on: the owner's test database, requests as the web role, one browser."""

import os
from typing import Any

import pytest
from django.conf import settings

from house import browsers


def pytest_configure() -> None:
    """Requests run as the web role; password hashes are quick."""
    if "tests.web_role.WebRoleMiddleware" not in settings.MIDDLEWARE:
        settings.MIDDLEWARE = ["tests.web_role.WebRoleMiddleware", *settings.MIDDLEWARE]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium; no browser is downloaded."""
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM") or browsers.find(),
        "args": browsers.ARGUMENTS,
    }
