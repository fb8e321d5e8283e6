"""Children of a process: by a command of their own, or forked from us with all that is loaded shared."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NoReturn, Protocol

from house.linux import die_with_parent


class Child(Protocol):
    """What a started child can be asked; Popen has the same."""

    pid: int

    def poll(self) -> int | None:
        """Its exit code once it has ended."""

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; raises subprocess.TimeoutExpired."""

    def send_signal(self, sig: int) -> None:
        """Send it a signal."""


Launch = Callable[[Path], Child]


def command(words: list[str], settings: Mapping[str, str], ends_with_us: signal.Signals = signal.SIGKILL) -> Launch:
    """Launches a command that writes into a log."""

    def launch(log: Path) -> Child:
        with log.open("ab") as file:
            return subprocess.Popen(
                words,
                env=dict(settings),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                preexec_fn=die_with_parent(ends_with_us),
            )

    return launch


class Forked:
    """A child that was forked, with Popen's manners."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Its exit code once it has ended."""
        if self.returncode is None:
            with contextlib.suppress(ChildProcessError):
                pid, status = os.waitpid(self.pid, os.WNOHANG)
                if pid:
                    self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; raises subprocess.TimeoutExpired."""
        until = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if until is not None and time.monotonic() > until:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
            time.sleep(0.02)
        return code

    def send_signal(self, sig: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, sig)


def fork(work: Callable[[], object]) -> Launch:
    """Launches a fork of this process that does `work`. Only while this process has one thread."""

    def launch(log: Path) -> Child:
        settle_in = die_with_parent(signal.SIGKILL)
        sys.stdout.flush()
        sys.stderr.flush()
        pid = os.fork()
        if pid == 0:
            _be_the_child(settle_in, work, log)
        return Forked(pid)

    return launch


def _be_the_child(settle_in: Callable[[], None], work: Callable[[], object], log: Path) -> NoReturn:
    code = 1
    try:
        settle_in()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
        with log.open("ab") as file, Path(os.devnull).open("rb") as nothing:
            for source, target in ((nothing, 0), (file, 1), (file, 2)):
                os.dup2(source.fileno(), target)
        work()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # whatever it is, it ends here and not in the parent's code
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
