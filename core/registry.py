"""The kinds of proposals: what each is called, how it is decided, and what adopting it does.

Core and the pillars register their kinds at start-up (apps.py); the closer calls `carry_out` in the closing
transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.locks import Touched
from core.models import Proposal
from core.refusals import Refusal
from core.rules.terms import Matter


class Impossible(Refusal):
    """The effect of an adopted proposal cannot be carried out any more; the decision stands, a task is made."""


def touches_nothing(_proposal: Proposal) -> Touched:
    """For kinds whose effect changes no other row."""
    return Touched()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of proposal.

    `matter` says how it is decided. `touches` names the rows that `carry_out` will change: they are locked
    before the vote is judged. `stands` puts an adopted one into the register of decisions in force. `counts`
    makes it one of the author's open proposals. `by_clock` lets the clock open its vote,
    `at_once` without a discussion before it. `waivable` lets an assembly waive what is left of the discussion minimum.
    """

    name: str
    label: str | Promise
    matter: Callable[[Proposal], Matter]
    carry_out: Callable[[Proposal, datetime], None] | None = None
    refused: Callable[[Proposal, datetime], None] | None = None
    touches: Callable[[Proposal], Touched] = touches_nothing
    stands: bool = False
    counts: bool = True
    withdrawable: bool = True
    by_clock: bool = False
    at_once: bool = False
    waivable: bool = False
    discussion_days: int = 0


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Add a kind; twice the same name is a mistake."""
    if kind.name in KINDS:
        raise ValueError(kind.name)
    KINDS[kind.name] = kind


def kind_of(proposal: Proposal) -> Kind:
    """The kind of a proposal."""
    return KINDS[proposal.kind]


def kinds_that_count() -> list[str]:
    """The kinds that count as open proposals of their author."""
    return [name for name, kind in KINDS.items() if kind.counts]


def get_choices() -> list[tuple[str, str]]:
    """All kinds by name, for the schema of the API."""
    return [(name, name) for name in sorted(KINDS)]


def matter_of(proposal: Proposal) -> Matter:
    """How this proposal is decided."""
    return kind_of(proposal).matter(proposal)


NO_LONGER_MEMBER = _("The person it names is no longer a member.")
