"""A copy of this clone that other system users can reach, with an environment of its own, as on a fresh machine."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from house.places import CLONE
from house.pytest_plugin import start_throwaway

LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".folkmoot*", "__pycache__", ".*_cache", "static_built", "*.mo", ".env"
)


def bare_settings(home: Path) -> dict[str, str]:
    """The environment of somebody who just sat down: the system's programs and a home, nothing of ours."""
    kept = {name: value for name, value in os.environ.items() if name.endswith(("_proxy", "_PROXY")) or "CERT" in name}
    return {**kept, "HOME": str(home), "PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LANG": "C.UTF-8"}


def as_user(user: int | None) -> list[str]:
    """The prefix that runs a command as another user; none where we are not root."""
    if user is None or os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"]


def make(folder: Path, user: int | None) -> Path:
    """A fresh clone inside `folder`, owned by `user`; nothing is installed yet."""
    clone = folder / "clone"
    shutil.copytree(CLONE, clone, ignore=LEFT_OUT)
    folder.chmod(0o755)
    if user is not None and os.geteuid() == 0:
        subprocess.run(["chown", "-R", f"{user}:{user}", clone], check=True)
    return clone


@contextmanager
def with_database(folder: Path, clone: Path) -> Iterator[dict[str, str]]:
    """The environment in which pytest runs the tests of a copy, on a throwaway server below `folder`."""
    server, roles = start_throwaway(folder)
    try:
        yield {
            **os.environ,
            "PYTHONPATH": str(clone),
            "FOLKMOOT_TEST_OWNER_URL": roles.url(server, owner=True),
            "FOLKMOOT_TEST_WEB_URL": roles.url(server, owner=False),
        }
    finally:
        server.stop()


def run_tests(
    clone: Path, environment: Mapping[str, str], tests: Sequence[str], *options: str
) -> subprocess.CompletedProcess[str]:
    """Run tests of a copy, with what else pytest shall be told."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "--reuse-db", *options, *tests]
    return subprocess.run(command, cwd=clone, env=environment, capture_output=True, text=True, check=False)


def install(clone: Path, user: int | None) -> None:
    """Make its environment, as the user who owns it."""
    command = [*as_user(user), "./folkmoot", "manage", "check"]
    subprocess.run(command, cwd=clone, env=bare_settings(clone), check=True)
