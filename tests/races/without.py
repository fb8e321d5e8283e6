"""python -m tests.races.without: takes each lock out of a copy of the code, one by one, and sees whether a test fails.

First the control: with all locks in place the same tests pass, or nothing is shown. Prints a line for each lock: the
test that failed, or SURVIVED; a copy that cannot even be loaded has shown nothing either. Ends with 1 if any survived.
"""

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from faults import clones
from house.places import CLONE

TESTS = (
    "tests/core/actions/test_locks.py",
    "tests/core/actions/test_smaller_locks.py",
    "tests/core/actions/test_talk_locks.py",
    "tests/core/people/test_locks.py",
    "tests/core/secret/test_secret_locks.py",
    "tests/core/signer/test_folder_lock.py",
    "tests/core/signer/test_forgotten_receipts.py",
    "tests/core/post/test_fanning.py::test_fan_out_takes_the_cause_for_itself_and_waits_for_nobody",
    "tests/core/post/test_mails.py::test_the_lock_of_a_mail_is_tried_and_given_back",
)
CALLS = re.compile(
    r"(?<![\w.])(lock|lock_all|lock_elector|lock_roll_row|share_vote|own_vote|own_label|take|take_mandate)\("
)
ADVISORY = re.compile(r"pg_(?:try_)?advisory_(?:xact_)?lock(?:_shared)?\b")
NOTHING = "num_nonnulls"  # a function of the database that takes the same numbers and locks nothing
DIRECT = (
    (re.compile(r"\.select_for_update\([^)]*\)| FOR NO KEY UPDATE OF \"\w+\""), ""),
    (ADVISORY, NOTHING),
    (re.compile(r"(?:self\.)?folder\.locked\(\)"), '__import__("contextlib").nullcontext()'),
    (re.compile(r"fcntl\.flock\(.*\)"), "pass"),
)
NOT_OURS = {"core/management/commands/move_clock.py": "a command of the owner, in a demo only"}
GUARDS = "SELECT proname, pg_get_functiondef(oid) FROM pg_proc WHERE prosrc LIKE '%pg\\_advisory\\_%' ORDER BY 1"
"""The functions of triggers that lock: they live in the database of the tests."""


@dataclass(frozen=True, slots=True)
class Lock:
    """One place in the code where a lock is taken."""

    path: str
    line: int
    words: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}  {self.words.strip()[:70]}"

    @contextmanager
    def taken_out(self, folder: Path, _database: str) -> Iterator[None]:
        """The copy without it."""
        file = folder / self.path
        source = file.read_text()
        file.write_text(without(self, source))
        try:
            yield
        finally:
            file.write_text(source)


@dataclass(frozen=True, slots=True)
class Guard:
    """A trigger's function in the database that takes a lock before it judges."""

    name: str
    source: str

    def __str__(self) -> str:
        return f"the database's {self.name}"

    @contextmanager
    def taken_out(self, _folder: Path, database: str) -> Iterator[None]:
        """The database with that function not locking."""
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute(ADVISORY.sub(NOTHING, self.source).encode())
            try:
                yield
            finally:
                connection.execute(self.source.encode())


def locks() -> Iterator[Lock]:
    """All places that take a lock, in the code as it is."""
    for file in sorted((CLONE / "core").rglob("*.py")):
        path = file.relative_to(CLONE).as_posix()
        if path in NOT_OURS or "/migrations/" in path:
            continue
        calls = CALLS if "from core.locks import" in file.read_text() or path == "core/locks.py" else None
        for number, words in enumerate(file.read_text().splitlines(), start=1):
            code, _, remark = words.partition("#")
            if "held already" in remark:  # read anew: the lock itself was taken by the caller
                continue
            if is_direct(code) or (calls and calls.search(code) and not code.lstrip().startswith(("def ", "from "))):
                yield Lock(path, number, words)


def is_direct(code: str) -> bool:
    """Whether a line locks by itself. The functions of triggers are not counted here: see `Guard`."""
    found = [pattern for pattern, _nothing in DIRECT if pattern.search(code)]
    return bool(found) and not (found == [ADVISORY] and '"' not in code)


def without(lock: Lock, source: str) -> str:
    """The source of its file without that lock."""
    lines = source.splitlines()
    words = lines[lock.line - 1]
    if is_direct(words):
        for pattern, nothing in DIRECT:
            words = pattern.sub(nothing, words)
        lines[lock.line - 1] = words
    else:
        lines[lock.line - 1] = CALLS.sub(r"unlocked.\1(", words, count=1)
        first = next(n for n, line in enumerate(lines) if line.startswith(("from core.locks", "from core.models")))
        lines.insert(first, "from core import unlocked")
    return "\n".join(lines) + "\n"


def make_copy(folder: Path) -> Path:
    """The code and its tests, with a `core.unlocked` that does what `core.locks` does and locks nothing."""
    copy = clones.make(folder, None)
    source = (copy / "core" / "locks.py").read_text()
    for pattern, nothing in DIRECT:
        source = pattern.sub(nothing, source)
    (copy / "core" / "unlocked.py").write_text(source)
    return copy


def first_failure(folder: Path, environment: Mapping[str, str]) -> str:
    """The first test that fails; "" if none does. A run without a result raises."""
    done = clones.run_tests(folder, environment, TESTS, "-x")
    failed = re.search(r"^(?:FAILED|ERROR) \S*::(\S+)", done.stdout, re.MULTILINE)
    if failed is None and done.returncode:
        raise RuntimeError(f"{done.stdout[-300:]}{done.stderr[-300:]}")
    return failed[1] if failed else ""


def guards(database: str) -> Iterator[Guard]:
    """All functions of the database that take a lock."""
    with psycopg.connect(database) as connection:
        yield from [Guard(name, source) for name, source in connection.execute(GUARDS)]


def try_all(only: str, folder: Path, environment: Mapping[str, str]) -> int:
    """How many survived."""
    control = first_failure(folder, environment)
    if control:
        raise SystemExit(f"With all locks in place {control} fails as well: nothing can be shown.")
    address = environment["FOLKMOOT_TEST_OWNER_URL"]
    database = make_conninfo(address, dbname=f"test_{conninfo_to_dict(address)['dbname']}")
    every: list[Lock | Guard] = [*locks(), *guards(database)]
    chosen = [lock for lock in every if re.search(only, str(lock))]
    survived = 0
    for number, lock in enumerate(chosen, start=1):
        with lock.taken_out(folder, database):
            found = first_failure(folder, environment)
        survived += not found
        print(f"{number:3} of {len(chosen)}  {lock}\n        {found or 'SURVIVED'}", flush=True)
    print(f"{len(chosen) - survived} of {len(chosen)} found.")
    return survived


def main() -> int:
    """Try them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="a pattern: only places that match")
    only = parser.parse_args().only
    with tempfile.TemporaryDirectory(prefix="folkmoot-without-") as name:
        copy = make_copy(Path(name))
        with clones.with_database(Path(name), copy) as environment:
            return int(bool(try_all(only, copy, environment)))


if __name__ == "__main__":
    sys.exit(main())
