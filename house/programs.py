"""One program that is kept running: started in its own process group, restarted when it dies, stopped when told."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from house.children import Child, Launch
from house.places import note_pid

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 10.0
STEADY_AFTER = 30.0  # alive for so long, and the next fall is a first one again
LOG_LIMIT = 10 * 1024 * 1024


@dataclass
class Program:
    """Something to keep running, and how to end it.

    The kernel ends it with SIGKILL when its parent is gone. That is safe for all but the database: the web answers
    only after the commit, workers acknowledge late, and a Celery worker would wait for ever for a broker that died.
    """

    name: str
    launch: Launch
    log: Path
    pid_file: Path | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 8.0
    before: Callable[[], None] | None = None
    child: Child | None = field(default=None, repr=False)
    started_at: float = 0.0
    pause: float = FIRST_PAUSE / 2
    again_at: float | None = None
    falls: int = 0

    def start(self) -> None:
        """Start it now."""
        if self.before:
            self.before()
        self.child = self.launch(self.log)
        if self.pid_file:
            note_pid(self.pid_file, self.child.pid)
        self.started_at, self.again_at = time.monotonic(), None

    def watch(self) -> str | None:
        """Start it again when it is dead and its pause is over. Returns a sentence when it fell."""
        if self.child is None:
            return None
        if self.again_at is not None:
            if time.monotonic() >= self.again_at:
                self.start()
            return None
        code = self.child.poll()
        if code is None:
            return None
        self._end_group()
        self.falls += 1
        alive = time.monotonic() - self.started_at
        self.pause = FIRST_PAUSE if alive > STEADY_AFTER else min(self.pause * 2, LONGEST_PAUSE)
        self.again_at = time.monotonic() + self.pause
        return f"{self.name} ended ({code}); it starts again in {self.pause:.1f} s. Its log: {self.log}"

    def ask_to_stop(self) -> None:
        """Tell it to end."""
        if self.child is not None and self.child.poll() is None:
            self.child.send_signal(self.stop_signal)

    def wait_stopped(self) -> None:
        """Wait until it has ended; after its patience it is killed."""
        if self.child is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.child.wait(self.patience)
        self._end_group()
        self.child.wait()
        self.child = None

    def _end_group(self) -> None:
        """Kill what it left behind."""
        if self.child is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.child.pid, signal.SIGKILL)


def last_line(log: Path) -> str:
    """What a log says last."""
    with contextlib.suppress(OSError, IndexError):
        return log.read_text(errors="replace").strip().splitlines()[-1]
    return "nothing"


def trim_log(log: Path) -> None:
    """Keep a log and one older part of it; writers append, so the file may be emptied under them."""
    with contextlib.suppress(OSError):
        if log.stat().st_size > LOG_LIMIT:
            log.with_suffix(".old.log").write_bytes(log.read_bytes())
            os.truncate(log, 0)
