"""python -m tests.races.without: takes each lock out of the code, one by one, and sees whether a test fails.

All of it in one process: a function is given the code that its source has without the lock, and the tests that come by
there run again. First the control: with all locks in place all tests pass, or nothing is shown. Prints a line for each
lock: the test that failed, or SURVIVED. Ends with 1 if any survived. No file is changed.
"""

import argparse
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any

import psycopg
import pytest
from _pytest.runner import runtestprotocol

from house.places import CLONE

TESTS = (
    "tests/core/actions/test_locks.py",
    "tests/core/actions/test_smaller_locks.py",
    "tests/core/actions/test_talk_locks.py",
    "tests/core/audits/test_locks.py",
    "tests/core/people/test_locks.py",
    "tests/core/secret/test_secret_locks.py",
    "tests/core/signer/test_folder_lock.py",
    "tests/core/signer/test_forgotten_receipts.py",
    "tests/core/post/test_fanning.py::test_fan_out_takes_the_cause_for_itself_and_waits_for_nobody",
    "tests/core/post/test_mails.py::test_the_lock_of_a_mail_is_tried_and_given_back",
    "tests/confederation/test_locks.py",
)
APPS = ("core", "confederation")
"""Where locks are looked for."""
CALLS = re.compile(
    r"(?<![\w.])(lock|lock_all|lock_elector|lock_roll_row|share|share_vote|own|own_vote|own_label|take|take_bodies"
    r"|take_mandate)\("
)
ADVISORY = re.compile(r"pg_(?:try_)?advisory_(?:xact_)?lock(?:_shared)?\b")
NOTHING = "num_nonnulls"  # a function of the database that takes the same numbers and locks nothing
DIRECT = (
    (re.compile(r"\.select_for_update\((?:[^()]|\([^()]*\))*\)| FOR NO KEY UPDATE OF \"[\w{}]+\""), ""),
    (ADVISORY, NOTHING),
    (re.compile(r"(?:self\.)?folder\.locked\(\)"), '__import__("contextlib").nullcontext()'),
    (re.compile(r"fcntl\.flock\(.*\)"), "pass"),
)
NOT_OURS = {"core/management/commands/move_clock.py": "a command of the owner, in a demo only"}
GUARDS = """
    SELECT proname, pg_get_functiondef(oid) FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND prosrc LIKE '%pg\\_advisory\\_%' ORDER BY 1
"""
"""The functions of triggers that lock: they live in the database of the tests."""
UNLOCKED = "core.unlocked"
"""Does what `core.locks` does, and locks nothing."""


@dataclass(frozen=True, slots=True)
class Lock:
    """One place in the code where a lock is taken."""

    path: str
    line: int
    words: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}  {self.words.strip()[:70]}"

    @property
    def module(self) -> ModuleType:
        """Where it is."""
        return import_module(self.path.removesuffix(".py").replace("/", "."))

    @contextmanager
    def taken_out(self) -> Iterator[None]:
        """The module without it."""
        other = ModuleType(self.module.__name__)
        exec(compile(without(self, (CLONE / self.path).read_text()), str(CLONE / self.path), "exec"), vars(other))  # noqa: S102
        with exchanged(self.module, other):
            yield

    def touches(self, called: set[tuple[str, int]]) -> bool:
        """Whether a test that called these functions came by; for what is outside of functions, all do."""
        own = [each.__code__ for each in functions(self.module).values() if self.line in lines_of(each.__code__)]
        return not own or any((code.co_filename, code.co_firstlineno) in called for code in own)


@dataclass(frozen=True, slots=True)
class Guard:
    """A trigger's function in the database that takes a lock before it judges."""

    name: str
    source: str

    def __str__(self) -> str:
        return f"the database's {self.name}"

    @contextmanager
    def taken_out(self) -> Iterator[None]:
        """The database with that function not locking."""
        with test_database() as connection:
            connection.execute(ADVISORY.sub(NOTHING, self.source).encode())
            try:
                yield
            finally:
                connection.execute(self.source.encode())

    def touches(self, _called: set[tuple[str, int]]) -> bool:
        """Nobody sees who calls a trigger."""
        return True


def functions(module: ModuleType) -> dict[str, FunctionType]:
    """A module's own functions and methods by name, without what decorators put around them."""
    found = {}
    for value in vars(module).values():
        inside = vars(value).values() if inspect.isclass(value) and value.__module__ == module.__name__ else [value]
        for each in inside:
            bare = inspect.unwrap(each) if callable(each) else None
            if isinstance(bare, FunctionType) and bare.__module__ == module.__name__:
                found[bare.__qualname__] = bare
    return found


def lines_of(code: CodeType) -> set[int]:
    """All lines of a function, its inner ones included."""
    inner = [lines_of(each) for each in code.co_consts if isinstance(each, CodeType)]
    return {line for _start, _end, line in code.co_lines() if line is not None}.union(*inner)


