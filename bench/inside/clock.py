"""How long something takes, and how much of that processors work."""

import os
import time
from collections.abc import Callable
from pathlib import Path


def seconds(act: Callable[[], object]) -> float:
    """One call."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def seconds_each(act: Callable[[], object], times: int) -> float:
    """The mean of so many calls."""
    begun = time.perf_counter()
    for _time in range(times):
        act()
    return (time.perf_counter() - begun) / times


def worked(parents: list[int]) -> float:
    """How many seconds processors have worked for the children of these processes, as the kernel counts them. Unlike
    time that passes it is nearly the same when others work on the same machine.
    """
    ticks = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = status.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if int(words[1]) in parents:
            ticks += int(words[11]) + int(words[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def parent_of(process: int) -> int:
    """Which process started it."""
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
