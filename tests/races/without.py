"""python -m tests.races.without: takes each lock out of a copy of the code, one by one, and sees whether a test fails.

Prints a line for each lock: the test that failed, or SURVIVED. Ends with 1 if any survived.
"""

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from faults import clones
from house.places import CLONE

TESTS = (
    "tests/core/actions/test_locks.py",
    "tests/core/actions/test_smaller_locks.py",
    "tests/core/actions/test_talk_locks.py",
    "tests/core/people/test_locks.py",
    "tests/core/secret/test_secret_locks.py",
)
CALLS = re.compile(r"(?<![\w.])(lock|lock_all|lock_elector|lock_roll_row|share_vote|own_vote|take|take_mandate)\(")
ROW_LOCK = re.compile(r"\.select_for_update\([^)]*\)| FOR NO KEY UPDATE OF \"\w+\"")
ADVISORY = re.compile(r"pg_advisory_xact_lock(_shared)?\b")
NOTHING = "num_nonnulls"  # a function of the database that takes the same numbers and locks nothing
NOT_OURS = {
    "core/management/commands/move_clock.py": "a command of the owner, in a demo only",
    "core/notices/fanning.py": "SKIP LOCKED: tests/core/post/test_fanning.py",
}


@dataclass(frozen=True, slots=True)
class Lock:
    """One place in the code where a lock is taken."""

    path: str
    line: int
    words: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}  {self.words.strip()[:70]}"


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
            direct = ROW_LOCK.search(code) or (ADVISORY.search(code) and '"' in code)
            if direct or (calls and calls.search(code) and not code.lstrip().startswith(("def ", "from "))):
                yield Lock(path, number, words)


def without(lock: Lock, source: str) -> str:
    """The source of its file without that lock."""
    lines = source.splitlines()
    words = lines[lock.line - 1]
    if ROW_LOCK.search(words) or ADVISORY.search(words):
        lines[lock.line - 1] = ADVISORY.sub(NOTHING, ROW_LOCK.sub("", words))
    else:
        lines[lock.line - 1] = CALLS.sub(r"unlocked.\1(", words, count=1)
        first = next(n for n, line in enumerate(lines) if line.startswith(("from core.locks", "from core.models")))
        lines.insert(first, "from core import unlocked")
    return "\n".join(lines) + "\n"


def make_copy(folder: Path) -> Path:
    """The code and its tests, with a `core.unlocked` that does what `core.locks` does and locks nothing."""
    copy = clones.make(folder, None)
    source = (copy / "core" / "locks.py").read_text()
    (copy / "core" / "unlocked.py").write_text(ADVISORY.sub(NOTHING, ROW_LOCK.sub("", source)))
    return copy


def try_without(lock: Lock, folder: Path, environment: dict[str, str]) -> str:
    """The first test that fails without the lock; "" if none does."""
    file = folder / lock.path
    source = file.read_text()
    file.write_text(without(lock, source))
    try:
        done = clones.run_tests(folder, environment, TESTS)
    finally:
        file.write_text(source)
    failed = re.search(r"^(?:FAILED|ERROR) \S*::(\S+)", done.stdout, re.MULTILINE)
    return failed[1] if failed else "" if done.returncode == 0 else f"? {done.stdout[-300:]}{done.stderr[-300:]}"


def main() -> int:
    """Try them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="a pattern: only places that match")
    only = parser.parse_args().only
    chosen = [lock for lock in locks() if re.search(only, str(lock))]
    survived = 0
    with tempfile.TemporaryDirectory(prefix="folkmoot-without-") as name:
        copy = make_copy(Path(name))
        with clones.with_database(Path(name), copy) as environment:
            for number, lock in enumerate(chosen, start=1):
                found = try_without(lock, copy, environment)
                survived += not found
                print(f"{number:3} of {len(chosen)}  {lock}\n        {found or 'SURVIVED'}", flush=True)
    print(f"{len(chosen) - survived} of {len(chosen)} found.")
    return int(bool(survived))


if __name__ == "__main__":
    sys.exit(main())
