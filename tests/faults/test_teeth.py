"""The planted bugs: each still fits the code, and each day two others are proved to be found."""

import subprocess
from datetime import UTC, datetime

import pytest

from faults import teeth
from house.places import CLONE

BUGS = teeth.bugs()


def test_ten_are_kept_and_name_tests_that_exist() -> None:
    assert len(BUGS) == 10
    missing = [test for bug in BUGS for test in bug.tests if not (CLONE / test).exists()]
    assert missing == []


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_each_still_fits_the_code(bug: teeth.Bug) -> None:
    done = subprocess.run(
        ["git", "apply", "--check", str(bug.patch)], cwd=CLONE, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_two_of_them_are_found_today() -> None:
    first = 2 * (datetime.now(UTC).toordinal() % 5)

    assert teeth.run(BUGS[first : first + 2]) == []
