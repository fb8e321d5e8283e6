"""Databases beside each other on one server: made, filled from a dump, and reached by PostgreSQL's own programs."""

import os
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from house.places import Stop
from house.postgres import find_binaries


def environment(database: str) -> dict[str, str]:
    """What PostgreSQL's own programs read; a password on their command line would stand in every list of processes."""
    parts = conninfo_to_dict(database)
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    named = {names[key]: str(value) for key, value in parts.items() if key in names and value is not None}
    return {**os.environ, **named, "LC_ALL": "C"}


def name_of(database: str) -> str:
    """Its name, out of its address."""
    return str(conninfo_to_dict(database)["dbname"])


def named(database: str, name: str) -> str:
    """The address of another database on the same server, as an address and not as words."""
    return urlsplit(database)._replace(path=f"/{name}").geturl()


def elsewhere(database: str) -> psycopg.Connection:
    """A connection to the server, not to this database: it may be renamed."""
    return psycopg.connect(make_conninfo(database, dbname="postgres"), autocommit=True)


def make_beside(database: str, name: str, roles: tuple[str, ...]) -> None:
    """An empty database of that name; what a broken restore left is thrown away.

    Not from template1, where every new table is the web's to write: a dump only adds rights and takes none away.
    """
    with elsewhere(database) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        server.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
        for role in roles:
            known = map(sql.Identifier, (name, role))
            server.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(*known))


def pour(dump: Path, database: str) -> None:
    """Read the dump; the first thing that does not fit ends it."""
    known = environment(database)
    words = [str(find_binaries() / "pg_restore"), "--no-owner", "--exit-on-error", "--single-transaction"]
    words += [f"--dbname={known['PGDATABASE']}", str(dump)]
    done = subprocess.run(words, capture_output=True, text=True, env=known, check=False)
    if done.returncode:
        raise Stop(f"the dump could not be read: {done.stderr.strip()}")


def swap(database: str, fresh: str) -> None:
    """The new database takes the name of the old one, in one transaction; the old one goes afterwards."""
    name = name_of(database)
    old = f"{name}_before"
    with elsewhere(database) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(old)))
        there = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        with server.transaction():
            if there:
                server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (name, old))))
            server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (fresh, name))))
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(old)))
