"""How news names what it is about, and where it leads."""

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from core.models import Cause, Mandate, Person, Proposal


def address(name: str, *args: object) -> str:
    """The path of a page, or of the list of news where the house has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return reverse("core:notice-list")


def what_it_is(cause: Cause) -> str:
    """The title of the proposal or mandate it is about."""
    about: Proposal | Mandate | None = cause.proposal or cause.mandate
    return about.title if about is not None else cause.body.name


def mandate_of(cause: Cause) -> str:
    """The title of the mandate it is about."""
    return cause.mandate.title if cause.mandate is not None else what_it_is(cause)


def name_of(person: Person | None) -> str:
    """A person's name; the clock and the body itself have none."""
    return person.display_name if person is not None else _("Somebody")
