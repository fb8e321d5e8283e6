"""Updating: only forward, and never over something of one's own."""

import subprocess
from pathlib import Path

import pytest

from house import update
from house.places import Stop


def git(place: Path, *words: str) -> None:
    who = ["-c", "user.name=Ana", "-c", "user.email=ana@example.org"]
    subprocess.run(["git", "-C", str(place), *who, *words], check=True, capture_output=True)


def commit(place: Path, text: str) -> None:
    (place / "file.txt").write_text(text)
    git(place, "add", "file.txt")
    git(place, "commit", "-m", text)


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    """A project, and a clone of it."""
    project, clone = tmp_path / "project", tmp_path / "clone"
    project.mkdir()
    git(project, "init", "-b", "main")
    commit(project, "first")
    subprocess.run(["git", "clone", "-q", str(project), str(clone)], check=True)
    return project, clone


def test_the_newest_version_is_fetched(places: tuple[Path, Path]) -> None:
    project, clone = places
    commit(project, "second")

    update.check(clone)
    before, now = update.pull(clone)

    assert before != now
    assert (clone / "file.txt").read_text() == "second"
    assert update.pull(clone) == (now, now)


def test_what_was_changed_by_hand_is_not_overwritten(places: tuple[Path, Path]) -> None:
    _project, clone = places
    (clone / "file.txt").write_text("my own")

    with pytest.raises(Stop, match="1 files here were changed by hand"):
        update.check(clone)


def test_a_clone_that_went_its_own_way_is_left_alone(places: tuple[Path, Path]) -> None:
    project, clone = places
    commit(project, "second")
    commit(clone, "another second")

    with pytest.raises(Stop, match="git refuses"):
        update.pull(clone)
    assert (clone / "file.txt").read_text() == "another second"


def test_what_is_no_clone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="is no clone of the project"):
        update.check(tmp_path)
