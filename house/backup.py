"""./folkmoot backup: all that a house knows in one file, seals in a second; made beside a running house."""

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from house import seals, settings_file
from house.databases import environment
from house.keys import keep
from house.packing import KEPT_FOR, add
from house.places import CLONE, DataFolder, Stop, say
from house.postgres import find_binaries

FORMAT = 1
PATTERN = "folkmoot-*.backup"
# Ways in are no part of a backup: whoever finds one gets into no session, and after a restore everybody signs in again.
# Nor is what the signer found in the boxes of a vote that is being counted: a restore voids this vote, and of very few
# ballots nobody may read more than the outcome.
LEFT_OUT = ("django_session", "usersessions_usersession", "cache", "core_openedballots")


@dataclass(frozen=True, slots=True)
class About:
    """The first file in a backup: what it is, and how to see that it is whole."""

    format: int
    made_at: str
    kind: str
    digest: str
    size: int


def backup(folder: DataFolder, database: str, to: Path | None = None) -> Path:
    """Write a backup of the database at this address and return the file; the seals go into a second one beside it.

    Old ones in the folder's own place go.
    """
    at = datetime.now(UTC)
    target = to or folder.backups / f"folkmoot-{at:%Y%m%d-%H%M%S}.backup"
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as place:
            dump, draft = Path(place) / "house.dump", Path(place) / "draft"
            tables = write_dump(database, dump)
            about = About(
                format=FORMAT,
                made_at=at.isoformat(timespec="seconds"),
                kind=kind_of(folder) or "empty",
                digest=digest_of(dump),
                size=dump.stat().st_size,
            )
            pack(draft, about, dump, secret_key=keep(folder).secret_key)
            sealed = seals.save(folder, target)
            draft.replace(target)
    except OSError as error:
        raise Stop(f"the backup could not be written ({error.strerror}). Nothing that was there is changed.") from None
    say(f"Backed up {tables} tables, {target.stat().st_size / 1e6:.1f} MB: {target}")
    if sealed:
        say(
            f"{sealed} seals lie beside it, in a file of their own. Delete it after {KEPT_FOR.days} days at the latest."
        )
    if to is None:
        forget_old(folder, at)
        seals.forget_old(folder, at)
    return target


def kind_of(folder: DataFolder) -> str:
    """Whether a folder holds a demo or a house ("empty"), for good; "" before its first start."""
    return settings_file.read(folder.path / "state.env").get("KIND", "")


def write_dump(database: str, dump: Path) -> int:
    """Let pg_dump write one consistent moment of the database; the number of tables. Says how far it is."""
    left_out = [f"--exclude-table-data=public.{name}" for name in LEFT_OUT]
    words = [str(find_binaries() / "pg_dump"), "--format=custom", "--verbose", f"--file={dump}", *left_out]
    words.append("--enable-row-security")  # the owner has a policy of its own, which shows it every row
    os.close(os.open(dump, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))  # nobody else reads it
    tables, said, last = 0, time.monotonic(), ""
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env=environment(database)) as child:
        for line in child.stderr or ():
            last = line.strip() or last
            if "dumping contents of table" in line:
                tables += 1
                if time.monotonic() - said > 2:
                    said = time.monotonic()
                    say(f"  … {tables} tables")
    if child.returncode:
        raise Stop(f"the database could not be read: {last}")
    return tables


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def pack(draft: Path, about: About, dump: Path, *, secret_key: str) -> None:
    """Put the parts into one file that only its owner can read, and see it on the disk."""
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with tarfile.open(fileobj=file, mode="w") as tar:
            add(tar, "about.json", json.dumps(asdict(about), indent=1).encode())
            add(tar, "keys.env", f"SECRET_KEY={secret_key}\n".encode())
            tar.add(dump, "house.dump")
        file.flush()
        os.fsync(file.fileno())


def forget_old(folder: DataFolder, at: datetime) -> None:
    """Remove the folder's own backups that are older than what was promised; the newest always stays."""
    *older, _newest = sorted(folder.backups.glob(PATTERN))
    for path in older:
        if datetime.fromtimestamp(path.stat().st_mtime, UTC) < at - KEPT_FOR:
            path.unlink()
            say(f"Removed {path.name}: backups are kept for {KEPT_FOR.days} days.")


@dataclass(frozen=True, slots=True)
class Opened:
    """A backup that was found whole, unpacked into a folder of its own."""

    about: About
    dump: Path
    secret_key: str

    @property
    def made_at(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.about.made_at)


def unpack(path: Path, into: Path) -> Opened:
    """Take a backup apart; stops with advice unless it is whole."""
    try:
        with tarfile.open(path) as tar:
            tar.extractall(into, filter="data")
        about = About(**json.loads((into / "about.json").read_text()))
        secret_key = settings_file.read(into / "keys.env")["SECRET_KEY"]
        dump = into / "house.dump"
        whole = digest_of(dump) == about.digest
    except FileNotFoundError:
        raise Stop(f"{path} is not there, or is no backup of Folkmoot.") from None
    except (tarfile.TarError, OSError, ValueError, TypeError, KeyError, EOFError):
        raise Stop(f"{path} is no backup of Folkmoot, or it is damaged. Try an older one.") from None
    if about.format != FORMAT:
        raise Stop(f"{path} was written by a newer Folkmoot. Update first: ./folkmoot update")
    if not whole:
        raise Stop(f"{path} is damaged: its contents are not what was written. Try an older one.")
    return Opened(about, dump, secret_key)


def room_for(path: Path, folder: DataFolder) -> None:
    """Stop before a disk fills up: unpacked and restored, a backup takes about eight times its size."""
    free = shutil.disk_usage(folder.path if folder.path.exists() else CLONE).free
    needed = 8 * path.stat().st_size
    if free < needed:
        raise Stop(f"the disk has {free / 1e6:.0f} MB left, restoring takes {needed / 1e6:.0f} MB. Make room first.")
