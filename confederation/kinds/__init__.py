"""The kinds of proposals that confederations add, one file for each noun."""

from . import confidence, ratifying, referrals, seats


def register() -> None:
    """Called once at start-up."""
    seats.register()
    referrals.register()
    ratifying.register()
    confidence.register()
