"""A real house that is killed on purpose: `./folkmoot run --empty` on its own folder and port."""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from house import settings_file
from house.places import CLONE, DataFolder

PATIENCE = 120.0


def until(what: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Whether it comes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(psycopg.Error):
            if what():
                return True
        time.sleep(0.1)
    return False


@dataclass
class House:
    """The house, its log, and what a test may do to it. `broker` False runs it without one."""

    folder: Path
    port: int
    broker: bool = True
    process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> DataFolder:
        """Its data folder."""
        return DataFolder(self.folder)

    def environment(self) -> dict[str, str]:
        """A bare environment. The clock of a real house never moves: only as a demo may it start again after that."""
        kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
        bare = {**kept, "PYTHONPATH": str(CLONE), "FOLKMOOT_DEMO": "yes"}
        return bare if self.broker else {**bare, "BROKER_URL": "redis+socket:///nowhere/at/all.sock"}

    def start(self) -> None:
        """Start it and wait for its pages."""
        words = ["run", "--empty", "--port", str(self.port), "--data", str(self.folder)]
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "told.txt").open("ab") as told:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "house", *words],
                cwd=CLONE,
                env=self.environment(),
                stdout=told,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        if not until(self.answers) or self.process.poll() is not None:
            raise RuntimeError((self.folder / "told.txt").read_text())

    def answers(self) -> bool:
        """Whether the web says it is well."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        with contextlib.suppress(OSError, http.client.HTTPException):
            line.request("GET", "/health/", headers={"Host": f"localhost:{self.port}"})
            return line.getresponse().status == 200
        return False

    def pid(self, part: str) -> int:
        """The number of a part's process."""
        return int(self.data.pid_file(part).read_text())

    def kill(self, part: str) -> None:
        """kill -9. A killed supervisor takes all with it and is started again by hand."""
        os.kill(self.pid(part), signal.SIGKILL)
        if part == "supervisor" and self.process is not None:
            self.process.wait(30)
            self.start()

    def settings(self) -> dict[str, str]:
        """What the house itself wrote for its commands."""
        return settings_file.read(self.data.settings)

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        """The rows of a statement, asked as the owner."""
        with self.connect() as line:
            return line.execute(statement).fetchall()

    def connect(self) -> psycopg.Connection[Any]:
        """A line to the database, as the owner."""
        return psycopg.connect(self.settings()["DATABASE_OWNER_URL"], autocommit=True, connect_timeout=3)

    def move_clock(self, days: float) -> None:
        """Move the clock of decisions."""
        with self.connect() as line:
            line.execute('UPDATE core_clockoffset SET "offset" = "offset" + %s * interval \'1 day\'', [days])

    def make_town(self, *words: str) -> dict[str, Any]:
        """Make council, people, sessions and votes; what the clients need to know."""
        done = subprocess.run(
            [sys.executable, "-m", "faults.make_town", *words],
            cwd=CLONE,
            env={**self.environment(), **self.settings(), "FOLKMOOT_DATABASE_ROLE": "owner", "TASKS_EAGER": "yes"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-3000:])
        told: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
        return told

    def stop(self) -> None:
        """Stop it as a person would."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(40)
