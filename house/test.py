"""./folkmoot test: what checks need, then the checks, then pytest, whose summary is the last line."""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from house import browsers, prepare, words
from house.places import CLONE, complain, say
from house.postgres import Postgres
from house.pytest_plugin import TEST_SETTINGS, start_throwaway
from house.roles import DATABASE, OWNER, Roles

FOLDERS = ("config", "core", "councils", "economics", "defense", "intelligence", "confederation", "house")
AROUND = ("tests", "bench", "faults", "scans", "verify")
PROGRAMS = Path(sys.executable).parent
PROCESSES = os.environ.get("TEST_PROCESSES") or "2"


def checks() -> dict[str, list[str]]:
    """What must hold before a test runs: name and command."""
    python = [folder for folder in FOLDERS + AROUND if any((CLONE / folder).rglob("*.py"))]
    pages = [str(page.relative_to(CLONE)) for page in sorted((CLONE / "templates").rglob("*.html"))]
    found = {
        "ruff check": ["ruff", "check", "--quiet", "."],
        "ruff format": ["ruff", "format", "--quiet", "--check", "."],
        "import order": ["lint-imports"],
        "migrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
        "types": ["mypy", *python, "manage.py"],
    }
    if pages:
        found["templates"] = ["djlint", "--lint", "--quiet", "templates"]
        found["template form"] = ["djade", "--check", *pages]
    return found


def run_checks(environment: dict[str, str]) -> list[str]:
    """Run all checks; returns the names of those that failed, after showing what they said."""
    failed = []
    for name, (program, *rest) in checks().items():
        begun = time.monotonic()
        done = subprocess.run(
            [str(PROGRAMS / program), *rest], cwd=CLONE, env=environment, capture_output=True, text=True, check=False
        )
        say(f"{'ok    ' if not done.returncode else 'FAILED'} {name} ({time.monotonic() - begun:.1f} s)")
        if done.returncode:
            failed.append(name)
            say(done.stdout[-8000:] + done.stderr[-4000:])
    return failed


def choose(given: list[str]) -> tuple[list[str], bool]:
    """Pytest's words, and whether the checks run too: a choice of tests runs alone."""
    slow = "--slow" in given
    rest = [word for word in given if word != "--slow"]
    # The server is thrown away with its databases; nothing waits for them to be dropped one by one. Files stay in their
    # order, in which the longest come first: the other way round one process waits for the other at the end.
    common = [
        "-n",
        PROCESSES,
        "--dist",
        "loadfile",
        "--no-loadscope-reorder",
        "--reuse-db",
    ]
    return [*common, *([] if slow else ["-m", "not slow"]), *rest], not rest


def copy_for_processes(server: Postgres, roles: Roles, settings: dict[str, str]) -> None:
    """Make the database that each process of pytest takes, all from one that is migrated once."""
    prepare.migrate(prepare.Steps(settings, lambda: False), server, roles)
    for number in range(int(PROCESSES)):
        server.psql(f"CREATE DATABASE test_{DATABASE}_gw{number} TEMPLATE {DATABASE} OWNER {OWNER}")


def test(given: list[str]) -> int:
    """Exit code 0 when everything holds."""
    chosen, with_checks = choose(given)
    os.environ["CHROMIUM"] = browsers.provide()
    browsers.provide_git()
    words.build()
    with tempfile.TemporaryDirectory(prefix="folkmoot-test-") as name:
        server, roles = start_throwaway(Path(name))
        try:
            urls = {
                "FOLKMOOT_TEST_OWNER_URL": roles.url(server, owner=True),
                "FOLKMOOT_TEST_WEB_URL": roles.url(server, owner=False),
            }
            environment = {**os.environ, **urls, "PYTHONPATH": str(CLONE)}
            known = {
                "DATABASE_OWNER_URL": urls["FOLKMOOT_TEST_OWNER_URL"],
                "DATABASE_URL": urls["FOLKMOOT_TEST_WEB_URL"],
                "STATIC_ROOT": str(CLONE / "static_built"),  # Django's own checks want it apart from the sources
            }
            settings = {**environment, **TEST_SETTINGS, **known}
            with ThreadPoolExecutor() as beside:
                copies = beside.submit(copy_for_processes, server, roles, settings)
                failed = run_checks(settings) if with_checks else []
                copies.result()
            if failed:
                complain(f"not in order: {', '.join(failed)}. The tests run all the same.")
            command = [str(PROGRAMS / "python"), "-m", "pytest", *chosen]
            code = subprocess.run(command, cwd=CLONE, env=environment, check=False).returncode
        finally:
            server.stop()
    return code or int(bool(failed))
