"""Neighbours with browsers: they send forms over HTTP, and send again what got no answer."""

import http.client
import math
import random
import secrets
import threading
import time
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from faults.history import ACKNOWLEDGED, REFUSED, UNKNOWN, History, Sent

CSRF = "f" * 32
TRIES = 400
PATIENCE = 15.0
POSITIONS = ("agree", "reservations", "abstain")


@dataclass(frozen=True)
class Job:
    """One neighbour gives one position in one vote."""

    vote: int
    proposal: int
    person: int
    position: str


class Clients:
    """So many at once; the jobs are handed out in the order that the dice gave. `through` is where they knock, `limit`
    how many ballots may be given by now.
    """

    def __init__(self, port: int, town: dict[str, Any], history: History, through: int | None = None) -> None:
        self.port, self.through, self.town, self.history = port, through or port, town, history
        self.done = 0
        self.limit: Callable[[], float] = lambda: math.inf
        self.lock = threading.Lock()

    def jobs(self, number: int, dice: random.Random) -> list[Job]:
        """So many ballots; some are changes of what the same person said before."""
        people = sorted(map(int, self.town["sessions"]))
        pairs = [(int(v), p, person) for v, p in self.town["votes"].items() for person in people]
        dice.shuffle(pairs)
        chosen = (pairs * (number // len(pairs) + 1))[:number]
        return [Job(*pair, dice.choice(POSITIONS)) for pair in chosen]

    def post(self, person: int, path: str, **fields: str) -> str:
        """Send a form; what came back."""
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": CSRF, **fields})
        session = self.town["sessions"][str(person)]
        headers = {
            "Host": f"localhost:{self.port}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{self.town['cookie']}={session}; csrf={CSRF}",
        }
        line = http.client.HTTPConnection("127.0.0.1", self.through, timeout=PATIENCE)
        try:
            line.request("POST", path, body, headers)
            answer = line.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            return UNKNOWN
        finally:
            line.close()
        if answer.status == 303:
            return ACKNOWLEDGED
        return UNKNOWN if answer.status >= 500 else f"{REFUSED} {answer.status}"

    def give(self, job: Job) -> None:
        """Send one ballot, again and again while nobody answers, always with the same key."""
        key = secrets.token_hex(8)
        for _try in range(TRIES):
            fields = {"vote": str(job.vote), "position": job.position, "reason": "", "once": key}
            begun = time.monotonic()
            answer = self.post(job.person, f"/proposals/{job.proposal}/ballot/", **fields)
            self.history.add(Sent(job.vote, job.person, job.position, key, answer, time.monotonic() - begun))
            if answer != UNKNOWN:
                break
            time.sleep(0.2)
        with self.lock:
            self.done += 1

    def run(self, jobs: list[Job], at_once: int, watch: Callable[[int], None]) -> None:
        """Give all; `watch` is called with the number done, from here. One person's ballots keep their order."""
        lanes: list[list[Job]] = [[] for _lane in range(at_once)]
        for job in jobs:
            lanes[job.person % at_once].append(job)
        threads = [threading.Thread(target=self.work, args=(lane,), daemon=True) for lane in lanes]
        begun = self.done
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            watch(self.done - begun)
            time.sleep(0.05)
        watch(self.done - begun)

    def work(self, lane: list[Job]) -> None:
        """One ballot after the other."""
        for job in lane:
            while self.done >= self.limit():
                time.sleep(0.02)
            self.give(job)
