"""The database as it is before anybody has used it, kept in one file: making it by migrating takes half a minute.

The file lies beside the installed packages and bears the mark of all migrations. The first new house of a clone
migrates and leaves it; each further one there, and the tests, begin with it.
"""

import os
import subprocess
from pathlib import Path

from house.databases import environment, make_beside, name_of, named, pour, swap
from house.places import CLONE, Stop, complain
from house.postgres import Postgres, find_binaries

EMPTY = "SELECT NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace)"
MOST = 5
"""Files that are kept: of branches between which somebody goes to and fro."""


def kept(mark: str) -> Path:
    """Where the file of these migrations lies."""
    return CLONE / ".venv" / f"schema-{mark}.dump"


def is_empty(server: Postgres, database: str) -> bool:
    """Whether nobody has made a table yet."""
    return server.psql(EMPTY, database=database) == "t"


def take(url: str, mark: str, roles: tuple[str, ...]) -> bool:
    """Put the kept one in the place of an empty database; False where there is none, or none that can be read."""
    if not kept(mark).exists():
        return False
    fresh = f"{name_of(url)}_kept"
    make_beside(url, fresh, roles)
    try:
        pour(kept(mark), named(url, fresh))
    except Stop:
        kept(mark).unlink(missing_ok=True)
        return False
    swap(url, fresh)
    return True


def keep(url: str, mark: str) -> None:
    """Leave the file, whole or not at all. A house starts as well without it."""
    made = kept(mark).with_suffix(f".{os.getpid()}")
    words = [str(find_binaries() / "pg_dump"), "--format=custom", "--enable-row-security", f"--file={made}"]
    done = subprocess.run(words, env=environment(url), capture_output=True, text=True, check=False)
    if done.returncode:
        made.unlink(missing_ok=True)
        complain(f"the empty database could not be kept for the next start: {done.stderr.strip()}")
        return
    made.replace(kept(mark))
    for old in sorted(made.parent.glob("schema-*.dump"), key=lambda path: path.stat().st_mtime)[:-MOST]:
        old.unlink(missing_ok=True)
