"""The planted bugs: each still fits the code, each day two others are proved to be found, and nothing else counts."""

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from faults import teeth
from house.places import CLONE

BUGS = teeth.bugs()


def test_ten_are_kept_and_name_tests_that_exist() -> None:
    assert len(BUGS) == 10
    named = [test.partition("::") for bug in BUGS for test in bug.tests]
    assert [path for path, _, test in named if f"def {test}(" not in (CLONE / path).read_text()] == []


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_each_still_fits_the_code(bug: teeth.Bug) -> None:
    done = subprocess.run(
        ["git", "apply", "--check", str(bug.patch)], cwd=CLONE, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_two_of_them_are_found_today() -> None:
    first = 2 * (datetime.now(UTC).toordinal() % 5)

    assert teeth.run_in_copy(BUGS[first : first + 2]) == []


RULE = """# A limit, and three tests of it.
LIMIT = 3
# Only one of them knows which it is.


def test_at_the_limit():
    assert LIMIT == 3


def test_that_never_fails():
    assert LIMIT


def test_that_always_fails():
    assert LIMIT > 5
"""
PATCH = """--- a/test_rule.py
+++ b/test_rule.py
@@ -1,3 +1,3 @@
 # A limit, and three tests of it.
-LIMIT = 3
+LIMIT = 4
 # Only one of them knows which it is.
"""


def make_bug(folder: Path, test: str) -> teeth.Bug:
    patch = folder / f"{test}.patch"
    patch.write_text(f"The limit is another.\nFound by: test_rule.py::{test}\n\n{PATCH}")
    return teeth.read(patch)


def test_only_what_passes_without_the_bug_and_fails_with_it_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "test_rule.py").write_text(RULE)
    names = ["test_at_the_limit", "test_that_never_fails", "test_that_always_fails"]

    missed = teeth.run([make_bug(tmp_path, name) for name in names], tmp_path, {"PATH": os.environ["PATH"]})

    assert missed == names[1:]
    found, survived, blind = capsys.readouterr().out.split("The limit is another.\n")[1:]
    assert found.split()[0] == "test_at_the_limit"
    assert survived.split()[0] == "SURVIVED"
    assert blind.startswith("        NO CONTROL: without any bug these do not pass either: test_rule.py::test_that_alw")
    assert "1 of 3 found." in blind
    assert (tmp_path / "test_rule.py").read_text() == RULE
