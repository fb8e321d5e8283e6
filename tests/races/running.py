"""Doing several things at the same moment, each on a connection of its own, and keeping what came of each."""

import json
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.db import connections

from core.models import RecordLine
from core.refusals import Refusal
from tests.races.ground import Ground

Act = Callable[[], Any]
AT_ONCE = 4


@dataclass(frozen=True)
class Came:
    """What came of one act: done with a result, refused with a sentence, or broken by an error nobody expects."""

    result: Any = None
    refused: Refusal | None = None
    error: BaseException | None = None

    @property
    def done(self) -> bool:
        """Whether it was acknowledged."""
        return self.refused is None and self.error is None


class Runners:
    """Threads that stay, each with a connection that stays."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(AT_ONCE)

    def together(self, dice: random.Random, *acts: Act) -> list[Came]:
        """All at once, give or take a millisecond or two, which the dice decide."""
        barrier = threading.Barrier(len(acts))
        waits = [dice.choice((0.0, 0.0, dice.uniform(0, 0.003))) for _act in acts]
        futures = [self.pool.submit(attempt, act, barrier, wait) for act, wait in zip(acts, waits, strict=True)]
        return [future.result(60) for future in futures]

    def close(self) -> None:
        """End the threads and their connections."""
        barrier = threading.Barrier(AT_ONCE)
        for future in [self.pool.submit(leave, barrier) for _thread in range(AT_ONCE)]:
            future.result(60)
        self.pool.shutdown()


def leave(barrier: threading.Barrier) -> None:
    """Each thread closes its own connection."""
    barrier.wait(30)
    connections.close_all()


def attempt(act: Act, barrier: threading.Barrier, wait: float) -> Came:
    """Wait for the others, then do it."""
    barrier.wait(30)
    time.sleep(wait)
    try:
        return Came(result=act())
    except Refusal as refusal:
        return Came(refused=refusal)
    except Exception as error:  # whatever it is, it is what the race found
        return Came(error=error)


def lines(ground: Ground, what: str, **data: int) -> list[RecordLine]:
    """Record lines of one sort about one thing."""
    found = RecordLine.objects.filter(body=ground.body, what=what).order_by("seq")
    return [line for line in found if data.items() <= json.loads(line.line)["data"].items()]


def errors(came: list[Came]) -> list[str]:
    """What is neither done nor refused: a deadlock, a lost lock, a constraint that had to catch it."""
    return [f"{type(each.error).__name__}: {each.error}" for each in came if each.error is not None]


def check(**claims: bool) -> list[str]:
    """The claims that do not hold."""
    return [name for name, holds in claims.items() if not holds]
