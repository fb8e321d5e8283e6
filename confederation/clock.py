"""What beat starts: handing out what is due to workers. Settling does the same without a broker, only more slowly."""

from collections.abc import Iterable
from itertools import islice

from celery import shared_task

from confederation import tasks
from confederation.actions import asking, levels, people, positions, results
from core.timekeeping import folkmoot_now

BATCH = 200
EXPIRES = 10
"""Seconds. What nobody took in time is dropped: the next round finds it again."""


@shared_task(acks_late=True, reject_on_worker_lost=True)
def hand_out() -> None:
    """All that is due with referrals, 200 keys a task."""
    at = folkmoot_now()
    for task, keys in (
        (tasks.ask_bodies, asking.to_ask(at)),
        (tasks.close_votes, positions.to_close(at)),
        (tasks.say_for_late, positions.unsaid(at)),
        (tasks.count_levels, levels.to_count(at)),
        (tasks.spread_results, results.to_spread(at)),
        (tasks.ask_people, people.to_ask(at)),
    ):
        for batch in batches(keys):
            task.apply_async(kwargs={"keys": batch}, expires=EXPIRES)


def batches(keys: Iterable[int]) -> Iterable[list[int]]:
    """The keys, 200 at a time."""
    rest = iter(keys)
    while batch := list(islice(rest, BATCH)):
        yield batch
