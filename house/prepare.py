"""Brings the database to the state of the code, and only when one of them changed."""

import hashlib
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from house import schema
from house.linux import die_with_parent
from house.places import CLONE, DataFolder, Stop
from house.postgres import Postgres
from house.roles import DATABASE, OWNER, Roles

MARK = "folkmoot migrations "
NOT_FOR_PAGES = ("rest_framework", "redoc", "swagger-ui-es-bundle*", "admin")


class Interrupted(Exception):
    """The person stopped the start."""


@dataclass(frozen=True)
class Steps:
    """Commands that a start runs in front of the person, with the start's settings; Ctrl-C ends them without noise."""

    settings: dict[str, str]
    stopping: Callable[[], bool]

    def call(self, *command: str, owner: bool = False) -> int:
        """Run a command to its end; its exit code."""
        role = {"FOLKMOOT_DATABASE_ROLE": "owner"} if owner else {}
        words = [sys.executable, *command]
        child = subprocess.Popen(words, env=self.settings | role, preexec_fn=die_with_parent(signal.SIGKILL))
        while child.poll() is None:
            if self.stopping():
                child.kill()
                child.wait()
                raise Interrupted
            time.sleep(0.05)
        return child.returncode

    def manage(self, *command: str, owner: bool = False) -> int:
        """Run a command of manage.py; its exit code."""
        return self.call(str(CLONE / "manage.py"), *command, owner=owner)


def migrations_mark() -> str:
    """One number for all migrations of the clone and of its packages, and for who may do what."""
    digest = hashlib.sha256()
    for path in sorted(CLONE.glob("*/migrations/*.py")):
        digest.update(path.relative_to(CLONE).as_posix().encode() + b"\0" + path.read_bytes())
    digest.update((CLONE / "requirements.txt").read_bytes())
    return digest.hexdigest()[:32]


def is_migrated(server: Postgres) -> bool:
    """Whether the database itself says that it has these migrations. The mark lies inside it: a restored or
    replaced database carries its own."""
    query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = :'name'"
    return server.psql(f"\\set name {DATABASE}\n{query}") == MARK + migrations_mark()


def forget_mark(server: Postgres) -> None:
    """Before anybody migrates by hand."""
    server.psql(f"COMMENT ON DATABASE {DATABASE} IS NULL")


def migrate(steps: Steps, server: Postgres | None, roles: Roles) -> None:
    """Migrate as the owner and make the cache's table, or begin with what an earlier house left; leave the mark."""
    if server is not None and is_migrated(server):
        return
    url, new = steps.settings["DATABASE_OWNER_URL"], server is not None and schema.is_empty(server, DATABASE)
    taken = new and schema.take(url, migrations_mark(), (roles.web, roles.signer))
    if not taken and steps.call("-P", "-m", "config.prepare", owner=True):
        raise Stop("the database could not be brought to the state of the code; the lines above say why.")
    if new and not taken:
        schema.keep(url, migrations_mark())
    if server is not None:
        mark = f"COMMENT ON DATABASE {DATABASE} IS '{MARK}{migrations_mark()}'"
        server.psql(mark, database=DATABASE, user=OWNER, password=roles.owner_password)


def empty_database(server: Postgres) -> None:
    """Throw away a demo that was not loaded to its end; nobody has used it yet."""
    server.psql(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


def static_mark(folder: Path) -> str:
    """One number for names, sizes and times of the pages' files, and for how they are named."""
    digest = hashlib.sha256((CLONE / "requirements.txt").read_bytes())
    digest.update((CLONE / "config" / "static_files.py").read_bytes())
    for path in sorted(folder.rglob("*")):
        state = path.stat()
        digest.update(f"{path.relative_to(folder)} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static(settings: dict[str, str], folder: DataFolder) -> Callable[[], None]:
    """Put the pages' files, compressed and named by content, where the web processes read them.

    It goes on beside what the caller does; what is returned waits for its end.
    """
    stamp, mark = folder.path / "static.stamp", static_mark(CLONE / "static")
    if stamp.exists() and stamp.read_text() == mark and Path(settings["STATIC_ROOT"]).is_dir():
        return lambda: None
    leave_out = [word for name in NOT_FOR_PAGES for word in ("--ignore", name)]
    command = [
        sys.executable,
        str(CLONE / "manage.py"),
        "collectstatic",
        "--no-input",
        "--clear",
        "--verbosity=0",
        *leave_out,
    ]
    child = subprocess.Popen(command, env=settings, preexec_fn=die_with_parent(signal.SIGKILL))

    def finish() -> None:
        if child.wait():
            raise Stop("the pages' files could not be collected; the lines above say why.")
        stamp.write_text(mark)

    return finish
