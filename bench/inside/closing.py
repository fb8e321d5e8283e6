"""Closing large votes: how long, and how much memory it takes."""

import hashlib
import resource

from django.db import connection, transaction

from bench.inside import towns
from bench.inside.clock import seconds
from core import tasks
from core.actions.closing import close
from core.models import Vote

LEAVES = "SELECT leaf FROM core_ballot WHERE vote_id = %s ORDER BY leaf"


def prepare(size: int, votes: int) -> list[int]:
    """A body of so many, with open votes; the ballots are written from outside."""
    body, people = towns.town(f"close{size}", size)
    return [vote.pk for vote in towns.open_votes(body, people, votes)]


def let_pass(votes: list[int]) -> None:
    """Their windows pass."""
    towns.let_pass(list(Vote.objects.filter(pk__in=votes)))


def measure(vote: int) -> dict[str, float]:
    """Close one vote in a process of its own, and do beside it what no close can do without.

    It is closed once for its memory and taken back, so that the time is that of a process that has closed before.
    """
    tasks.wake(tasks.fan_out_cause, cause_id=0)  # as a process that has spoken to the broker before
    before = peak_mb()
    with transaction.atomic():
        close(vote)
        transaction.set_rollback(True)
    after = peak_mb()
    took = seconds(lambda: close(vote))
    if Vote.objects.get(pk=vote).counted_at is None:
        raise RuntimeError("it was not closed")
    floor = seconds(lambda: read_and_hash(vote))
    return {"seconds": took, "floor": floor, "before_mb": before, "peak_mb": after}


def peak_mb() -> float:
    """The most memory this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def read_and_hash(vote: int) -> None:
    """Read each leaf in order, and hash once for each: a tree of so many has one node fewer."""
    with connection.cursor() as cursor:
        cursor.execute(LEAVES, [vote])
        for (leaf,) in cursor.fetchall():
            hashlib.sha256(b"\x01" + bytes.fromhex(leaf) * 2).digest()
