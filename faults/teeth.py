"""python -m faults.teeth: plants each bug of faults/planted/ in a copy of the code and sees whether a test finds it.

Prints a line for each: the test that failed, or SURVIVED. Ends with 1 if any survived.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from faults import clones

PLANTED = Path(__file__).parent / "planted"


@dataclass(frozen=True, slots=True)
class Bug:
    """A patch, what is wrong with it, and the tests that must find it."""

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


def apply(bug: Bug, folder: Path, *, back: bool = False) -> None:
    """Plant a bug, or take it out again. Raises where the code has moved on and the patch has not."""
    command = ["git", "apply", *(["--reverse"] if back else []), str(bug.patch)]
    subprocess.run(command, cwd=folder, check=True, env={**os.environ, "GIT_CEILING_DIRECTORIES": str(folder.parent)})


def hunt(bug: Bug, folder: Path, environment: dict[str, str]) -> str:
    """The first test that fails with the bug planted; "" if none does. What cannot even be loaded finds nothing."""
    apply(bug, folder)
    try:
        done = clones.run_tests(folder, environment, bug.tests)
    finally:
        apply(bug, folder, back=True)
    failed = re.search(r"^FAILED \S*::(\S+)", done.stdout, re.MULTILINE)
    return failed[1] if failed else ""


def run(chosen: list[Bug]) -> list[str]:
    """Plant them one after the other; the names of those that survived."""
    survived = []
    with tempfile.TemporaryDirectory(prefix="folkmoot-teeth-") as name:
        copy = clones.make(Path(name), None)
        with clones.with_database(Path(name), copy) as environment:
            for number, bug in enumerate(chosen, start=1):
                found = hunt(bug, copy, environment)
                survived += [] if found else [bug.name]
                print(f"{number:2} of {len(chosen)}  {bug.name}: {bug.what}\n        {found or 'SURVIVED'}", flush=True)
    print(f"{len(chosen) - len(survived)} of {len(chosen)} found.")
    return survived


def main() -> int:
    """Try them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="a pattern: only bugs whose name matches")
    only = parser.parse_args().only
    return int(bool(run([bug for bug in bugs() if re.search(only, bug.name)])))


if __name__ == "__main__":
    sys.exit(main())
