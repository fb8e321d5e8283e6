"""Where neighbours meet to vote: what core asks about a vote whose ballots are also taken by name in a hall.

A pillar that holds assemblies registers one function at start-up (apps.py); without one no vote takes entered ballots.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.models import Person, Proposal

AFTERWARDS = timedelta(hours=24)
"""A vote that takes entered ballots closes at least so long after its assembly's planned end (DESIGN 6)."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """The assembly at which votes on a proposal are taken: its name, page and planned times.

    `present` tells the keys of the people who are on its list at that moment.
    """

    title: str
    path: str
    starts_at: datetime
    ends_at: datetime
    present: Callable[[], Collection[int]]

    def is_present(self, person: Person) -> bool:
        """Whether somebody is on its list now."""
        return person.pk in self.present()


def nowhere(_proposal: Proposal, _at: datetime) -> Gathering | None:
    """No pillar holds assemblies."""
    return None


Ask = Callable[[Proposal, datetime], Gathering | None]
_ask: list[Ask] = [nowhere]


def register(ask: Ask) -> None:
    """Name the function that knows; a second one is a mistake."""
    if len(_ask) > 1:
        raise ValueError(ask)
    _ask.append(ask)


def gathering_for(proposal: Proposal, at: datetime) -> Gathering | None:
    """Whether votes on it are taken at an assembly that is called or under way, and when that ends as planned."""
    return _ask[-1](proposal, at)


def closes_no_earlier_than(closes: datetime, gathering: Gathering | None) -> datetime:
    """The closing time of a vote that opens now: at least 24 hours after the planned end of its assembly."""
    return closes if gathering is None else max(closes, gathering.ends_at + AFTERWARDS)
