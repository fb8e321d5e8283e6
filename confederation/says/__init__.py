"""Where confederations have a say in core, one file for each noun."""

from . import referrals


def register() -> None:
    """Called once at start-up."""
    referrals.register()
