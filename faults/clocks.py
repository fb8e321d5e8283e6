"""The clock of decisions is the database's: it jumps past a close and back, and the web's own clock is wrong both ways.

Under the library that moves clocks Python's sleep fails, and gunicorn sleeps: so it is a second, plain web (plain_web).
"""

import tempfile
from collections.abc import Callable
from pathlib import Path

from faults import needs
from faults.checks import CLOSED, CLOSED_WITHIN
from faults.clients import Clients
from faults.houses import until
from faults.storm import SOME_TOO_LATE, Size, Storm, storm
from faults.webs import Web, second_web
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
    """All vote by a web whose clock is wrong; the database's clock jumps past a close, and back."""
    library = needs.faketime()
    with tempfile.TemporaryDirectory(prefix="folkmoot-clocks-") as name:
        database, webs = Clock(Path(name) / "database-clock"), Clock(Path(name) / "web-clock")
        binaries = wrapped_database(Path(name) / "bin", database, library)
        with (
            storm(size, say, more={"PG_BIN": str(binaries)}) as here,
            second_web(here.house, webs.environment(library), Path(name) / "web.log") as web,
        ):
            neighbours = here.settle_in(through=web.port)
            set_before_the_close(here)
            set_wrong(here, webs, web, 2 * HOURS)
            here.cast(neighbours, size.votes // 2)
            set_wrong(here, webs, web, -2 * HOURS)
            jump(here, database, neighbours, size.votes // 2)
            here.house.move_clock(8)
            here.close()
            return here.wrong


def set_wrong(here: Storm, clock: Clock, web: Web, seconds: int) -> None:
    """From now on the web believes that the early votes closed an hour ago, or that they close in three hours."""
    clock.set(seconds)
    ahead = web.seconds_ahead()
    here.say(f"the clock of the web is {ahead / HOURS:+.1f} hours off")
    here.wrong += [] if abs(ahead - seconds) < 60 else [f"the web's clock was not moved: {ahead:+.0f} s"]


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
