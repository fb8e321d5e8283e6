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
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from house import settings_file
from house.places import CLONE, DataFolder
from house.programs import last_line

PATIENCE = 120.0
OPENED = "Folkmoot is at"
"""What a house says when its pages answer."""


def until(what: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Whether it comes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(psycopg.Error, OSError):
            if what():
                return True
        time.sleep(0.1)
    return False


@dataclass
class House:
    """The house, its log, and what a test may do to it. `more` goes into its environment."""

    folder: Path
    port: int
    more: dict[str, str] = field(default_factory=dict)
    clone: Path = CLONE
    process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> DataFolder:
        """Its data folder."""
        return DataFolder(self.folder)

    def environment(self) -> dict[str, str]:
        """A bare environment. The clock of a real house never moves: only as a demo may it start again after that.

        A neighbour gives more ballots in a storm than the limits let through in life.
        """
        kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
        return {**kept, "PYTHONPATH": str(self.clone), "FOLKMOOT_DEMO": "yes", "RATE_LIMITS": "no", **self.more}

    def start(self) -> None:
        """Start it and wait for its pages. The web of a house that was just killed may answer a moment longer: only
        what the new one says and does itself counts.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        before = len(self.said())
        with self.told_in.open("ab") as told:
            self.process = subprocess.Popen(
                self.words("run", "--empty", "--port", str(self.port)),
                cwd=self.clone,
                env=self.environment(),
                stdout=told,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        started = self.process
        begun = time.monotonic()
        up = until(lambda: started.poll() is not None or (OPENED in self.said()[before:] and self.answers()))
        if not up or started.poll() is not None:
            raise RuntimeError(self.why_not(time.monotonic() - begun))

    @property
    def told_in(self) -> Path:
        """Where it writes what it says at the terminal."""
        return self.folder / "told.txt"

    def said(self) -> str:
        """All that it has said since the first start."""
        return self.told_in.read_text() if self.told_in.exists() else ""

    def why_not(self, seconds: float) -> str:
        """What is known of a start that failed: its end, what was said, and how each log ends."""
        code = self.process.poll() if self.process else None
        state = "it goes on without an answer" if code is None else f"it ended with {code}"
        logs = [f"{log.name} ends with: {last_line(log)}" for log in sorted(self.data.logs.glob("*.log"))]
        return "\n".join([f"not started after {seconds:.0f} s, {state}", self.said(), *logs])

    def words(self, command: str, *rest: str) -> list[str]:
        """./folkmoot's words for this folder."""
        return [sys.executable, "-P", "-m", "house", command, "--data", str(self.folder), *rest]

    def call(self, command: str, *rest: str) -> str:
        """One of the operator's commands, to its end; what it said. Raises where it failed."""
        return self.told(self.words(command, *rest), self.environment())

    def run_inside(self, module: str, *words: str, owner: bool = False) -> str:
        """A program of faults/ with the settings of this house, as the web's role or the owner's."""
        settings = {**self.environment(), **self.settings(), "FOLKMOOT_DATABASE_ROLE": "owner" if owner else "web"}
        return self.told([sys.executable, "-m", module, *words], settings)

    def told(self, command: list[str], environment: dict[str, str]) -> str:
        """What a command said; raises where it failed."""
        done = subprocess.run(
            command, cwd=self.clone, env=environment, capture_output=True, text=True, check=False, timeout=300
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command[3:])}: {(done.stdout + done.stderr)[-3000:]}")
        return done.stdout

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

    def send(self, part: str, number: signal.Signals) -> None:
        """Send a part a signal, if it lives at this moment."""
        with contextlib.suppress(ProcessLookupError, FileNotFoundError, ValueError):
            os.kill(self.pid(part), number)

    def kill(self, part: str) -> None:
        """kill -9. A killed supervisor takes all with it and is started again by hand."""
        self.send(part, signal.SIGKILL)
        if part == "supervisor" and self.process is not None:
            self.process.wait(30)
            self.start()

    def settings(self) -> dict[str, str]:
        """What the house itself wrote for its commands, and what it was told."""
        return {**settings_file.read(self.data.settings), **self.more}

    def query(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """The rows of a statement, asked as the owner."""
        with self.connect() as line:
            return line.execute(statement, values or None).fetchall()

    def connect(self) -> psycopg.Connection[Any]:
        """A line to the database, as the owner."""
        return psycopg.connect(self.settings()["DATABASE_OWNER_URL"], autocommit=True, connect_timeout=3)

    def move_clock(self, days: float) -> None:
        """Move the clock of decisions."""
        with self.connect() as line:
            line.execute('UPDATE core_clockoffset SET "offset" = "offset" + %s * interval \'1 day\'', [days])

    def make_town(self, *words: str) -> dict[str, Any]:
        """Make council, people, sessions and votes; what the clients need to know."""
        self.more["TASKS_EAGER"] = "yes"
        try:
            told: dict[str, Any] = json.loads(
                self.run_inside("faults.make_town", *words, owner=True).strip().splitlines()[-1]
            )
        finally:
            del self.more["TASKS_EAGER"]
        return told

    def stop(self) -> None:
        """Stop it as a person would."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(40)
