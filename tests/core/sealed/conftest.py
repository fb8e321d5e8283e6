"""The archive, and a copy of its store of seals for each test."""

import shutil
from pathlib import Path

import pytest

from tests.core.sealed.cast import Archive, make_archive
from tests.scenes import scene

made = scene(make_archive)


@pytest.fixture
def archive(made: Archive, seals_folder: Path) -> Archive:
    """The seals are files, and no savepoint brings a file back."""
    shutil.copytree(made.seals, seals_folder)
    return made
