"""Counting the ballots of one vote, beside the bare GROUP BY."""

from django.db import connection

from bench.figures import in_turn
from bench.inside.clock import seconds
from core.actions.counting import count
from core.models import Vote

BARE = "SELECT position, count(*) FROM core_ballot WHERE vote_id = %s GROUP BY position"


def measure(vote: int, rounds: int) -> tuple[list[float], list[float]]:
    """The seconds of each."""
    with connection.cursor() as cursor:

        def bare() -> dict[str, int]:
            cursor.execute(BARE, [vote])
            return dict(cursor.fetchall())

        if {position.value: number for position, number in count(Vote(pk=vote)).items()} != bare():
            raise RuntimeError("the two do not count the same")
        pair = in_turn(rounds, lambda: seconds(lambda: count(Vote(pk=vote))), lambda: seconds(bare))
    return pair.ours, pair.reference
