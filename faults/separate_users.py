"""Shows that the web is refused the owner's tables when every process is a system user of its own.

As root on a bare machine: PostgreSQL runs as one user and listens on loopback with scram, the migrations run as a
second, the web as a third that knows only its own password. Run: sudo python -m faults.separate_users
As an ordinary user all is one user; then the passwords and rights are shown, not the files.
"""

import contextlib
import http.client
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psycopg

from faults import clones
from house.postgres import Postgres, free_port
from house.roles import DATABASE, Roles

# Every Linux has these three.
POSTGRES_USER, OWNER_USER, WEB_USER = (pwd.getpwnam(name).pw_uid for name in ("daemon", "bin", "nobody"))

# What somebody might try who took over the web process. Each must be refused by the database.
ATTEMPTS = {
    "drop a table": "DROP TABLE core_ballot",
    "change a table": "ALTER TABLE core_ballot ADD COLUMN planted int",
    "empty a table": "TRUNCATE core_recordline",
    "switch the guards off": "ALTER TABLE core_ballot DISABLE TRIGGER ALL",
    "skip the guards": "SET session_replication_role = replica",
    "make a table": "CREATE TABLE planted (i int)",
    "replace the clock": "CREATE OR REPLACE FUNCTION folkmoot_now() RETURNS timestamptz LANGUAGE sql AS 'SELECT now()'",
    "move the clock": "UPDATE core_clockoffset SET \"offset\" = interval '1 day'",
    "rewrite the record": "UPDATE core_recordline SET what = 'nothing happened'",
    "shorten the record": "DELETE FROM core_recordline",
    "delete ballots": "DELETE FROM core_ballot",
    "read a box": "SELECT box FROM core_sealedballot",
    "say what was in the boxes": "INSERT INTO core_openedballots (vote_id, ballots) VALUES (1, '[]')",
    "make a key": "INSERT INTO core_votekey (key_id, public, made_at) VALUES ('x', repeat('0', 64), now())",
    "delete votes": "DELETE FROM core_vote",
    "delete an adopted text": "DELETE FROM core_textversion",
    "forget a migration": "DELETE FROM django_migrations",
    "become the owner": "SET ROLE folkmoot_owner",
    "become the superuser": "SET ROLE postgres",
    "read files": "COPY (SELECT 1) TO PROGRAM 'true'",
    "see passwords": "SELECT rolpassword FROM pg_authid",
    "make a database": "CREATE DATABASE planted",
}


@dataclass
class Case:
    """One thing that was tried, and whether it went as it must."""

    name: str
    held: bool
    said: str


