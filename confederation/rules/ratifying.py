"""When a decision of a confederation is in force, and when the people decide instead (DESIGN 6, Confederation)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final

from core.rules.counting import Result, decide
from core.rules.positions import Position, Rule
from core.rules.shares import Share
from core.rules.terms import VoteTerms

WAITS: Final = timedelta(days=14)
"""So long after the result it can be called down; then it is in force."""
BODIES_CALL: Final = Share(1, 3)
PEOPLE_CALL: Final = Share(1, 10)
PEOPLE_QUORUM: Final = Share(1, 5)
PEOPLE_VOTE: Final = timedelta(days=14)
"""So long the people's vote is talked over and open: the last 7 days of it."""


def is_called_down(bodies_calling: int, bodies: int, people_calling: int, people: int) -> bool:
    """Whether a third of the member bodies, or a tenth of the distinct base members, have called a decision down."""
    by_bodies = bodies_calling > 0 and BODIES_CALL.at_least(bodies_calling, bodies)
    return by_bodies or (people_calling > 0 and PEOPLE_CALL.at_least(people_calling, people))


def people_decide(tallies: Iterable[Mapping[Position, int]], people: int, agreement: Share) -> Result:
    """What the people decide: one vote each, all councils counted together; weak consensus at a quorum of 1/5."""
    counts: Counter[Position] = Counter()
    for each in tallies:
        counts.update(each)
    terms = VoteTerms(Rule.WEAK, people, PEOPLE_QUORUM, agreement, Share(0, 1))
    return decide(counts, terms)
