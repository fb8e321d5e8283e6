"""News of confederations, one file for each noun."""

from . import ratifying, referrals, seats


def register() -> None:
    """Called once at start-up."""
    seats.register()
    referrals.register()
    ratifying.register()
