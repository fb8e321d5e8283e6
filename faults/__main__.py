"""python -m faults --votes 2000 --seed 7: kills every part of a house with -9 amid votes, and counts what is lost.

--no-broker runs the same house without a broker: votes, recalls, closings and notices still have to happen.
"""

import argparse
import random
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from faults.clients import ACKNOWLEDGED, Clients
from faults.history import History
from faults.houses import House, until
from faults.invariants import broken
from house.postgres import free_port

PARTS = ("web", "worker", "beat", "broker", "postgres", "supervisor")
CLOSED_WITHIN = 30.0
UNSETTLED = """SELECT (SELECT count(*) FROM core_vote WHERE counted_at IS NULL AND closes_at <= folkmoot_now())
    + (SELECT count(*) FROM core_cause WHERE fanned_at IS NULL)"""
BALLOTS = """SELECT b.vote_id, r.person_id, b.position FROM core_ballot b JOIN core_rollentry r ON r.id = b.roll_id"""
UNTOLD = """SELECT c.id, s.person_id FROM core_cause c JOIN core_membership s ON s.body_id = c.body_id
    LEFT JOIN core_proposal p ON p.id = c.proposal_id
    WHERE c.what = '{what}' AND s.ended_at IS NULL AND s.joined_at < c.at
    AND p.kind IS DISTINCT FROM 'recall'  -- the end of the mandate is what its members are told of
    AND NOT EXISTS (SELECT 1 FROM core_notice n WHERE n.cause_id = c.id AND n.person_id = s.person_id)"""


def say(sentence: str, *, end: str = "\n") -> None:
    """Tell the person at the terminal."""
    print(sentence, end=end, flush=True)


def killer(house: House, votes: int, dice: random.Random) -> Callable[[int], None]:
    """Kills the parts in turn, spread over the votes with some chance in it."""
    step = votes / (len(PARTS) + 1)
    plan = [(step * (n + 0.6 + 0.8 * dice.random()), part) for n, part in enumerate(PARTS)]
    shown = -1

    def watch(done: int) -> None:
        nonlocal shown
        if done // 100 != shown:
            shown = done // 100
            say(f"\r{done} of {votes} votes", end="")
        if plan and done >= plan[0][0]:
            part = plan.pop(0)[1]
            say(f"\r{done} of {votes} votes: kill -9 {part}")
            house.kill(part)

    return watch


def lost_or_doubled(house: House, history: History) -> list[str]:
    """Compares what clients heard with what is in the ballots."""
    kept: dict[tuple[int, int], list[str]] = {}
    for vote, person, position in house.query(BALLOTS):
        kept.setdefault((vote, person), []).append(position)
    acknowledged, sent = history.acknowledged(), history.sent()
    lost = [key for key in acknowledged if key not in kept]
    doubled = [key for key, positions in kept.items() if len(positions) > 1]
    # What nobody ever answered may be there or not; what is there was sent.
    never_sent = [(*key, p) for key, positions in kept.items() for p in positions if (*key, p) not in sent]
    other = [key for key, position in acknowledged.items() if key in kept and kept[key] != [position]]
    counts: dict[str, list[Any]] = {
        "lost": lost,
        "doubled": doubled,
        "never sent": never_sent,
        "another position": other,
    }
    say(", ".join(f"{name}: {len(rows)}" for name, rows in counts.items()))
    return [f"{name}: {rows[:5]}" for name, rows in counts.items() if rows]


def close_all(house: House, *, kill: bool) -> list[str]:
    """Let all windows pass while everything is dead, start again, and see how long closing and telling takes."""
    house.move_clock(8)
    if kill:
        house.kill("supervisor")
    begun = time.monotonic()
    settled = until(lambda: house.query(UNSETTLED) == [(0,)], CLOSED_WITHIN)
    took = time.monotonic() - begun
    left = house.query(UNSETTLED)[0][0]
    say(f"all closed and told {took:.1f} s after the {'restart' if kill else 'close'}" if settled else f"{left} left")
    untold = house.query(UNTOLD.format(what="proposal.closed"))
    return ([] if settled else [f"not closed and told within 30 s: {left}"]) + (
        [f"not told: {untold[:5]}"] if untold else []
    )


def recall(house: House, clients: Clients, town: dict[str, object]) -> list[str]:
    """Without a broker more than half withdraw their confidence, by pages: the mandate ends, and all are told."""
    mandate, people = town["mandate"], sorted(map(int, clients.town["sessions"]))
    # str(): the town is JSON
    opened = clients.post(people[3], f"/mandates/{mandate}/recall/", reason="No report.", once=secrets.token_hex(8))
    answers = [
        clients.post(person, f"/mandates/{mandate}/withdraw-confidence/", once=secrets.token_hex(8))
        for person in people[: len(people) // 2 + 1]
    ]
    ended = house.query(f"SELECT ending FROM core_mandate WHERE id = {mandate}")
    told = until(lambda: not house.query(UNTOLD.format(what="mandate.ended")), CLOSED_WITHIN)
    stage = house.query("SELECT stage FROM core_proposal WHERE kind = 'recall'")
    claims = {
        f"the recall opens ({opened})": opened == ACKNOWLEDGED,
        f"all can withdraw ({set(answers)})": set(answers) == {ACKNOWLEDGED},
        f"the mandate ends ({ended})": ended == [("confidence",)],
        f"its recall is overtaken ({stage})": stage == [("overtaken",)],
        "all are told": told,
    }
    say("; ".join(claims))
    return [f"not so: {claim}" for claim, holds in claims.items() if not holds]


def run(votes: int, seed: int, *, people: int, broker: bool, at_once: int) -> int:
    """Everything; the number of things that were wrong."""
    folder = Path(tempfile.mkdtemp(prefix="folkmoot-faults-"))
    house, history, dice = House(folder / "data", free_port(), broker), History(), random.Random(seed)
    try:
        house.start()
        number = max(1, -(-votes // people))
        words = [str(people), str(number)] + ([] if broker else ["mandate"])
        town = house.make_town(*words)
        say(f"seed {seed}: {people} people, {number} votes open, {'every part killed' if broker else 'no broker'}")
        clients = Clients(house.port, town, history)
        watch = killer(house, votes, dice) if broker else (lambda _done: None)
        begun = time.monotonic()
        clients.run(clients.jobs(votes, dice), at_once, watch)
        say(f"\r{dict(history.answers())} in {time.monotonic() - begun:.0f} s")
        wrong = lost_or_doubled(house, history)
        wrong += [f"never answered: {clients.done}"] if clients.done != votes else []
        if not broker:
            wrong += recall(house, clients, town)
        wrong += close_all(house, kill=broker)
        wrong += lost_or_doubled(house, history)
        wrong += broken(house.query)
    finally:
        house.stop()
        shutil.rmtree(folder, ignore_errors=True)
    for each in wrong:
        say(f"WRONG {each}")
    say(f"{votes} votes, seed {seed}: {len(wrong)} wrong")
    return len(wrong)


def main() -> int:
    """The command line."""
    words = argparse.ArgumentParser(prog="python -m faults", description=__doc__)
    words.add_argument("--votes", type=int, default=2000)
    words.add_argument("--people", type=int, default=50)
    words.add_argument("--at-once", type=int, default=8)
    words.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    words.add_argument("--no-broker", action="store_true")
    given = words.parse_args()
    wrong = run(given.votes, given.seed, people=given.people, broker=not given.no_broker, at_once=given.at_once)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