@contextmanager
def exchanged(module: ModuleType, other: ModuleType) -> Iterator[None]:
    """A module whose functions and sentences are those of another source, also for who has imported them by name."""
    news, olds = functions(other), functions(module)
    codes = {name: each.__code__ for name, each in olds.items()}
    words = {name: value for name, value in vars(module).items() if isinstance(value, str) and name.isupper()}
    try:
        for name, each in olds.items():
            each.__code__ = news[name].__code__
        vars(module).update({name: vars(other)[name] for name in words})
        yield
    finally:
        for name, each in olds.items():
            each.__code__ = codes[name]
        vars(module).update(words)


def locks() -> Iterator[Lock]:
    """All places that take a lock, in the code as it is."""
    for file in sorted(file for app in APPS for file in (CLONE / app).rglob("*.py")):
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


def unlocked(words: str) -> str:
    """A line or a whole source without the locks that it takes by itself."""
    for pattern, nothing in DIRECT:
        words = pattern.sub(nothing, words)
    return words


def without(lock: Lock, source: str) -> str:
    """The source of its file without that lock, line for line."""
    lines = source.splitlines()
    words = lines[lock.line - 1]
    other = f'__import__("sys").modules["{UNLOCKED}"]'
    lines[lock.line - 1] = unlocked(words) if is_direct(words) else CALLS.sub(rf"{other}.\1(", words, count=1)
    return "\n".join(lines) + "\n"


def make_unlocked() -> None:
    """The module to which calls go that shall lock nothing."""
    module = sys.modules[UNLOCKED] = ModuleType(UNLOCKED)
    exec(unlocked((CLONE / "core" / "locks.py").read_text()), vars(module))  # noqa: S102  (our own source)


@contextmanager
def test_database() -> Iterator[psycopg.Connection[Any]]:
    """The database of these tests, past Django: what is done there is done at once."""
    from django.db import connection  # noqa: PLC0415  (settings come with pytest)

    words = connection.get_connection_params()
    with psycopg.connect(**{each: words[each] for each in ("dbname", "user", "password", "host", "port")}) as direct:
        direct.autocommit = True
        yield direct


def guards() -> list[Guard]:
    """All functions of the database that take a lock."""
    with test_database() as connection:
        return [Guard(name, source) for name, source in connection.execute(GUARDS)]


@dataclass
class Hunt:
    """The plugin that runs the tests of this session, first as they are and then without each lock."""

    only: str
    called: dict[str, set[tuple[str, int]]] = field(default_factory=dict)
    survived: list[str] = field(default_factory=list)
    control: str = ""

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """All of it, instead of each test once."""
        self.control = next((item.name for item in session.items if not self.passes(item, watched=True)), "")
        if self.control:
            print(f"With all locks in place {self.control} fails as well: nothing can be shown.")
            return True
        make_unlocked()
        every: list[Lock | Guard] = [*locks(), *guards()]
        chosen = [lock for lock in every if re.search(self.only, str(lock))]
        for number, lock in enumerate(chosen, start=1):
            with lock.taken_out():
                concerned = [item for item in session.items if lock.touches(self.called[item.nodeid])]
                found = next((item.name for item in concerned if not self.passes(item)), "")
            self.survived += [] if found else [str(lock)]
            print(f"{number:3} of {len(chosen)}  {lock}\n        {found or 'SURVIVED'}", flush=True)
        print(f"{len(chosen) - len(self.survived)} of {len(chosen)} found.")
        return True

    def passes(self, item: pytest.Item, *, watched: bool = False) -> bool:
        """Run one test, once more if need be; `watched` keeps which functions of ours it calls."""
        item._initrequest()  # type: ignore[attr-defined]
        called = self.called.setdefault(item.nodeid, set())
        after: Any = item.session
        with watching(called.add if watched else None):
            reports = runtestprotocol(item, nextitem=after, log=False)  # what belongs to the session stays
        return all(report.passed for report in reports)


@contextmanager
def watching(keep: Callable[[tuple[str, int]], object] | None) -> Iterator[None]:
    """Tell of each of these apps' functions that is called inside."""
    here = tuple(str(CLONE / app) for app in APPS)

    def called(frame: FrameType, event: str, _value: object) -> None:
        if event == "call" and keep and frame.f_code.co_filename.startswith(here):
            keep((frame.f_code.co_filename, frame.f_code.co_firstlineno))

    sys.setprofile(called if keep else None)
    try:
        yield
    finally:
        sys.setprofile(None)


def main() -> int:
    """Try them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="a pattern: only places that match")
    hunt = Hunt(parser.parse_args().only)
    tests = [str(Path(CLONE / test)) for test in TESTS]
    pytest.main(["-q", "-s", "-p", "no:xdist", "-p", "no:cacheprovider", *tests], plugins=[hunt])
    return int(bool(hunt.control or hunt.survived))


if __name__ == "__main__":
    sys.exit(main())
