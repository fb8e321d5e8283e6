"""A store of its own for each test, and the archive in it."""

from pathlib import Path

import pytest

from tests.core.sealed.cast import Archive, make_archive


@pytest.fixture
def archive(db: None, seals_folder: Path) -> Archive:
    """Made anew for each test: its seals are files."""
    return make_archive()
