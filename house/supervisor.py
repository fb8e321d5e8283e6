"""Keeps database, broker and programs running until it is told to stop. One supervisor per data folder."""

import contextlib
import fcntl
import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import FrameType

from house.places import DataFolder, Stop, complain
from house.postgres import Postgres
from house.programs import Program, last_line, trim_log
from house.waiting import Wait

LOOK_EVERY = 0.2
TRIM_EVERY = 60.0
FALLS_AT_START = 3
ANOTHER_MAY_END_IN = 3.0  # after a kill -9 the kernel needs a moment to let go


@contextlib.contextmanager
def sole_supervisor(folder: DataFolder) -> Iterator[None]:
    """Hold the folder's lock; the kernel lets go of it however we end."""
    until = time.monotonic() + ANOTHER_MAY_END_IN
    descriptor = os.open(folder.lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise Stop(
                        f"another Folkmoot already runs on {folder.path}. Stop it first, or choose another with --data."
                    ) from None
                time.sleep(0.1)
        yield
    finally:
        os.close(descriptor)


@dataclass
class Supervisor:
    """The running house. Programs stop before the broker, the broker before the database."""

    folder: DataFolder
    postgres: Postgres | None = None
    broker: Program | None = None
    programs: list[Program] = field(default_factory=list)
    stopping: bool = False

    def listen_to_signals(self) -> None:
        """Ctrl-C, a closed terminal and `kill` all stop the house cleanly."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._told_to_stop)

    def _told_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def keep(self) -> None:
        """Watch until told to stop."""
        trim_at = time.monotonic() + TRIM_EVERY
        while not self.stopping:
            self.watch()
            if time.monotonic() > trim_at:
                for log in self.folder.logs.glob("*.log"):
                    if not log.name.endswith(".old.log"):
                        trim_log(log)
                trim_at = time.monotonic() + TRIM_EVERY
            time.sleep(LOOK_EVERY)

    def watch(self) -> None:
        """Bring back what died."""
        if self.postgres and self.postgres.child and self.postgres.child.poll() is not None:
            complain(f"PostgreSQL ended ({self.postgres.child.returncode}); starting it again.")
            self._retry(self.postgres.restart)
        for program in ([self.broker] if self.broker else []) + self.programs:
            try:
                fell = program.watch()
            except (OSError, Stop) as error:
                fell = f"{program.name} cannot be started: {error}"
            if fell and not self.stopping:
                complain(fell)

    def _retry(self, start: Callable[[], None]) -> None:
        pause = 0.1
        while not self.stopping:
            try:
                start()
                return
            except (OSError, Stop) as error:
                complain(f"{error} Trying again.")
                time.sleep(pause)
                pause = min(pause * 2, 5.0)

    def wait_for(self, ready: Callable[[], bool], what: str, seconds: float) -> None:
        """Watch until `ready`; stop with advice when it takes too long."""
        patience = Wait(what, seconds)
        while not self.stopping and not ready():
            fallen = next((program for program in self.programs if program.falls >= FALLS_AT_START), None)
            if fallen:
                said = last_line(fallen.log)
                raise Stop(f"{fallen.name} cannot be started. Its log, {fallen.log}, ends with: {said}")
            if patience.is_over():
                raise Stop(f"{what} did not answer within {seconds:.0f} seconds. See {self.folder.logs}.")
            self.watch()
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop everything in order; repeated Ctrl-C changes nothing."""
        self.stopping = True
        for program in self.programs:
            program.ask_to_stop()
        for program in self.programs:
            program.wait_stopped()
        if self.broker:
            self.broker.ask_to_stop()
            self.broker.wait_stopped()
        if self.postgres:
            self.postgres.stop()
