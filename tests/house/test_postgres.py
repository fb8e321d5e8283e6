"""Making the files of a database: whole or not at all, and never by a process that nobody waits for."""

import contextlib
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from house.places import CLONE, Stop
from house.postgres import Postgres
from tests.house.houses import until

START = """
import sys
from pathlib import Path
from tests.house.test_postgres import server_in
server_in(Path(sys.argv[1])).start()
"""


def server_in(folder: Path) -> Postgres:
    """A server whose files nobody has made yet."""
    sockets = folder / "sockets"
    sockets.mkdir(mode=0o700, exist_ok=True)
    return Postgres(folder / "postgres", sockets, folder / "postgres.log", "only-for-tests", throwaway=True)


def working_on(folder: Path) -> list[str]:
    """The programs that were told of this folder."""
    told = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            told.append(process.read_bytes().replace(b"\0", b" ").decode())
    return [words for words in told if str(folder) in words]


@pytest.mark.slow
def test_a_first_start_killed_amid_making_its_files_leaves_no_process_and_the_next_start_works(tmp_path: Path) -> None:
    draft = tmp_path / "postgres.draft"
    starting = subprocess.Popen([sys.executable, "-c", START, str(tmp_path)], cwd=CLONE)
    assert until((draft / "PG_VERSION").exists)

    starting.send_signal(signal.SIGKILL)
    starting.wait()

    assert until(lambda: working_on(draft) == [], seconds=5)
    assert not (draft / "base" / "5").exists()  # the database that is made last: nobody went on
    assert not (tmp_path / "postgres").exists()
    again = server_in(tmp_path)
    again.start()
    try:
        assert again.psql("SELECT 1") == "1"
    finally:
        again.stop()
    assert not draft.exists()


def test_files_that_are_no_database_are_left_alone(tmp_path: Path) -> None:
    server = server_in(tmp_path)
    server.folder.mkdir()
    (server.folder / "letters.txt").write_text("Dear neighbours")

    with pytest.raises(Stop, match="holds files that are no database"):
        server.start()

    assert [path.name for path in server.folder.iterdir()] == ["letters.txt"]
