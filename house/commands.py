"""The words beside `run` and `test`: beside a running house, or with its database started for them."""

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from house import backup as backups
from house import doctor as doctors
from house import prepare, settings_file, signing_key
from house import restore as restoring
from house import update as updating
from house.keys import keep
from house.places import CLONE, DataFolder, Stop, say
from house.settings import (
    DEFAULT_PORT,
    for_commands,
    house_settings,
    load_dotenv,
    make_roles,
    make_server,
    named_database,
)
from house.supervisor import sole_supervisor
from verify.__main__ import main as verify_file
from verify.building import VERIFIER, pyz


def open_folder(words: list[str]) -> DataFolder:
    """The data folder; a leading --data names another, and is taken off the words."""
    load_dotenv()
    if words and words[0].startswith("--data"):
        _, equals, value = words.pop(0).partition("=")
        if not equals and not words:
            raise Stop("--data needs the name of a folder.")
        os.environ["FOLKMOOT_DATA"] = value if equals else words.pop(0)
    return DataFolder(settings_file.data_folder(CLONE))


def is_running(folder: DataFolder) -> bool:
    """Whether a supervisor holds the folder."""
    try:
        with folder.lock.open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


@contextmanager
def settings_of(folder: DataFolder, *, by_hand: bool = False) -> Iterator[dict[str, str]]:
    """The settings of a house; where it does not run, its database is started for as long as this takes.

    `by_hand` forgets which migrations the database has: somebody is about to change it.
    """
    if is_running(folder):
        if by_hand and not named_database():
            prepare.forget_mark(make_server(folder, keep(folder)))
        yield for_commands(settings_file.read(folder.settings))
        return
    folder.make()
    with sole_supervisor(folder):
        server = None if named_database() else make_server(folder, keep(folder))
        if server is None:
            yield for_commands(house_settings(folder, None, port=DEFAULT_PORT, demo=False))
            return
        signal.signal(signal.SIGINT, _leave_it_to_the_command)
        server.start()
        try:
            make_roles(keep(folder)).prepare(server)
            if by_hand:
                prepare.forget_mark(server)
            demo = settings_file.read(folder.path / "state.env").get("KIND") == "demo"
            yield for_commands(house_settings(folder, server, port=DEFAULT_PORT, demo=demo))
        finally:
            server.stop()


def manage(words: list[str]) -> int:
    """One of Django's or Folkmoot's commands."""
    folder = open_folder(words)
    by_hand = bool(words) and words[0] in {"migrate", "flush"}
    with settings_of(folder, by_hand=by_hand) as settings:
        return _call(settings, words)


def verify(words: list[str]) -> int:
    """Check the records of this house, or a record file; --build packs the verifier."""
    if words[:1] == ["--build"]:
        target = Path(words[1] if len(words) > 1 else VERIFIER).resolve()
        target.write_bytes(pyz())
        say(f"The verifier lies in {target}.")
        return 0
    if words and Path(words[0]).is_file():
        return verify_file(words)
    return manage([*words[: leading_data(words)], "verify", *words[leading_data(words) :]])


def leading_data(words: list[str]) -> int:
    """How many of the first words name the data folder."""
    if not words or not words[0].startswith("--data"):
        return 0
    return 1 if "=" in words[0] else 2


def backup(words: list[str]) -> int:
    """Everything in one file, and the seals in a second."""
    folder = open_folder(words)
    if len(words) > 1 or any(word.startswith("-") for word in words):
        raise Stop("say where the backup goes, or nothing: ./folkmoot backup [--data DIR] [FILE]")
    if not named_database() and not (folder.postgres / "PG_VERSION").exists():
        raise Stop(f"there is no house in {folder.path} yet.")
    with settings_of(folder) as settings:
        backups.backup(folder, settings["DATABASE_OWNER_URL"], Path(words[0]).resolve() if words else None)
    return 0


