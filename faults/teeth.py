"""python -m faults.teeth: plants each bug of faults/planted/ in a copy of the code and sees whether a test finds it.

First the control: the same tests run in the copy as it is. A test that does not pass there finds nothing, and its bug
counts as not found. Prints a line for each bug: the test that failed, SURVIVED, or NO CONTROL. Ends with 1 unless all
were found.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from faults import clones

PLANTED = Path(__file__).parent / "planted"
PASSED = re.compile(r"^PASSED (\S+?::\w+)", re.MULTILINE)
FAILED = re.compile(r"^FAILED (\S+?::\w+)", re.MULTILINE)
BROKEN = re.compile(r"^(?:FAILED|ERROR) (\S+?::\w+)", re.MULTILINE)
Environment = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Bug:
    """A patch, what is wrong with it, and the tests that must find it, as pytest names them."""

    name: str
    what: str
    tests: tuple[str, ...]
    patch: Path


def bugs() -> list[Bug]:
    """All that are kept, in order."""
    return [read(path) for path in sorted(PLANTED.glob("*.patch"))]


def read(path: Path) -> Bug:
    """The head of a patch says what it is and who finds it."""
    what, found_by, *_patch = path.read_text().splitlines()
    return Bug(path.stem, what, tuple(found_by.removeprefix("Found by: ").split()), path)


def change(bug: Bug, folder: Path, *how: str) -> None:
    """Plant a bug, or take it out again. Raises where the code has moved on and the patch has not."""
    command = ["git", "apply", *how, str(bug.patch)]
    subprocess.run(command, cwd=folder, check=True, env={**os.environ, "GIT_CEILING_DIRECTORIES": str(folder.parent)})


@contextmanager
def planted(bug: Bug, folder: Path) -> Iterator[None]:
    """The copy with the bug in it."""
    change(bug, folder)
    try:
        yield
    finally:
        change(bug, folder, "--reverse")


def control(chosen: Iterable[Bug], folder: Path, environment: Environment) -> set[str]:
    """Which of the tests pass in the copy as it is; those with several parameters only if all of them do."""
    tests = sorted({test for bug in chosen for test in bug.tests})
    said = clones.run_tests(folder, environment, tests, "-rA").stdout
    return {*PASSED.findall(said)} - {*BROKEN.findall(said)}


def hunt(bug: Bug, folder: Path, environment: Environment) -> str:
    """The first test that fails with the bug planted; "" if none does. What cannot even be loaded finds nothing."""
    with planted(bug, folder):
        said = clones.run_tests(folder, environment, bug.tests, "-x").stdout
    failed = FAILED.search(said)
    return failed[1].rpartition("::")[2] if failed else ""


def run(chosen: list[Bug], folder: Path, environment: Environment) -> list[str]:
    """The control, then one bug after the other; the names of those that no test has shown to be found."""
    passing, missed = control(chosen, folder, environment), []
    for number, bug in enumerate(chosen, start=1):
        blind = [test for test in bug.tests if test not in passing]
        found = "" if blind else hunt(bug, folder, environment)
        missed += [] if found else [bug.name]
        said = f"NO CONTROL: without any bug these do not pass either: {', '.join(blind)}" if blind else found
        print(f"{number:2} of {len(chosen)}  {bug.name}: {bug.what}\n        {said or 'SURVIVED'}", flush=True)
    print(f"{len(chosen) - len(missed)} of {len(chosen)} found.")
    return missed


def run_in_copy(chosen: list[Bug]) -> list[str]:
    """All of it in a copy of the code, with a database of its own."""
    with tempfile.TemporaryDirectory(prefix="folkmoot-teeth-") as name:
        copy = clones.make(Path(name), None)
        with clones.with_database(Path(name), copy) as environment:
            return run(chosen, copy, environment)


def main() -> int:
    """Try them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="a pattern: only bugs whose name matches")
    only = parser.parse_args().only
    return int(bool(run_in_copy([bug for bug in bugs() if re.search(only, bug.name)])))


if __name__ == "__main__":
    sys.exit(main())
