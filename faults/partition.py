"""Web and database on two machines, and the line between them cut in silence."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from pathlib import Path

from faults import needs
from faults.houses import until
from faults.storm import Size, Storm, storm
from house.keys import keep
from house.places import CLONE, DataFolder
from house.postgres import PORT, Postgres
from house.settings import make_roles, make_server

CUT_FOR = 10.0
WAIT_AT_MOST = 12.0
"""Nobody waits longer for an answer, of whatever kind; a browser that hangs is a vote nobody knows of."""
OURS = re.compile(r"fm(\d+)")
LINES = "10.213.0.0"
"""From here on each run has four addresses, after the number of its process."""


@contextmanager
def two_machines() -> Iterator["Line"]:
    """A network namespace for the database, and a line to it."""
    needs.root()
    for name in left_over(words_of("netns", "list")):
        clear(name)
    line = Line(os.getpid())
    try:
        line.lay()
        yield line
    finally:
        clear(line.name)


def words_of(*words: str) -> list[str]:
    """What the ip program says, word by word; nothing where there is nothing to say."""
    return subprocess.run(["ip", *words], capture_output=True, text=True, check=False).stdout.split()


def left_over(names: Iterable[str]) -> list[str]:
    """The namespaces of runs that were killed: named after a process that is there no more."""
    ours = (OURS.fullmatch(name) for name in names)
    return [found[0] for found in ours if found is not None and not Path("/proc", found[1]).exists()]


def clear(name: str) -> None:
    """Take a namespace away with what runs in it, which would keep it and its line alive."""
    for pid in words_of("netns", "pids", name):
        with suppress(ProcessLookupError):
            os.kill(int(pid), signal.SIGKILL)
    words_of("link", "delete", f"{name}a")
    words_of("netns", "delete", name)


class Line:
    """The line between this machine and the namespace of one run, with addresses of its own for both ends."""

    def __init__(self, pid: int) -> None:
        self.name = f"fm{pid}"
        first = int(ip_address(LINES)) + 4 * (pid % 2**14)
        self.near, self.far = str(ip_address(first + 1)), str(ip_address(first + 2))

    def ip(self, *words: str, inside: bool = False) -> None:
        """One step of the ip program."""
        place = ["-n", self.name] if inside else []
        done = subprocess.run(["ip", *place, *words], capture_output=True, text=True, check=False)
        if done.returncode:
            raise needs.Missing(f"needs network namespaces: {done.stderr.strip()}")

    def lay(self) -> None:
        """Make the namespace and the line."""
        self.ip("netns", "add", self.name)
        self.ip("link", "add", f"{self.name}a", "type", "veth", "peer", "name", "line", "netns", self.name)
        self.ip("address", "add", f"{self.near}/30", "dev", f"{self.name}a")
        self.ip("link", "set", f"{self.name}a", "up")
        self.ip("address", "add", f"{self.far}/30", "dev", "line", inside=True)
        self.ip("link", "set", "line", "up", inside=True)

    @contextmanager
    def cut(self) -> Iterator[None]:
        """What is sent is lost, and nobody is told."""
        self.ip("link", "set", "line", "down", inside=True)
        try:
            yield
        finally:
            self.ip("link", "set", "line", "up", inside=True)


@contextmanager
def far_database(line: Line, folder: DataFolder) -> Iterator[dict[str, str]]:
    """A database that is reached over the line only; the addresses that name it."""
    folder.make()
    server, roles = make_server(folder, keep(folder)), make_roles(keep(folder))
    server.start()
    try:
        roles.prepare(server)
        with relay(line, server):
            here = {
                "DATABASE_OWNER_URL": roles.url(server, owner=True),
                "DATABASE_URL": roles.url(server, owner=False),
                "DATABASE_SIGNER_URL": roles.signer_url(server),
            }
            yield {name: f"{url.partition('@')[0]}@{line.far}:{PORT}/folkmoot" for name, url in here.items()}
    finally:
        server.stop()


@contextmanager
def relay(line: Line, server: Postgres) -> Iterator[None]:
    """Inside the namespace: takes connections and passes them to the server's socket, which any namespace reaches."""
    socket = server.sockets / f".s.PGSQL.{PORT}"
    command = [sys.executable, "-m", "faults.relay", line.far, str(PORT), str(socket)]
    child = subprocess.Popen(["ip", "netns", "exec", line.name, *command], cwd=CLONE, env={**os.environ})
    try:
        yield
    finally:
        child.kill()
        child.wait()


def run(size: Size, say: Callable[[str], None]) -> list[str]:
    """The line between web and database is cut in silence amid votes: no page hangs, and it goes on by itself."""
    with (
        two_machines() as line,
        tempfile.TemporaryDirectory(prefix="folkmoot-far-") as name,
        far_database(line, DataFolder(Path(name))) as addresses,
        storm(size, say, more=addresses) as here,
    ):
        neighbours = here.settle_in()
        here.cast(neighbours, size.votes, cut_amid(here, line, size.votes // 3))
        if (longest := here.history.longest()) > WAIT_AT_MOST:
            here.wrong.append(f"somebody waited {longest:.1f} s for an answer")
        here.house.move_clock(8)
        here.close()
        return here.wrong


def cut_amid(here: Storm, line: Line, when: int) -> Callable[[int], None]:
    """What Clients.run calls: after so many votes the line is cut for some seconds."""
    waiting = [when]

    def look(done: int) -> None:
        if not waiting or done < waiting[0]:
            return
        waiting.clear()
        before = here.acknowledged
        with line.cut():
            here.say(f"{done} votes: the line to the database is cut")
            time.sleep(CUT_FOR)
        begun, heard = time.monotonic(), here.acknowledged
        here.say(f"{heard - before} acknowledged while it was cut, by answers that were on their way")
        well = until(lambda: here.acknowledged > heard, 60)
        here.say(f"whole again; the next is acknowledged after {time.monotonic() - begun:.1f} s")
        here.wrong += [] if well else ["does not come back when the line is whole"]

    return look
