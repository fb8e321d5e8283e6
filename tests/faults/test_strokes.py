"""The plan of strokes: each is struck amid votes, however slow the one before it is."""

import random
import time
from pathlib import Path

from faults.clients import Clients, Job
from faults.history import History
from faults.houses import House
from faults.strokes import AHEAD, STROKES, Plan

AT_ONCE = 4


class Quick(Clients):
    """Neighbours whose ballots take no time."""

    def give(self, job: Job) -> None:
        with self.lock:
            self.done += 1


def test_those_who_vote_do_not_run_away_from_a_slow_stroke(tmp_path: Path) -> None:
    plan = Plan(300, random.Random(11), lambda _sentence: None)
    clients = Quick(1, {}, History())
    clients.limit = plan.limit
    due = [at for at, _stroke in plan.due]
    struck: list[int] = []

    def stroke(_house: House, _dice: random.Random) -> str:
        struck.append(clients.done)
        time.sleep(0.02)
        return "struck"

    plan.due = [(at, stroke) for at in due]
    jobs = [Job(1, 1, person % AT_ONCE, "agree") for person in range(300)]
    clients.run(jobs, AT_ONCE, plan.watch(House(tmp_path, 1)))

    assert clients.done == 300
    assert len(struck) == len(STROKES) + 1
    late = [done for at, done in zip(due, struck, strict=True) if not at <= done <= at + AHEAD + AT_ONCE]
    assert late == []
