"""News of seats: a body is in a confederation, or no longer. The cause bears the name of the confederation."""

from django.utils.translation import gettext as _

from confederation.actions import leaving, seats
from core.models import Cause, Person
from core.notices.audiences import MEMBERS
from core.notices.pillars import News
from core.notices.pillars import register as register_news


def joined(cause: Cause, _reader: Person) -> str:
    """The reader's body is in a confederation."""
    return _("%(body)s is in %(name)s now.") % {"body": cause.body.name, "name": cause.title}


def left(cause: Cause, _reader: Person) -> str:
    """The reader's body is in it no longer."""
    return _("%(body)s is no longer in %(name)s.") % {"body": cause.body.name, "name": cause.title}


def register() -> None:
    """Called once at start-up."""
    register_news(News(seats.JOINED, joined, (MEMBERS,)))
    register_news(News(leaving.LEFT, left, (MEMBERS,)))
