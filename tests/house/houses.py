"""A real house in a folder of its own: started as a person would, killed as only a test does."""

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from house import settings_file
from house.places import CLONE, DataFolder
from house.postgres import free_port

PATIENCE = 120.0


def until(what: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Whether it comes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.05)
    return False


@dataclass
class House:
    """`./folkmoot run --empty` on a free port."""

    folder: Path
    port: int = field(default_factory=free_port)
    clone: Path = CLONE
    prefix: list[str] = field(default_factory=list)
    settings: dict[str, str] | None = None
    process: subprocess.Popen[str] | None = None
    told_in: Path | None = None

    @property
    def data(self) -> DataFolder:
        return DataFolder(self.folder)

    @property
    def told(self) -> Path:
        return self.told_in or self.folder.parent / f"{self.folder.name}-told.txt"

    def environment(self) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
        return ours if self.settings is None else self.settings

    def command(self, *words: str) -> list[str]:
        if self.clone == CLONE and not self.prefix:
            return [sys.executable, "-P", "-m", "house", *words]
        return [*self.prefix, "./folkmoot", *words]

    def start(self, *words: str) -> None:
        """Start and wait for the address."""
        self.launch(*words)
        assert until(lambda: "Folkmoot is at" in self.told.read_text() or self.ended()), self.told.read_text()
        assert not self.ended(), self.told.read_text()

    def launch(self, *words: str) -> None:
        """Start without waiting."""
        with self.told.open("w") as told:
            self.process = subprocess.Popen(
                self.command("run", "--empty", "--port", str(self.port), "--data", str(self.folder), *words),
                cwd=self.clone,
                env={**self.environment(), "PYTHONPATH": str(self.clone)},
                stdout=told,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )

    def ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def pid(self, name: str) -> int:
        return int(self.data.pid_file(name).read_text())

    def kill(self, name: str) -> None:
        os.kill(self.pid(name), signal.SIGKILL)

    def answers(self) -> bool:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        with contextlib.suppress(OSError, http.client.HTTPException):
            line.request("GET", "/health/", headers={"Host": f"localhost:{self.port}"})
            return line.getresponse().status == 200
        return False

    def connect(self, *, owner: bool = False) -> psycopg.Connection:
        name = "DATABASE_OWNER_URL" if owner else "DATABASE_URL"
        return psycopg.connect(settings_file.read(self.data.settings)[name], autocommit=True, connect_timeout=3)

    def processes(self) -> list[int]:
        """All live processes of this house: they have its folder in their words, settings or working folder."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                words = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
                here = str(self.folder).encode() in words or (process / "cwd").readlink().is_relative_to(self.folder)
                if here and int(process.name) != os.getpid():
                    found.append(int(process.name))
        return found

    def memory(self) -> int:
        """Proportional set size of the whole house, in MB."""
        total = 0
        for pid in self.processes():
            with contextlib.suppress(OSError):
                lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
                total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        return total // 1024

    @contextlib.contextmanager
    def settled(self, *, told: Path | None = None) -> Iterator[None]:
        """Started, and stopped afterwards with nothing left."""
        self.told_in = told
        try:
            self.start()
            yield
        finally:
            if self.process is not None and not self.ended():
                assert self.stop() == 0
        assert not self.processes()

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """Stop it as a person would; its exit code."""
        assert self.process is not None
        if not self.ended():
            os.kill(self.pid("supervisor"), how)
        return self.process.wait(30)
