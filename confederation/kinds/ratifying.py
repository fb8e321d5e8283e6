"""The kinds of proposals that follow a decision of a confederation: calling it down, and the people's vote."""

from dataclasses import replace
from datetime import datetime

from confederation.actions import calling, people
from core.models import Proposal
from core.registry import Kind
from core.registry import register as register_kind
from core.rules.terms import Matter


def above(_proposal: Proposal) -> Matter:
    """What a body says for itself: simple majority."""
    return Matter.ABOVE


def of_the_people(_proposal: Proposal) -> Matter:
    """One vote each, weak consensus, a fifth has to take part; what counts is the sum over all bodies."""
    return Matter.PEOPLE


def call_down(proposal: Proposal, at: datetime) -> None:
    """The body calls it down."""
    calling.decided(proposal, at=at)


def register() -> None:
    """Called once at start-up."""
    call = Kind(calling.KIND, calling.LABEL, above, call_down, times=calling.times)
    vote = Kind(people.KIND, people.LABEL, of_the_people, times=people.times, electors=people.electors)
    for kind in (call, vote):
        register_kind(replace(kind, counts=False, withdrawable=False, by_clock=True))
