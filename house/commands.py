"""./folkmoot manage, clock, shots and bench: commands beside a running house, or with its database started for them."""

import fcntl
import os
import signal
import subprocess
import sys
from types import FrameType

from house import prepare, settings_file
from house.keys import keep
from house.places import CLONE, DataFolder, Stop
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


def manage(words: list[str]) -> int:
    """One of Django's or Folkmoot's commands."""
    folder = open_folder(words)
    by_hand = bool(words) and words[0] in {"migrate", "flush"}
    if is_running(folder):
        settings = for_commands(settings_file.read(folder.settings))
        if by_hand and not named_database():
            prepare.forget_mark(make_server(folder, keep(folder)))
        return _call(settings, words)
    folder.make()
    with sole_supervisor(folder):
        server = None if named_database() else make_server(folder, keep(folder))
        if server is None:
            return _call(for_commands(house_settings(folder, None, port=DEFAULT_PORT, demo=False)), words)
        signal.signal(signal.SIGINT, _leave_it_to_the_command)
        server.start()
        try:
            make_roles(keep(folder)).prepare(server)
            if by_hand:
                prepare.forget_mark(server)
            demo = settings_file.read(folder.path / "state.env").get("KIND") == "demo"
            return _call(for_commands(house_settings(folder, server, port=DEFAULT_PORT, demo=demo)), words)
        finally:
            server.stop()


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


def bench(words: list[str]) -> int:
    """Measurements, as ratios beside the bare machine."""
    return _script("bench/run.py", words)


def _script(path: str, words: list[str]) -> int:
    script = CLONE / path
    if not script.exists():
        raise Stop(f"{path} is not there yet.")
    settings = {**os.environ, "PYTHONPATH": str(CLONE)}
    return subprocess.run([sys.executable, "-P", str(script), *words], env=settings, check=False).returncode
