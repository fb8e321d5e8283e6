"""The runs: each is one house, one kind of trouble, and everything checked at its end."""

from collections.abc import Callable, Mapping

from faults import backups, clocks, deploy, disk, partition, referrals
from faults.checks import recall
from faults.proxy import LosesAnswers
from faults.storm import SOME_TOO_LATE, Size, storm
from faults.strokes import CLOCKS, Plan, held, second_clocks

Say = Callable[[str], None]
Run = Callable[[Size, Say], list[str]]
ONE_ANSWER_IN = 12
NO_BROKER = {"BROKER_URL": "redis+socket:///nowhere/at/all.sock"}


def strokes(size: Size, say: Say) -> list[str]:
    """Every process is killed, the broker forgets, tasks come twice, both clocks run twice, answers are lost."""
    with storm(size, say) as here, LosesAnswers(here.house.port, size.seed, ONE_ANSWER_IN) as line:
        neighbours = here.settle_in(through=line.port)
        plan = Plan(size.votes, here.dice, say)
        neighbours.limit = plan.limit
        with second_clocks(here.house, here.house.folder / "second.log"):
            here.cast(neighbours, size.votes, plan.watch(here.house), refusals=SOME_TOO_LATE)
        say(f"{line.lost} answers lost on the way")
        here.wrong += [] if line.lost else ["no answer was lost"]
        here.wrong += [f"{len(plan.due)} strokes were not struck"] if plan.due else []
        here.house.move_clock(8)
        here.house.kill("supervisor")
        here.close()
        return here.wrong


def one_clock(size: Size, say: Say) -> list[str]:
    """Beat stands still, and settle closes all; then settle stands still, and beat closes all."""
    with storm(size, say) as here:
        neighbours = here.settle_in()
        here.cast(neighbours, size.votes)
        for still, days in zip(CLOCKS, (4, 8), strict=True):
            with held(here.house, still):
                say(f"{still} stands still")
                here.house.move_clock(days)
                here.close()
        return here.wrong


def no_broker(size: Size, say: Say) -> list[str]:
    """There is no broker at all: votes, a recall, closings and notices happen."""
    with storm(size, say, more=NO_BROKER) as here:
        neighbours = here.settle_in("mandate")
        here.cast(neighbours, size.votes)
        here.wrong += recall(here.house, neighbours, here.town)
        here.house.move_clock(8)
        here.close()
        return here.wrong


RUNS: Mapping[str, Run] = {
    "strokes": strokes,
    "one-clock": one_clock,
    "no-broker": no_broker,
    "clock-jumps": clocks.run,
    "disk-full": disk.run,
    "partition": partition.run,
    "deploy": deploy.run,
    "old-backup": backups.run,
    "referral": referrals.run,
}
