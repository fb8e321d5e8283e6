"""When a decision of a confederation is in force, and when the people decide instead (DESIGN 6, Confederation)."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, TypeVar

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
PEOPLE_OPEN: Final = timedelta(days=7)
CALL_OPEN: Final = timedelta(days=7)
"""So long a body votes on calling a decision down; less where the time is short."""
COUNTED_BEFORE: Final = timedelta(hours=1)
"""So long before the decision would be in force."""
CALLS_UNTIL: Final = COUNTED_BEFORE + timedelta(days=1)
"""After that no body has a day left to vote on it."""
Key = TypeVar("Key", bound=Hashable)


def call_closes(begun_at: datetime, in_force_from: datetime) -> datetime:
    """When a body's vote on calling a decision down closes."""
    return min(begun_at + CALL_OPEN, in_force_from - COUNTED_BEFORE)


def calling_below(top: Key, above: Mapping[Key, Key], bodies: Sequence[Key], calling: Iterable[Key]) -> set[Key]:
    """Which bodies right below the top call. `above` leads from each body to the confederation it is counted in;
    `bodies` are all that are counted, deepest first. A body at the base calls by its own decision; a confederation
    when more than half of its bodies do.
    """
    calls, number = set(calling), Counter(above[body] for body in bodies)
    said: Counter[Key] = Counter()
    for body in bodies:
        if body in number and 2 * said[body] > number[body]:
            calls.add(body)
        if body in calls:
            said[above[body]] += 1
    return {body for body in calls if above.get(body) == top}


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
