"""One house in a storm: neighbours give their positions while something is broken, and then all of it is checked."""

import math
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.rules.charter import RANGES
from faults import checks
from faults.clients import Clients
from faults.history import ACKNOWLEDGED, History
from faults.houses import House
from faults.invariants import broken
from house.postgres import free_port

NOBODY_REFUSED: frozenset[str] = frozenset()
SOME_TOO_LATE = frozenset({checks.CLOSED})
FEWEST = 50
MOST_OPEN = RANGES["open_proposals"][1]


@dataclass(frozen=True)
class Size:
    """How much is given to a run: votes in all, the dice's seed, people, and how many of them act at once."""

    votes: int
    seed: int
    people: int = 50
    at_once: int = 8

    @property
    def proposals(self) -> int:
        """So many that nearly each vote is a first one."""
        return max(1, -(-self.votes // self.people))


def people_for(votes: int) -> int:
    """So many people that all can vote so often: each may have ten open proposals, and gives one ballot in each."""
    return max(FEWEST, math.ceil(math.sqrt(votes / MOST_OPEN)) + 1)


@dataclass
class Storm:
    """A house with open votes, its neighbours, and what they heard."""

    house: House
    size: Size
    say: Callable[[str], None]
    dice: random.Random
    history: History = field(default_factory=History)
    town: dict[str, Any] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def settle_in(self, *words: str, through: int | None = None) -> Clients:
        """Make the town; its neighbours."""
        self.town = self.house.make_town(str(self.size.people), str(self.size.proposals), *words)
        return Clients(self.house.port, self.town, self.history, through)

    def cast(
        self,
        clients: Clients,
        number: int,
        watch: Callable[[int], None] = lambda _done: None,
        *,
        refusals: frozenset[str] = NOBODY_REFUSED,
    ) -> None:
        """So many votes are given."""
        before, begun = clients.done, time.monotonic()
        clients.run(clients.jobs(number, self.dice), self.size.at_once, watch)
        took, heard = time.monotonic() - begun, self.history.answers()
        self.say(f"{dict(heard)}; {number / took:.0f} votes/s, {self.history.longest():.1f} s the longest wait")
        self.wrong += checks.answered(clients, self.history, before + number, refusals=refusals)
        self.expect_all_kept()

    def expect_all_kept(self) -> None:
        """What was acknowledged is in the ballots, once, and nothing else."""
        self.wrong += checks.lost_or_doubled(checks.ballots(self.house), self.history)

    def close(self, seconds: float = checks.CLOSED_WITHIN) -> None:
        """All windows have passed: everything is closed and told in time, and every invariant holds."""
        found, took = checks.settled(self.house, seconds)
        self.say(f"all closed and told after {took:.1f} s" if not found else "not all closed and told")
        self.wrong += found
        found, took = checks.signed(self.house)
        self.say(f"all signed {took:.1f} s later" if not found else "not all signed")
        self.wrong += found
        self.expect_all_kept()
        self.wrong += broken(self.house.query) + checks.in_order(self.house)

    @property
    def acknowledged(self) -> int:
        """How many forms were acknowledged."""
        return self.history.answers()[ACKNOWLEDGED]


@contextmanager
def storm(
    size: Size, say: Callable[[str], None], *, folder: Path | None = None, more: Mapping[str, str] | None = None
) -> Iterator[Storm]:
    """A house that has just been started, with `more` in its environment; at the end it is stopped and thrown away."""
    place = Path(tempfile.mkdtemp(prefix="folkmoot-faults-"))
    house = House(folder or place / "data", free_port(), dict(more or {}))
    try:
        house.start()
        yield Storm(house, size, say, random.Random(size.seed))
    finally:
        house.stop()
        shutil.rmtree(place, ignore_errors=True)
