"""What strikes a running house amid votes. Each stroke says what it did; what it leaves behind goes with the storm."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from faults.houses import House

PARTS = ("web", "worker", "beat", "settle", "signer", "broker", "postgres", "staff", "supervisor")
CLOCKS = ("beat", "settle")
"""Either of them alone sees that what is due is done."""
EARLY_CLOSE = 4.0
"""Days by which the early votes close before the others (faults.town)."""
Stroke = Callable[[House, random.Random], str]


def kill(part: str) -> Stroke:
    """kill -9 of one part."""

    def stroke(house: House, _dice: random.Random) -> str:
        house.kill(part)
        return f"kill -9 {part}"

    return stroke


def kill_a_web_process(house: House, dice: random.Random) -> str:
    """kill -9 of one of gunicorn's processes, amid whatever it answers."""
    children = children_of(house.pid("web"))
    if children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(dice.choice(children), signal.SIGKILL)
    return f"kill -9 one of {len(children)} web processes"


def children_of(pid: int) -> list[int]:
    """The processes that a process has forked."""
    with contextlib.suppress(OSError):
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def flush(house: House, _dice: random.Random) -> str:
    """The broker forgets everything."""
    address = house.settings()["BROKER_URL"].removeprefix("redis+").replace("socket:", "unix:").partition("?")[0]
    with contextlib.suppress(redis.RedisError), redis.Redis.from_url(address) as broker:
        broker.flushall()
        return "the broker flushed"
    return "the broker was away and could not be flushed"


def deliver_again(house: House, _dice: random.Random) -> str:
    """Each of the latest tasks is delivered five times more."""
    return house.run_inside("faults.deliver_again").strip()


def move_the_clock(house: House, _dice: random.Random) -> str:
    """The early votes close while people still give their positions in them."""
    house.move_clock(EARLY_CLOSE)
    return f"the clock of decisions moved by {EARLY_CLOSE:.0f} days"


STROKES: dict[str, Stroke] = {
    **{f"kill {part}": kill(part) for part in PARTS},
    "kill a web process": kill_a_web_process,
    "flush": flush,
    "deliver again": deliver_again,
}
"""Those that may strike again and again."""


@contextmanager
def held(house: House, part: str) -> Iterator[None]:
    """A part stands still: it is there, and does nothing."""
    house.send(part, signal.SIGSTOP)
    try:
        yield
    finally:
        house.send(part, signal.SIGCONT)


@contextmanager
def second_clocks(house: House, log: Path) -> Iterator[None]:
    """Beat and settle, each a second time, beside those of the house."""
    settings = {**house.environment(), **house.settings(), "FOLKMOOT_DATABASE_ROLE": "web"}
    python = [sys.executable, "-m"]
    beat = ["celery", "--quiet", "-A", "config.celery", "beat", f"--schedule={log}.schedule", "--pidfile="]
    commands = [[*python, *beat], [sys.executable, str(house.clone / "manage.py"), "settle", "--loop"]]
    with log.open("ab") as file, contextlib.ExitStack() as ending:
        for command in commands:
            child = subprocess.Popen(command, cwd=house.clone, env=settings, stdout=file, stderr=file)
            ending.callback(end, child)
        yield


def end(child: subprocess.Popen[bytes]) -> None:
    """Stop a child that was started beside the house."""
    child.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(10)
    child.kill()
    child.wait()


class Plan:
    """Strikes when so many votes are given: every stroke once, then any, and in the middle the clock moves."""

    def __init__(self, votes: int, dice: random.Random, say: Callable[[str], None]) -> None:
        number = max(len(STROKES), votes // 400)
        names = [*STROKES, *(dice.choice(list(STROKES)) for _more in range(number - len(STROKES)))]
        dice.shuffle(names)
        strokes: list[Stroke] = [STROKES[name] for name in names]
        strokes.insert(len(strokes) // 2, move_the_clock)
        step = votes / (len(strokes) + 1)
        self.due = [(step * (n + 0.6 + 0.8 * dice.random()), stroke) for n, stroke in enumerate(strokes)]
        self.votes, self.dice, self.say, self.shown = votes, dice, say, time.monotonic()

    def watch(self, house: House) -> Callable[[int], None]:
        """What Clients.run calls with the number done."""

        def look(done: int) -> None:
            if time.monotonic() - self.shown > 2:
                self.shown = time.monotonic()
                self.say(f"{done} of {self.votes} votes")
            while self.due and done >= self.due[0][0]:
                stroke = self.due.pop(0)[1]
                self.say(f"{done} of {self.votes} votes: {stroke(house, self.dice)}")

        return look
