"""Where neighbours meet to vote: what core asks about a vote whose ballots are also taken by name in a hall.

A pillar that holds assemblies registers two functions at start-up (apps.py); without them no vote is taken by name.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.models import Person, Proposal, Vote

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


def nowhere(_proposal: Proposal, _before: datetime) -> Gathering | None:
    """No pillar holds assemblies."""
    return None


def nobody(_vote: Vote) -> Collection[int]:
    """No pillar holds assemblies: nobody was at one."""
    return ()


Ask = Callable[[Proposal, datetime], Gathering | None]
AskWho = Callable[[Vote], Collection[int]]
_ask: list[Ask] = [nowhere]
_ask_who: list[AskWho] = [nobody]


def register(ask: Ask, ask_who: AskWho) -> None:
    """Name the functions that know; others beside them are a mistake."""
    if len(_ask) > 1:
        raise ValueError(ask)
    _ask.append(ask)
    _ask_who.append(ask_who)


def gathering_for(proposal: Proposal, before: datetime) -> Gathering | None:
    """The assembly, called or under way, that takes votes on a proposal and is planned to begin `before` a moment; of
    several the last to end.

    Any member calls assemblies and writes their agendas. One that begins after a vote would have closed takes no votes
    in it: nobody could hold a vote open by calling an assembly for next year.
    """
    return _ask[-1](proposal, before)


def those_there(vote: Vote) -> Collection[int]:
    """The keys of those who were at the assembly that takes this vote, at some time since the vote is open."""
    return _ask_who[-1](vote)


def was_there(vote: Vote, person: Person) -> bool:
    """Whether somebody is among them."""
    return person.pk in those_there(vote)


def closes_no_earlier_than(closes: datetime, gathering: Gathering | None) -> datetime:
    """The closing time of a vote that opens now: at least 24 hours after the planned end of its assembly."""
    return closes if gathering is None else max(closes, gathering.ends_at + AFTERWARDS)
