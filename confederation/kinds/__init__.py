"""The kinds of proposals that confederations add, one file for each noun."""

from . import referrals


def register() -> None:
    """Called once at start-up."""
    referrals.register()
