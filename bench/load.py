"""./folkmoot bench load: three hundred neighbours vote in the last minute before a close, in a real house."""

import http.client
import random
import secrets
import tempfile
import threading
import time
import urllib.parse
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.figures import Figure, Goal
from faults import checks
from faults.houses import House, until
from house.places import say
from house.postgres import free_port

NEIGHBOURS = 300
MINUTE, BEFORE_CLOSE = 60.0, 1.0
SEED = 7
CSRF = "f" * 32
POSITIONS = ("agree", "disagree", "abstain")
LEFT = "SELECT extract(epoch FROM closes_at - folkmoot_now()) FROM core_vote WHERE id = {vote}"
TALLY = "SELECT tally FROM core_vote WHERE id = {vote}"


@dataclass
class Crowd:
    """What the neighbours heard: the seconds of each page and each form, and everything that was not well."""

    port: int
    cookie: str
    pages: list[float] = field(default_factory=list)
    forms: list[float] = field(default_factory=list)
    given: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def vote(self, session: str, proposal: int, vote: int, position: str, due: float) -> None:
        """Open the page at one's moment, then send the form. A wait begins when it was due, not when it was begun."""
        time.sleep(max(0.0, due - time.monotonic()))
        seen = self.ask("GET", f"/proposals/{proposal}/", session)
        shown = time.monotonic()
        fields = {"csrfmiddlewaretoken": CSRF, "vote": vote, "position": position, "reason": ""}
        body = urllib.parse.urlencode({**fields, "once": secrets.token_hex(8)})
        kept = self.ask("POST", f"/proposals/{proposal}/ballot/", session, body)
        with self.lock:
            self.pages.append(shown - due)
            self.forms.append(time.monotonic() - shown)
            self.given[position] += kept == 303
            self.errors[f"page {seen}"] += seen != 200
            self.errors[f"form {kept}"] += kept != 303

    def ask(self, method: str, path: str, session: str, body: str = "") -> int:
        """The status of one request; 0 where none came."""
        headers = {
            "Host": f"localhost:{self.port}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{self.cookie}={session}; csrf={CSRF}",
        }
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.request(method, path, body or None, headers)
            answer = line.getresponse()
            answer.read()
            return answer.status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            line.close()


def load(*, quick: bool) -> list[Figure]:
    """300 votes in the last minute before a close, and 300 in its last ten seconds."""
    found = []
    for seconds in (10.0,) if quick else (MINUTE, 10.0):
        with voting(seconds) as (house, town):
            found += figures(house, town, seconds)
    return found


@contextmanager
def voting(seconds: float) -> Iterator[tuple[House, dict[str, Any]]]:
    """A house of three hundred, in which everything runs, and a vote that closes in that time."""
    with tempfile.TemporaryDirectory(prefix="folkmoot-bench-") as name:
        house = House(Path(name) / "data", free_port(), {"RATE_LIMITS": "yes"})
        try:
            house.start()
            town = house.make_town(str(NEIGHBOURS), "1")
            until(lambda: house.query(checks.UNSETTLED) == [(0,)])
            house.move_clock((left(house, the_vote(town)) - seconds - BEFORE_CLOSE) / 86_400)
            yield house, town
        finally:
            house.stop()


def the_vote(town: dict[str, Any]) -> int:
    """The key of the one open vote."""
    return int(next(iter(town["votes"])))


def left(house: House, vote: int) -> float:
    """Seconds until the close."""
    return float(house.query(LEFT.format(vote=vote))[0][0])


def figures(house: House, town: dict[str, Any], seconds: float) -> list[Figure]:
    """Let them vote, more and more of them towards the end; then see that all were counted."""
    vote, crowd = the_vote(town), Crowd(house.port, town["cookie"])
    let_vote(crowd, town, left(house, vote) - BEFORE_CLOSE)
    until(lambda: house.query(TALLY.format(vote=vote)) != [(None,)], left(house, vote) + 30)
    counted = max(0.0, -left(house, vote))
    tally = Counter(house.query(TALLY.format(vote=vote))[0][0] or {})
    strayed = (crowd.given - tally).total() + (tally - crowd.given).total()
    errors = +crowd.errors
    if errors:
        say(f"  not well: {dict(errors)}")
    last = f"{NEIGHBOURS} votes in the last {seconds:.0f} s"
    second, none = Goal(at_most=1), Goal(at_most=0)
    return [
        Figure("load", f"{last}: the ballot, 99 of 100 within", "s", (share(crowd.forms, 99),), second),
        Figure("load", f"{last}: the ballot, half within", "s", (share(crowd.forms, 50),)),
        Figure("load", f"{last}: the page before it, 99 of 100 within", "s", (share(crowd.pages, 99),), second),
        Figure("load", f"{last}: errors", "in all", (errors.total(),), none),
        Figure("load", f"{last}: acknowledged and not counted, or the other way round", "in all", (strayed,), none),
        Figure("load", f"{last}: counted after the close", "s", (counted,)),
    ]


def let_vote(crowd: Crowd, town: dict[str, Any], length: float) -> None:
    """Everybody, each at a moment of their own."""
    vote, dice, begun = the_vote(town), random.Random(SEED), time.monotonic()
    proposal = town["votes"][str(vote)]
    threads = []
    for session in town["sessions"].values():
        due = begun + dice.triangular(0, length, length)
        words = (session, proposal, vote, dice.choice(POSITIONS), due)
        threads.append(threading.Thread(target=crowd.vote, args=words))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def share(waits: list[float], hundredths: int) -> float:
    """The wait within which so many of a hundred were answered."""
    return sorted(waits)[max(0, -(-len(waits) * hundredths // 100) - 1)]
