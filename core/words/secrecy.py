"""How secret a vote will be, and why one that one would expect to be secret is open."""

from typing import Protocol

from django.utils.translation import gettext as _

from core.rules.secrecy import SECRET_MATTERS
from core.rules.terms import Matter


class Numbers(Protocol):
    """What of a charter is asked here."""

    secret_from: int | None


class Opened(Protocol):
    """What of a vote is asked here."""

    secret: bool
    matter: str
    roll_size: int | None

    @property
    def charter(self) -> Numbers:
        """Under which it opened."""


def why_open(vote: Opened) -> str:
    """The reason, in words; empty where the vote is secret, or nobody would expect it to be."""
    if vote.secret or Matter(vote.matter) not in SECRET_MATTERS:
        return ""
    if vote.matter == Matter.ELECTION:
        seen = _("This is an open vote: members see who chose whom after the close.")
    else:
        seen = _("This is an open vote: members see who took which position after the close.")
    least = vote.charter.secret_from
    if least is None:
        return seen + " " + _("The charter says that no vote is secret.")
    numbers = {"least": least, "roll": vote.roll_size or 0}
    return seen + " " + _("It would be secret with %(least)d on the roll, and %(roll)d are.") % numbers


def how_secret(least: int | None) -> str:
    """Whether members will see each other's positions."""
    if least is None:
        return _("The vote is open: members see each other's positions after the close.")
    return _(
        "The vote is secret if at least %(n)d may vote. With fewer, members see each other's positions after the close."
    ) % {"n": least}
