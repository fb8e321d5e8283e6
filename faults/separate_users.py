"""Shows that the web is refused the owner's tables and the signer's keys when every process is a user of its own.

As root on a bare machine: PostgreSQL runs as one user and listens on loopback with scram, the migrations run as a
second, the web as a third and the signer as a fourth that know only their own passwords, and the signer's folder is its
user's alone. Run: sudo python -m faults.separate_users
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

# Every Linux has these four.
POSTGRES_USER, OWNER_USER, WEB_USER, SIGNER_USER = (
    pwd.getpwnam(name).pw_uid for name in ("daemon", "bin", "nobody", "sys")
)

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
    "become the signer": "SET ROLE folkmoot_signer",
    "write a key of the house": "INSERT INTO core_signingkey (key_id, text, rotation, at) VALUES ('', '', '', now())",
    "change a checkpoint": "UPDATE core_checkpoint SET note = ''",
    "change a receipt": "UPDATE core_receipt SET note = ''",
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
        self.roles = Roles(*(secrets.token_urlsafe(24) for _role in range(3)))
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
        self.signer: subprocess.Popen[bytes] | None = None
        self.signer_folder = folder / "signer"
        self.signer_folder.mkdir(mode=0o700)
        if self.as_root:
            os.chown(self.signer_folder, SIGNER_USER, SIGNER_USER)
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
        gunicorn = ["-P", "-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi"]
        self.web = self.open(gunicorn, WEB_USER, self.settings(owner=False))
        self.signer = self.open(["manage.py", "sign", "--loop"], SIGNER_USER, self.signer_settings())
        end = time.monotonic() + 60
        while not (self.answers() and self.has_signed()):
            if time.monotonic() > end or self.web.poll() is not None or self.signer.poll() is not None:
                raise RuntimeError("web or signer did not start")
            time.sleep(0.1)

    def open(self, words: list[str], user: int, settings: dict[str, str]) -> "subprocess.Popen[bytes]":
        """Start a process as one of the users."""
        return subprocess.Popen([*self._as(user), self.python, *words], cwd=self.clone, env=settings)

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

    def signer_settings(self) -> dict[str, str]:
        """What the signer is told: neither the others' passwords nor the secret of the web."""
        shared = self.settings(owner=False)
        del shared["DATABASE_URL"]
        own = {"DATABASE_SIGNER_URL": self.roles.signer_url(self.server), "SECRET_KEY": "another"}
        return {**shared, **own, "SIGNER_FOLDER": str(self.signer_folder)}

    def has_signed(self) -> bool:
        """Whether the signer has made its key known, which is the first thing it does."""
        with self.connect() as web:
            return web.execute("SELECT count(*) FROM core_signingkey").fetchone() == (1,)

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
        for name, child in (("postgres", self.server.child), ("web", self.web), ("signer", self.signer)):
            if child is not None:
                found[name] = Path(f"/proc/{child.pid}").stat().st_uid
        return found

    def stop(self) -> None:
        for child in (self.web, self.signer):
            if child is not None and child.poll() is None:
                child.send_signal(signal.SIGTERM)
                child.wait(20)
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


def cannot(user: int, *words: str) -> tuple[bool, str]:
    """Whether a user is refused a command on files of another."""
    done = subprocess.run([*clones.as_user(user), *words], capture_output=True, text=True, check=False)
    return done.returncode != 0 and "Permission denied" in done.stderr, done.stderr.strip() or done.stdout.strip()


def files_of_others(house: SeparateHouse) -> dict[str, tuple[bool, str]]:
    """What the web's user tries on the files of the database and of the signer."""
    key = next((house.signer_folder / "keys").glob("*.key"))
    return {
        "read the database's files": cannot(WEB_USER, "ls", str(house.server.folder)),
        "look into the signer's folder": cannot(WEB_USER, "ls", str(house.signer_folder)),
        "read the signing key": cannot(WEB_USER, "cat", str(key)),
        "replace the signing key": cannot(WEB_USER, "cp", "/etc/hostname", str(key)),
        "look into the signer's memory": cannot(
            WEB_USER, "cat", f"/proc/{house.signer.pid if house.signer else 0}/environ"
        ),
    }


def look(house: SeparateHouse) -> list[Case]:
    """Try everything."""
    tried: dict[str, Callable[[], tuple[bool, str]]] = {
        name: partial(refused, house, statement) for name, statement in ATTEMPTS.items()
    }
    tried["enter without a password"] = lambda: cannot_enter(house, "folkmoot_web")
    tried["enter with a wrong password"] = lambda: cannot_enter(house, "folkmoot_owner:wrong")
    tried["enter as the signer"] = lambda: cannot_enter(house, "folkmoot_signer:wrong")
    cases = [Case(f"the web cannot {name}", *attempt()) for name, attempt in tried.items()]
    if house.as_root:
        cases += [Case(f"the web's user cannot {name}", *result) for name, result in files_of_others(house).items()]
    cases.append(Case("the web serves all the same", house.answers(), "/health/ answers"))
    if house.as_root:
        users = house.users()
        separate = users == {"postgres": POSTGRES_USER, "web": WEB_USER, "signer": SIGNER_USER}
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
