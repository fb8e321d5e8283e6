"""Waits of a start: each has an end, and one that takes long says what it is for."""

import time
from dataclasses import dataclass, field

from house.places import say

SILENT_FOR = 3.0


@dataclass
class Wait:
    """So many seconds for something. Asked at each look whether they are over."""

    what: str
    seconds: float
    begun: float = field(default_factory=time.monotonic)
    told: bool = False

    def is_over(self) -> bool:
        """Whether the time is up."""
        waited = time.monotonic() - self.begun
        if waited > SILENT_FOR and not self.told:
            self.told = True
            say(f"Waiting for {self.what} …")
        return waited > self.seconds
