"""A fresh clone on a machine with Python and nothing else, as an ordinary user, and as root without namespaces."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from faults import clones
from tests.house.houses import House

pytestmark = pytest.mark.slow

SOMEBODY = 65534  # an ordinary user that every Linux has


@pytest.fixture
def room() -> Iterator[Path]:
    """A folder that every system user can reach."""
    folder = Path(tempfile.mkdtemp(prefix="folkmoot-fresh-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_an_ordinary_user_starts_a_fresh_clone(room: Path) -> None:
    clone = clones.make(room, SOMEBODY)
    settings = clones.bare_settings(clone)
    house = House(clone / ".folkmoot", clone=clone, prefix=clones.as_user(SOMEBODY), settings=settings)

    with house.settled(told=room / "told.txt"):
        assert house.answers()
        assert house.told.read_text().startswith("Installing what Folkmoot needs")
        assert house.data.path.stat().st_uid == (SOMEBODY if os.geteuid() == 0 else os.geteuid())
        pid = house.pid("postgres")
        assert Path(f"/proc/{pid}").stat().st_uid == house.data.path.stat().st_uid


def test_root_without_namespaces_gives_the_database_to_nobody(room: Path) -> None:
    programs = room / "bin"
    programs.mkdir()
    for program in [*Path("/usr/bin").iterdir(), *Path("/usr/sbin").iterdir()]:
        if program.name != "unshare" and not (programs / program.name).exists():
            (programs / program.name).symlink_to(program)
    house = House(room / "data", settings={**clones.bare_settings(room), "PATH": str(programs)})

    with house.settled():
        assert house.answers()
        owner = Path(f"/proc/{house.pid('postgres')}").stat().st_uid
        assert owner == (65534 if os.geteuid() == 0 else os.geteuid())
