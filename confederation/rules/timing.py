"""When the bodies of a referral have to have decided (DESIGN 6, Confederation)."""

from datetime import datetime, timedelta
from typing import Final

LASTS_AT_LEAST: Final = timedelta(days=14)
LASTS_AT_MOST: Final = timedelta(days=60)
VOTING: Final = timedelta(days=7)
"""In every base body the vote is the last 7 days of the time; before it they talk."""
LEVEL: Final = timedelta(hours=1)
"""Each level closes so long after the one below it: delegates that are free speak in it."""
OWN_WORD_AT_LEAST: Final = timedelta(hours=24)
"""So long a body votes at least on a word of its own; it closes before the question itself."""
OPEN_AT_MOST: Final = 3
"""Referrals of one confederation at a time; what comes later waits its turn. Recalls never wait."""
REPORT_BACK: Final = timedelta(days=7)
"""So long a delegate has to tell those at home what came of a question, once it was counted."""
OBSERVES_DAYS: Final = 60
OBSERVES_BELOW: Final = 7
"""A council younger than so many days, or with fewer members, observes."""


def closes(base_closes_at: datetime, level: int) -> datetime:
    """When a level closes; the base is level 0."""
    return base_closes_at + level * LEVEL


def votes_from(base_closes_at: datetime) -> datetime:
    """When the base bodies begin to vote."""
    return base_closes_at - VOTING


def own_word_closes(base_closes_at: datetime) -> datetime:
    """When a body has decided on a word of its own: before it answers the question."""
    return base_closes_at - LEVEL


def own_word_until(base_closes_at: datetime) -> datetime:
    """Until when a word of its own can be proposed."""
    return own_word_closes(base_closes_at) - OWN_WORD_AT_LEAST


def observes(formed_at: datetime, members: int, at: datetime) -> bool:
    """Whether a council is too young or too small to be counted."""
    return at - formed_at < timedelta(days=OBSERVES_DAYS) or members < OBSERVES_BELOW
