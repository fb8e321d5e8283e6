"""News of confederations, one file for each noun."""

from . import referrals


def register() -> None:
    """Called once at start-up."""
    referrals.register()
