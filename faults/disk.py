"""The disk is full: positions are refused or wait, nothing acknowledged is lost, and it goes on when there is room."""

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from faults import needs
from faults.houses import until
from faults.storm import Size, Storm, storm

SIZE = "500m"
FULL_FOR = 5.0


@contextmanager
def small_disk() -> Iterator[Path]:
    """A disk of its own, in memory."""
    needs.root()
    with tempfile.TemporaryDirectory(prefix="folkmoot-disk-") as name:
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=700", "tmpfs", name], check=False, capture_output=True
        )
        if done.returncode:
            raise needs.Missing("needs the right to mount")
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", "--lazy", name], check=False)


def fill(disk: Path) -> Path:
    """Write until nothing more goes in."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for piece in (1 << 20, 4096, 1):
            try:
                while file.write(b"\0" * piece) == piece:
                    pass
            except OSError:
                continue
    return filler


def run(size: Size, say: Callable[[str], None]) -> list[str]:
    """The disk under the whole house is full for a while, amid votes."""
    with small_disk() as disk, storm(size, say, folder=disk / "data") as here:
        neighbours = here.settle_in()
        here.cast(neighbours, size.votes, filled_amid(here, disk, size.votes // 3))
        here.house.move_clock(8)
        here.close()
        return here.wrong


def filled_amid(here: Storm, disk: Path, when: int) -> Callable[[int], None]:
    """What Clients.run calls: after so many votes the disk is full for some seconds."""
    waiting = [when]

    def look(done: int) -> None:
        if not waiting or done < waiting[0]:
            return
        waiting.clear()
        filler = fill(disk)
        before = here.acknowledged
        here.say(f"{done} votes: the disk is full ({os.statvfs(disk).f_bavail} blocks free)")
        time.sleep(FULL_FOR)
        here.say(f"{here.acknowledged - before} acknowledged while it was full")
        filler.unlink()
        begun = time.monotonic()
        heard = here.acknowledged
        well = until(lambda: here.acknowledged > heard or here.house.answers(), 60)
        here.say(f"there is room again; answers after {time.monotonic() - begun:.1f} s")
        here.wrong += [] if well else ["does not come back when there is room"]

    return look