@contextlib.contextmanager
def separate_house() -> Iterator["SeparateHouse"]:
    """Database, migrations and web as three users, in a fresh clone; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="folkmoot-users-"))
    house = SeparateHouse(folder)
    try:
        house.start()
        yield house
    finally:
        house.stop()
        shutil.rmtree(folder, ignore_errors=True)


class SeparateHouse:
    """The processes, each with only what it needs to know."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.web_port, self.tcp_port = folder, free_port(), free_port()
        self.as_root = os.geteuid() == 0
        self.roles = Roles(secrets.token_urlsafe(24), secrets.token_urlsafe(24))
        (folder / "database" / "sockets").mkdir(parents=True)
        self.server = Postgres(
            folder / "database" / "postgres",
            folder / "database" / "sockets",
            folder / "postgres.log",
            secrets.token_urlsafe(24),
            tcp_port=self.tcp_port,
            runs_as=POSTGRES_USER if self.as_root else None,
        )
        self.web: subprocess.Popen[bytes] | None = None
        self.clone = folder

    def start(self) -> None:
        """Install, start the database, migrate as the owner, open the web."""
        self.clone = clones.make(self.folder, OWNER_USER if self.as_root else None)
        clones.install(self.clone, OWNER_USER if self.as_root else None)
        self.server.start()
        self.roles.prepare(self.server)
        for command in ("migrate", "createcachetable"):
            self.manage(command, user=OWNER_USER, owner=True)
        self.manage("check_house", user=WEB_USER, owner=False)
        self.web = subprocess.Popen(
            [*self._as(WEB_USER), self.python, "-P", "-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi"],
            cwd=self.clone,
            env=self.settings(owner=False),
        )
        end = time.monotonic() + 60
        while not self.answers():
            if time.monotonic() > end or self.web.poll() is not None:
                raise RuntimeError("the web did not answer")
            time.sleep(0.1)

    @property
    def python(self) -> str:
        return str(self.clone / ".venv" / "bin" / "python")

    def _as(self, user: int) -> list[str]:
        return clones.as_user(user)

    def settings(self, *, owner: bool) -> dict[str, str]:
        """What a process is told: never both passwords."""
        name = "DATABASE_OWNER_URL" if owner else "DATABASE_URL"
        return {
            **clones.bare_settings(self.folder / "nowhere"),
            name: self.roles.url(self.server, owner=owner),
            "SECRET_KEY": "only-for-this-run",
            "FOLKMOOT_ADDRESS": f"http://localhost:{self.web_port}",
            "FOLKMOOT_LISTEN": f"127.0.0.1:{self.web_port}",
            "FOLKMOOT_DATA": str(self.folder / "nothing"),
            "PYTHONPATH": str(self.clone),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def manage(self, command: str, *, user: int, owner: bool) -> None:
        subprocess.run(
            [*self._as(user), self.python, "manage.py", command],
            cwd=self.clone,
            env=self.settings(owner=owner),
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def answers(self) -> bool:
        line = http.client.HTTPConnection("127.0.0.1", self.web_port, timeout=2)
        with contextlib.suppress(OSError, http.client.HTTPException):
            line.request("GET", "/health/", headers={"Host": f"localhost:{self.web_port}"})
            return line.getresponse().status == 200
        return False

    def connect(self, *, owner: bool = False) -> psycopg.Connection:
        url = self.roles.url(self.server, owner=owner)
        return psycopg.connect(url, autocommit=True, connect_timeout=3)

    def users(self) -> dict[str, int]:
        """Which system user each process runs as."""
        found = {}
        for name, child in (("postgres", self.server.child), ("web", self.web)):
            if child is not None:
                found[name] = Path(f"/proc/{child.pid}").stat().st_uid
        return found

    def stop(self) -> None:
        if self.web is not None and self.web.poll() is None:
            self.web.send_signal(signal.SIGTERM)
            self.web.wait(20)
        self.server.stop()


def refused(house: SeparateHouse, statement: str) -> tuple[bool, str]:
    """Whether the web role is refused a statement for want of rights, and what the database says."""
    with house.connect() as web:
        try:
            web.execute(statement)
        except psycopg.errors.InsufficientPrivilege as error:
            return True, str(error).splitlines()[0]
        except psycopg.Error as error:
            return False, f"refused, but for another reason: {str(error).splitlines()[0]}"
    return False, "was allowed"


def cannot_enter(house: SeparateHouse, account: str) -> tuple[bool, str]:
    """Whether somebody with a wrong password, or none, stays outside."""
    try:
        psycopg.connect(f"postgresql://{account}@127.0.0.1:{house.tcp_port}/{DATABASE}", connect_timeout=3).close()
    except psycopg.OperationalError as error:
        said = str(error).splitlines()[0]
        return "password" in said, said.rpartition("FATAL:")[2].strip() or said
    return False, "was let in"


def cannot_read(house: SeparateHouse) -> tuple[bool, str]:
    """Whether the web's user is kept from the database's files."""
    done = subprocess.run(
        [*clones.as_user(WEB_USER), "ls", house.server.folder], capture_output=True, text=True, check=False
    )
    return done.returncode != 0, done.stderr.strip()


def look(house: SeparateHouse) -> list[Case]:
    """Try everything."""
    tried: dict[str, Callable[[], tuple[bool, str]]] = {
        name: partial(refused, house, statement) for name, statement in ATTEMPTS.items()
    }
    tried["enter without a password"] = lambda: cannot_enter(house, "folkmoot_web")
    tried["enter with a wrong password"] = lambda: cannot_enter(house, "folkmoot_owner:wrong")
    if house.as_root:
        tried["read the database's files"] = lambda: cannot_read(house)
    cases = [Case(f"the web cannot {name}", *attempt()) for name, attempt in tried.items()]
    cases.append(Case("the web serves all the same", house.answers(), "/health/ answers"))
    if house.as_root:
        users = house.users()
        separate = users == {"postgres": POSTGRES_USER, "web": WEB_USER}
        cases.append(Case("each process is a user of its own", separate, str(users)))
    return cases


def main() -> int:
    """Print each case; 0 when all held."""
    with separate_house() as house:
        cases = look(house)
    for case in cases:
        print(f"{'ok    ' if case.held else 'WRONG '} {case.name}: {case.said}")
    wrong = sum(not case.held for case in cases)
    print(f"{len(cases)} tried, {wrong} wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
