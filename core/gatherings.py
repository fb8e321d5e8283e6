"""Where neighbours meet to vote: what core asks about a vote whose ballots are also taken by name in a hall.

A pillar that holds assemblies registers one function at start-up (apps.py); without one no vote takes entered ballots.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from core.models import Person, Proposal

AFTERWARDS = timedelta(hours=24)
"""A vote that takes entered ballots closes at least so long after its assembly's planned end (DESIGN 6)."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """The assembly at which votes on a proposal are taken: its name, page and planned times. Somebody `is_present` who
    is on the list at its door; once it is over, who was on it at some time.
    """

    title: str
    path: str
    starts_at: datetime
    ends_at: datetime
    is_present: Callable[[Person], bool]


def nowhere(_proposal: Proposal, _before: datetime, *, also_over: bool = False) -> Gathering | None:
    """No pillar holds assemblies."""
    del also_over
    return None


class Ask(Protocol):
    """What a pillar that holds assemblies answers."""

    def __call__(self, proposal: Proposal, before: datetime, /, *, also_over: bool = False) -> Gathering | None:
        """See `gathering_for`."""


_ask: list[Ask] = [nowhere]


def register(ask: Ask) -> None:
    """Name the function that knows; a second one is a mistake."""
    if len(_ask) > 1:
        raise ValueError(ask)
    _ask.append(ask)


def gathering_for(proposal: Proposal, before: datetime, *, also_over: bool = False) -> Gathering | None:
    """The assembly, called or under way (or over), that takes votes on a proposal and is planned to begin `before` that
    moment; of several the one that ends last, and who is present at any of them is present.

    Any member calls assemblies and writes their agendas. One that begins after a vote would have closed takes no votes
    in it: nobody could hold a vote open by calling an assembly for next year.
    """
    return _ask[-1](proposal, before, also_over=also_over)


def closes_no_earlier_than(closes: datetime, gathering: Gathering | None) -> datetime:
    """The closing time of a vote that opens now: at least 24 hours after the planned end of its assembly."""
    return closes if gathering is None else max(closes, gathering.ends_at + AFTERWARDS)
