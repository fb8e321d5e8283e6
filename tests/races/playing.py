"""Playing rounds of one contest on one ground."""

import random
import secrets

from core import tasks
from tests.races.contests import CONTESTS
from tests.races.ground import make_ground
from tests.races.running import Runners


def asleep(*_args: object, **_kwargs: object) -> None:
    """Nobody is woken: races are about the rows, and every cause is in its table."""


def play(contest: str, seed: int, rounds: int) -> list[str]:
    """What was wrong, with contest, seed and round. The seed decides who acts and with which delay."""
    tasks.wake = asleep
    act, _share = CONTESTS[contest]
    dice, runners = random.Random(seed), Runners()
    ground = make_ground(f"race-{secrets.token_hex(6)}")
    wrong = []
    try:
        for number in range(rounds):
            ground.seat_all()
            found = act(ground, runners, dice)
            if found:
                wrong.append(f"{contest}, seed {seed}, round {number}: {', '.join(found)}")
    finally:
        runners.close()
    return wrong
