"""Gives pytest a throwaway PostgreSQL of our own before Django reads its settings."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from house.places import CLONE
from house.postgres import Postgres
from house.roles import OWNER, Roles

NOWHERE = "/dev/null/nowhere"
"""A folder that nobody can make, not even root: below something that is no folder."""
TEST_SETTINGS = {
    "SECRET_KEY": "only-for-tests",
    "FOLKMOOT_DATABASE_ROLE": "owner",
    "FOLKMOOT_ADDRESS": "http://localhost:8000",
    "TASKS_EAGER": "yes",
    "RATE_LIMITS": "no",
    "LOG_LEVEL": "WARNING",
    "STATIC_ROOT": str(CLONE / "static"),
    "SIGNER_FOLDER": NOWHERE,  # a test that signs makes a folder of its own
    "SEALS_FOLDER": NOWHERE,  # and so does one that seals
    "DATABASE_CONN_MAX_AGE": "0",
}


def start_throwaway(folder: Path) -> tuple[Postgres, Roles]:
    """A server without fsync over an empty folder, with all roles."""
    for name in ("sockets",):
        (folder / name).mkdir(mode=0o700, exist_ok=True)
    server = Postgres(
        folder / "postgres", folder / "sockets", folder / "postgres.log", "only-for-tests", throwaway=True
    )
    server.start()
    roles = Roles("only-for-tests", "only-for-tests", "only-for-tests")
    roles.prepare(server)
    server.psql(f"GRANT SET ON PARAMETER session_replication_role TO {OWNER}")  # to empty tables past their guards
    return server, roles


def _provide() -> None:
    """Set FOLKMOOT_TEST_OWNER_URL and _WEB_URL, from the outside or from a server that ends with this process."""
    if "FOLKMOOT_TEST_OWNER_URL" not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix="folkmoot-test-"))
        server, roles = start_throwaway(folder)
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        atexit.register(server.stop)
        os.environ["FOLKMOOT_TEST_OWNER_URL"] = roles.url(server, owner=True)
        os.environ["FOLKMOOT_TEST_WEB_URL"] = roles.url(server, owner=False)
    os.environ["DATABASE_OWNER_URL"] = os.environ["FOLKMOOT_TEST_OWNER_URL"]
    os.environ["DATABASE_URL"] = os.environ["FOLKMOOT_TEST_WEB_URL"]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    """Before pytest-django looks for its settings. Workers of pytest-xdist inherit the controller's server."""
    os.environ.update(TEST_SETTINGS)
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # a browser test runs an event loop in its thread
    wanted = early_config.known_args_namespace
    if not (wanted.help or wanted.version):
        _provide()
    return (yield)
