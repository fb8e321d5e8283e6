"""The words of the news about the founding of a body, and its end."""

from django.utils.translation import gettext as _

from core.models import Cause, Person


def charter_objected(cause: Cause, _reader: Person) -> tuple[str, str]:
    """A founding member objects to the draft of the charter."""
    return _("An objection to the draft"), _(
        "A founding member objects to the charter of %(body)s. Read why, and change the draft together."
    ) % {"body": cause.body.name}


def assembly_called(cause: Cause, _reader: Person) -> tuple[str, str]:
    """The first assembly is called, or called anew."""
    return _("First assembly"), _("%(body)s meets for the first time. Look when and where.") % {"body": cause.body.name}


def founding_over(cause: Cause, _reader: Person) -> tuple[str, str]:
    """A founding is over: handed over, given up, or ended by the clock."""
    return _("The founding is over"), _(
        "The founding of a council is over. %(body)s: read what came of it, and what is open now."
    ) % {"body": cause.body.name}


def body_ended(cause: Cause, _reader: Person) -> tuple[str, str]:
    """A body has ended as it had decided, or because nobody founded it in time."""
    return cause.body.name, _("%(body)s has ended. What it decided and its record stay readable for you.") % {
        "body": cause.body.name
    }
