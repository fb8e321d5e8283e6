"""Where things lie: the clone, and the folders inside a data folder."""

import hashlib
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

CLONE = Path(__file__).resolve().parent.parent
SOCKET_PATH_LIMIT = 90  # bytes; the kernel takes 107, PostgreSQL adds its own name


def note_pid(file: Path, number: int) -> None:
    """Write the number of a process down; a reader finds the old number or the new one, never an empty file."""
    draft = file.with_suffix(".new")
    draft.write_text(f"{number}\n")
    draft.replace(file)


class Stop(Exception):
    """The start cannot go on; its text is one sentence of advice."""


@dataclass(frozen=True)
class DataFolder:
    """A house's own folder: database, broker, keys, mails, logs. Only its owner can enter it."""

    path: Path

    @property
    def keys(self) -> Path:
        """Passwords made at the first start."""
        return self.path / "keys.env"

    @property
    def settings(self) -> Path:
        """What the processes and manage.py read; written at each start."""
        return self.path / "house.env"

    @property
    def lock(self) -> Path:
        """Held by the one supervisor of this folder."""
        return self.path / "supervisor.lock"

    @property
    def postgres(self) -> Path:
        """PostgreSQL's files."""
        return self.path / "postgres"

    @property
    def broker(self) -> Path:
        """The broker's files."""
        return self.path / "broker"

    @property
    def logs(self) -> Path:
        """One log per process."""
        return self.path / "logs"

    @property
    def pids(self) -> Path:
        """The number of each running process, by its name."""
        return self.path / "pids"

    def pid_file(self, name: str) -> Path:
        """Where the number of this process stands."""
        return self.pids / f"{name}.pid"

    @property
    def backups(self) -> Path:
        """Backups made here, kept for seven days."""
        return self.path / "backups"

    @property
    def mail(self) -> Path:
        """Mails that no server took."""
        return self.path / "mail"

    @property
    def sockets(self) -> Path:
        """Sockets; in a folder of its own elsewhere where this path is too long for one."""
        near = self.path / "sockets"
        if len(os.fsencode(near)) <= SOCKET_PATH_LIMIT:
            return near
        name = hashlib.sha256(os.fsencode(self.path)).hexdigest()[:16]
        return Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"folkmoot-{name}"

    def make(self) -> None:
        """Make the folders that are missing, each for its owner alone."""
        for folder in (self.path, self.logs, self.pids, self.mail, self.sockets, self.broker):
            try:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise Stop(
                    f"the folder {folder} cannot be made ({error.strerror}). Choose another with --data."
                ) from None
        for folder in (self.path, self.sockets):
            if os.geteuid() not in {0, folder.stat().st_uid}:
                raise Stop(f"the folder {folder} belongs to somebody else. Choose another with --data.")
            folder.chmod(0o700)


def say(sentence: str = "") -> None:
    """Tell the person at the terminal."""
    print(sentence, flush=True)


def complain(sentence: str) -> None:
    """Tell the person at the terminal what is wrong."""
    print(f"Folkmoot: {sentence}", file=sys.stderr, flush=True)
