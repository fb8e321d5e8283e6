"""What workers do for a referral: each task takes up to 200 keys, each in a transaction of its own. Twice is once."""

from celery import shared_task

from confederation.actions import asking, levels, people, positions, results
from core.actions.closing import close
from core.actions.settling import each


@shared_task(acks_late=True, reject_on_worker_lost=True)
def ask_bodies(*, keys: list[int]) -> None:
    """Put the question before these bodies, by the keys of their stations."""
    each("question", asking.ask, keys)


@shared_task(acks_late=True, reject_on_worker_lost=True)
def close_votes(*, keys: list[int]) -> None:
    """Close the votes of these bodies."""
    each("vote", close, keys)


@shared_task(acks_late=True, reject_on_worker_lost=True)
def say_for_late(*, keys: list[int]) -> None:
    """These bodies were late: they say nothing."""
    each("position", positions.missed, keys)


@shared_task(acks_late=True, reject_on_worker_lost=True)
def count_levels(*, keys: list[int]) -> None:
    """Count these confederations."""
    each("level", levels.count, keys)


@shared_task(acks_late=True, reject_on_worker_lost=True)
def spread_results(*, keys: list[int]) -> None:
    """Tell all bodies of these referrals what came of them."""
    each("result", results.spread, keys)


@shared_task(acks_late=True, reject_on_worker_lost=True)
def ask_people(*, keys: list[int]) -> None:
    """Put what was called down before the members of these bodies."""
    each("people asked", people.ask, keys)
