"""How long something takes."""

import time
from collections.abc import Callable


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
