"""The clock of decisions is the database's: it jumps past a close and back.

Only PostgreSQL's clock is moved. Under the same library Python's sleeps do not end, so the web's is not: it decides
nothing, as tests of actions show.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path

from faults import needs
from faults.checks import CLOSED, CLOSED_WITHIN
from faults.clients import Clients
from faults.houses import until
from faults.storm import SOME_TOO_LATE, Size, Storm, storm
from house.postgres import find_binaries

HOURS = 3600
OPEN = "SELECT count(*) FROM core_vote WHERE counted_at IS NULL AND id = ANY(%s)"
EARLY = "SELECT id FROM core_vote WHERE closes_at < (SELECT max(closes_at) FROM core_vote) - interval '1 day'"
AN_HOUR_BEFORE = """UPDATE core_clockoffset SET "offset" = "offset" + (SELECT min(closes_at) FROM core_vote)
    - folkmoot_now() - interval '1 hour'"""


class Clock:
    """The database's clock: so many seconds off. It is read anew at each look."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.set(0)

    def set(self, seconds: int) -> None:
        """From now on so many seconds before or after the true time. A moment with no file would be the true time."""
        fresh = self.path.with_suffix(".new")
        fresh.write_text(f"{seconds:+d}\n")
        fresh.replace(self.path)

    def environment(self, library: Path) -> dict[str, str]:
        """What makes a process look at this clock."""
        return {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(self.path),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }


def wrapped_database(folder: Path, clock: Clock, library: Path) -> Path:
    """A folder of PostgreSQL's programs in which the server looks at that clock, whatever the others look at."""
    folder.mkdir()
    for program in find_binaries().iterdir():
        values = clock.environment(library) if program.name == "postgres" else {}
        lines = ["unset FAKETIME LD_PRELOAD", *(f"export {name}='{value}'" for name, value in values.items())]
        script = folder / program.name
        script.write_text("\n".join(["#!/bin/sh", *lines, f'exec "{program}" "$@"', ""]))
        script.chmod(0o755)
    return folder


def run(size: Size, say: Callable[[str], None]) -> list[str]:
    """The database's clock jumps two hours ahead, past a close, and back."""
    library = needs.faketime()
    with tempfile.TemporaryDirectory(prefix="folkmoot-clocks-") as name:
        database = Clock(Path(name) / "database-clock")
        binaries = wrapped_database(Path(name) / "bin", database, library)
        with storm(size, say, more={"PG_BIN": str(binaries)}) as here:
            neighbours = here.settle_in()
            set_before_the_close(here)
            here.cast(neighbours, size.votes // 2)
            jump(here, database, neighbours, size.votes // 2)
            here.house.move_clock(8)
            here.close()
            return here.wrong


def set_before_the_close(here: Storm) -> None:
    """An hour before the early votes close."""
    with here.house.connect() as line:
        line.execute(AN_HOUR_BEFORE)


def jump(here: Storm, database: Clock, neighbours: Clients, votes: int) -> None:
    """The database jumps past the close of the early votes and back: they close, and never open again."""
    early = {row[0] for row in here.house.query(EARLY)}
    database.set(2 * HOURS)
    closed = until(lambda: here.house.query(OPEN, sorted(early)) == [(0,)], CLOSED_WITHIN)
    here.wrong += [] if closed else ["not closed by the jump"]
    database.set(0)
    here.say(f"the database jumped two hours ahead and back: {len(early)} votes closed")
    here.cast(neighbours, votes, refusals=SOME_TOO_LATE)
    refused = {line.vote for line in here.history.lines if line.answer == CLOSED}
    here.wrong += [] if refused <= early else [f"refused in open votes: {sorted(refused - early)[:5]}"]
    here.wrong += [] if refused else ["nobody voted after the jump in what it had closed"]
