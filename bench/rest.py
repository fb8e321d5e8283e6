"""The whole embedded house at rest: its memory, and how soon it is back."""

import re
import tempfile
import time
from pathlib import Path

from bench.figures import Figure, Goal
from faults.houses import House
from house.postgres import free_port

PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)
COMES_TO_REST = 20.0
"""Seconds; whatever a start needed has been given back by then."""


def rest(*, quick: bool) -> list[Figure]:
    """The embedded stack at rest in PSS, and how long it takes to start again."""
    with tempfile.TemporaryDirectory(prefix="folkmoot-bench-") as name:
        house = House(Path(name) / "data", free_port())
        first, again, held = [], [], []
        try:
            first.append(started(house))
            for _round in range(1 if quick else 3):
                time.sleep(COMES_TO_REST)
                held.append(memory_mb(house))
                house.stop()
                again.append(started(house))
        finally:
            house.stop()
    return [
        Figure("rest", "the whole embedded stack at rest (PSS)", "MB", tuple(held), Goal(at_most=330)),
        Figure("rest", "started again, to the first page", "s", tuple(again), Goal(at_most=4)),
        Figure("rest", "started the first time, packages being there", "s", tuple(first), Goal(at_most=30)),
    ]


def started(house: House) -> float:
    """Seconds from the command to the first page."""
    begun = time.monotonic()
    house.start()
    return time.monotonic() - begun


def memory_mb(house: House) -> float:
    """What all its processes hold, shared pages shared out among them."""
    if house.process is None:
        raise RuntimeError("the house does not run")
    return sum(pss_kb(pid) for pid in family(house.process.pid)) / 1024


def pss_kb(pid: int) -> int:
    """Of one process; one that has just ended holds nothing."""
    try:
        found = PSS.search(Path(f"/proc/{pid}/smaps_rollup").read_text())
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(found.group(1)) if found else 0


def family(pid: int) -> list[int]:
    """A process and all its descendants."""
    children: dict[int, list[int]] = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(place.read_text().rpartition(")")[2].split()[1])
        except FileNotFoundError:
            continue
        children.setdefault(parent, []).append(int(place.parent.name))
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop())
        waiting += children.get(found[-1], [])
    return found
