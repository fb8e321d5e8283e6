"""./folkmoot doctor: what is well and what is not, each in one line, with what to do about it."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from house import broker, seals, signing_key
from house.backup import PATTERN
from house.packing import KEPT_FOR
from house.places import CLONE, DataFolder, say

ROOM_NEEDED = 500_000_000  # bytes: a backup and a restore of a town fit in
BACKUP_TOO_OLD = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `weight` is ok, note (worth knowing) or bad (mend it)."""

    weight: str
    what: str
    advice: str = ""


def ok(what: str) -> Finding:
    """As it should be."""
    return Finding("ok", what)


def look(folder: DataFolder, *, running: bool) -> list[Finding]:
    """What can be seen from outside the database."""
    checks: list[Callable[[], Finding]] = [
        _environment,
        lambda: _folder(folder),
        lambda: _room(folder),
        _user,
        lambda: _backups(folder),
        lambda: _keys(folder),
        lambda: _seals(folder),
    ]
    if running:
        checks += [lambda: _process(folder, "staff"), lambda: _signer(folder), lambda: _broker(folder)]
    else:
        checks.append(lambda: Finding("note", "the house is not running", "Start it: ./folkmoot run"))
    return [check() for check in checks]


def _environment() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    for wanted in ("requirements.txt", "requirements-dev.txt"):
        installed = CLONE / ".venv" / f"installed-{wanted}"
        if installed.exists() and installed.read_bytes() == (CLONE / wanted).read_bytes():
            return ok(f"Python {version}, packages as {wanted} says")
    return Finding("note", "the packages were not installed by ./folkmoot", "Look that they are the ones it names.")


def _folder(folder: DataFolder) -> Finding:
    if not folder.path.is_dir():
        return Finding("note", f"{folder.path} is not there yet", "The first ./folkmoot run makes it.")
    mode = folder.path.stat().st_mode & 0o077
    keys_open = folder.keys.exists() and folder.keys.stat().st_mode & 0o077
    if keys_open or mode & 0o066:
        return Finding("bad", f"others can read {folder.path}", f"Close it: chmod -R go-rwx {folder.path}")
    return ok(f"only its owner reads {folder.path}")


def _room(folder: DataFolder) -> Finding:
    place = folder.path if folder.path.is_dir() else CLONE
    free = shutil.disk_usage(place).free
    said = f"{free / 1e9:.1f} GB of disk left"
    return ok(said) if free > ROOM_NEEDED else Finding("bad", said, "Make room: a full disk refuses votes.")


def _user() -> Finding:
    who = "root" if os.geteuid() == 0 else "one user"
    return Finding(
        "note",
        f"everything runs as {who}",
        "Database roles and key folders stop mistakes, not that user. Users of their own: docs/running.md.",
    )


def _backups(folder: DataFolder) -> Finding:
    made = sorted(folder.backups.glob(PATTERN), key=lambda path: path.stat().st_mtime)
    if not made:
        return Finding("note", "there is no backup here", "Make one each night: ./folkmoot backup, and keep a copy.")
    age = time.time() - made[-1].stat().st_mtime
    said = f"the latest backup is {age / 3600:.0f} hours old; kept for {KEPT_FOR.days} days"
    return ok(said) if age < BACKUP_TOO_OLD else Finding("note", said, "Make one: ./folkmoot backup")


def _process(folder: DataFolder, name: str) -> Finding:
    with suppress(OSError, ValueError):
        os.kill(int(folder.pid_file(name).read_text()), 0)
        return ok("web, worker, beat and the settling loop run")
    return Finding("bad", "web, worker and clock do not run", f"Read {folder.logs}/{name}.log")


def _signer(folder: DataFolder) -> Finding:
    with suppress(OSError, ValueError):
        os.kill(int(folder.pid_file("signer").read_text()), 0)
        return ok("the signer runs")
    return Finding("bad", "the signer does not run: nothing is signed", f"Read {folder.logs}/signer.log")


def _keys(folder: DataFolder) -> Finding:
    """Looks at the door only; what is inside is the signer's."""
    keys = signing_key.place(folder)
    try:
        found = [each.stat() for each in (keys.parent, keys)]
    except FileNotFoundError:
        return Finding("note", f"{keys.parent} is not there yet", "The signer makes it when it first runs.")
    except PermissionError:
        return ok(f"{keys.parent} is closed to us: it belongs to the signer's user")
    if any(each.st_mode & 0o077 for each in found):
        return Finding("bad", f"others can enter {keys.parent}", f"Close it: chmod -R go-rwx {keys.parent}")
    if any(each.st_uid != os.geteuid() for each in found):
        return Finding("note", f"{keys.parent} belongs to another user", "It must be the one the signer runs as.")
    return ok(f"only its owner enters {keys.parent}")


def _seals(folder: DataFolder) -> Finding:
    store = seals.place(folder)
    if not store.is_dir():
        return ok("nothing is sealed yet")
    if store.stat().st_mode & 0o007:
        return Finding("bad", f"others can enter {store}", f"Close it: chmod -R o-rwx {store}")
    old = time.time() - KEPT_FOR.total_seconds()
    if any(path.stat().st_mtime < old for path in folder.backups.glob(seals.PATTERN)):
        return Finding(
            "note", f"saved seals are older than {KEPT_FOR.days} days", "The next ./folkmoot backup removes them."
        )
    return ok(f"others cannot enter {store}")


def _broker(folder: DataFolder) -> Finding:
    if broker.answers(folder):
        return ok("the broker answers")
    return Finding("note", "the broker does not answer", "Votes count without it; news comes ten seconds later.")


def look_inside(settings: dict[str, str], *, running: bool) -> list[Finding]:
    """What the application sees: migrations, roles, the clock, what is overdue, the records."""
    command = [sys.executable, str(CLONE / "manage.py"), "examine", *([] if running else ["--stopped"])]
    done = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        return [Finding("bad", f"the application does not start: {last}", "Read the settings in .env.example.")]
    return [Finding(**each) for each in json.loads(done.stdout)]


def tell(findings: list[Finding]) -> int:
    """Print all, the worst last; 1 if something has to be mended."""
    order = {"ok": 0, "note": 1, "bad": 2}
    for finding in sorted(findings, key=lambda each: order[each.weight]):
        say(f"{finding.weight:5} {finding.what}")
        if finding.advice:
            say(f"      {finding.advice}")
    bad = sum(finding.weight == "bad" for finding in findings)
    say()
    say("All is well." if not bad else f"{bad} to be mended.")
    return 1 if bad else 0