def restore(words: list[str]) -> int:
    """A backup becomes the house."""
    folder = open_folder(words)
    replace = "--replace" in words
    files = [word for word in words if word != "--replace"]
    if len(files) != 1:
        raise Stop("say which backup: ./folkmoot restore [--data DIR] FILE [--replace]")
    if is_running(folder):
        raise Stop("the house is running. Stop it first (Ctrl-C), then restore.")
    with settings_of(folder, by_hand=True) as settings:
        restoring.restore(Path(files[0]).resolve(), folder, prepare.Steps(settings, lambda: False), replace=replace)
    return 0


def rotate_keys(words: list[str]) -> int:
    """A new signing key takes over."""
    folder = open_folder(words)
    if words not in ([], ["--lost"]):
        raise Stop("say nothing more, or that the key is lost: ./folkmoot rotate-keys [--data DIR] [--lost]")
    with settings_of(folder) as settings:
        return _call(settings, ["rotate_keys", *words])


def save_key(words: list[str]) -> int:
    """The signing key into a file."""
    signing_key.save(open_folder(words), _one_file(words, "save-key"))
    return 0


def bring_key(words: list[str]) -> int:
    """The signing key from a file."""
    signing_key.bring(open_folder(words), _one_file(words, "bring-key"))
    return 0


def _one_file(words: list[str], command: str) -> Path:
    if len(words) != 1:
        raise Stop(f"say which file: ./folkmoot {command} [--data DIR] FILE")
    return Path(words[0]).resolve()


def update(words: list[str]) -> int:
    """The newest version, with a backup of what is there."""
    folder = open_folder(words)
    if words:
        raise Stop("update takes no more words: ./folkmoot update [--data DIR]")
    if is_running(folder):
        raise Stop("the house is running. Stop it first (Ctrl-C), update, then start it again.")
    updating.check(CLONE)
    if (folder.postgres / "PG_VERSION").exists() or named_database():
        backup([])
    before, now = updating.pull(CLONE)
    if before == now:
        say("This is the newest version.")
        return 0
    say(f"Updated from {before} to {now}. Bringing the database to its state …")
    new = [str(CLONE / "folkmoot"), "manage", "--data", str(folder.path), "migrate", "--verbosity=0"]
    return subprocess.run(new, env={**os.environ, "FOLKMOOT_DATABASE_ROLE": "owner"}, check=False).returncode


def doctor(words: list[str]) -> int:
    """What is well and what is not."""
    folder = open_folder(words)
    running = is_running(folder)
    findings = doctors.look(folder, running=running)
    if running or named_database() or (folder.postgres / "PG_VERSION").exists():
        with settings_of(folder) as settings:
            findings += doctors.look_inside(settings, running=running or named_database())
    return doctors.tell(findings)


def _leave_it_to_the_command(number: int, frame: FrameType | None) -> None:
    """Ctrl-C reaches the command too; the database stops after it."""


def _call(settings: dict[str, str], words: list[str]) -> int:
    command = [sys.executable, str(CLONE / "manage.py"), *words]
    return subprocess.run(command, env=settings, check=False).returncode


def clock(words: list[str]) -> int:
    """Move the demo's clock: +3d, +5h, +30m."""
    folder = open_folder(words)
    if not words:
        raise Stop("say how far to move the clock, for example ./folkmoot clock +3d")
    if settings_file.read(folder.path / "state.env").get("KIND") == "empty":
        raise Stop("only the demo's clock moves. Here real people decide, by the real time.")
    return manage(["move_clock", *words])


def shots(words: list[str]) -> int:
    """Pictures of the main pages."""
    return _script("tests/shots.py", words)


def _script(path: str, words: list[str]) -> int:
    script = CLONE / path
    if not script.exists():
        raise Stop(f"{path} is not there yet.")
    settings = {**os.environ, "PYTHONPATH": str(CLONE)}
    return subprocess.run([sys.executable, "-P", str(script), *words], env=settings, check=False).returncode
