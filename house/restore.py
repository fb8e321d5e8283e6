"""./folkmoot restore: a backup becomes the house. Until the last step what was there stays as it was."""

import tempfile
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from house import prepare, seals, settings_file, signing_key
from house.backup import Opened, backup, kind_of, room_for, unpack
from house.databases import make_beside, name_of, named, pour, swap
from house.places import DataFolder, Stop, say


def restore(path: Path, folder: DataFolder, steps: prepare.Steps, *, replace: bool) -> None:
    """Read a backup into a new database beside the old one, bring it up to date, and let it take the old one's place.

    A kill at any moment leaves either the old house or the new one; called again, it begins anew.
    """
    database = steps.settings["DATABASE_OWNER_URL"]
    roles = steps.settings["DATABASE_WEB_ROLE"], steps.settings["DATABASE_SIGNER_ROLE"]
    room_for(path, folder)
    with tempfile.TemporaryDirectory(dir=folder.path, prefix="restore-") as place:
        opened = unpack(path, Path(place))
        if kind_of(folder) not in {"", opened.about.kind}:
            raise Stop(
                f"{folder.path} is {'a demo' if kind_of(folder) == 'demo' else 'a house of real people'}, "
                "and the backup is not. Restore into an empty folder: --data DIR"
            )
        if people := people_in(database):
            if not replace:
                raise Stop(
                    f"{people} people live in {folder.path}. Restore into an empty folder (--data DIR), or say "
                    "--replace: then what is there is backed up first, and the backup takes its place."
                )
            backup(folder, database)
        say(f"Reading the backup of {opened.made_at:%d %B %Y, %H:%M} UTC …")
        fresh = f"{name_of(database)}_restored"
        make_beside(database, fresh, roles)
        pour(opened.dump, make_conninfo(database, dbname=fresh))
    beside = prepare.Steps(steps.settings | {"DATABASE_OWNER_URL": named(database, fresh)}, steps.stopping)
    if beside.call("-P", "-m", "config.prepare", owner=True):
        raise Stop("the backup could not be brought to the state of the code; the lines above say why.")
    if beside.manage("restored", opened.made_at.isoformat(), owner=True):
        raise Stop("the bodies could not be told; the lines above say why.")
    keep_key(folder, opened)  # before the swap: a start in between must know that this is no demo to be made anew
    try:
        swap(database, fresh)
    except psycopg.errors.ObjectInUse:
        raise Stop("somebody still uses the database. Stop all that serves it, then restore again.") from None
    bring_seals(path, folder, opened, steps)
    say("Restored. Everybody signs in again.")
    if not any(signing_key.place(folder).glob("*.key")):
        say("The signing key is not here. Bring it back: ./folkmoot bring-key FILE. If it is lost: docs/signing.md.")


def bring_seals(path: Path, folder: DataFolder, opened: Opened, steps: prepare.Steps) -> None:
    """After the swap: the seals that are missing, and then none that the restored database gives nobody a right to."""
    seals.bring(folder, path, opened.made_at)
    if steps.manage("tidy_seals", owner=True):
        raise Stop("the house is restored, but its seals are not in order; the lines above say why.")


def people_in(database: str) -> int:
    """How many people a database knows; 0 where it has no tables yet, or is not there."""
    try:
        with psycopg.connect(database) as connection:
            row = connection.execute("SELECT to_regclass('core_person') IS NOT NULL").fetchone()
            if row is None or not row[0]:
                return 0
            found = connection.execute("SELECT count(*) FROM core_person").fetchone()
            return int(found[0]) if found else 0
    except psycopg.OperationalError as problem:
        if "does not exist" in str(problem):
            return 0
        raise Stop(f"the database does not answer: {str(problem).strip()}") from None


def keep_key(folder: DataFolder, opened: Opened) -> None:
    """The key that signed the links in mails which are out there."""
    settings_file.write(folder.keys, settings_file.read(folder.keys) | {"SECRET_KEY": opened.secret_key})
    state = folder.path / "state.env"
    loaded = {"LOADED": "yes"} if opened.about.kind == "demo" else {}
    settings_file.write(state, settings_file.read(state) | {"KIND": opened.about.kind} | loaded)
