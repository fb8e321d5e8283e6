"""News of assemblies and of groups that were invited, as core's post delivers it."""

from django.utils.translation import gettext as _

from core.models import Cause, Person
from core.notices.audiences import MEMBERS, PERSON
from core.notices.naming import name_of
from core.notices.pillars import News, register
from councils.actions.groups import FORMED

CALLED = "assembly.called"
DATES_WANTED = "assembly.dates_wanted"
CANCELLED = "assembly.cancelled"
DUTY_ASKED = "assembly.duty_asked"
ERRAND_TAKEN = "assembly.errand"
MINUTES_PUBLISHED = "minutes.published"


def called(cause: Cause, _reader: Person) -> str:
    """An assembly has a date."""
    return _("%(name)s calls an assembly of %(body)s. See when and where, and what is on the agenda.") % said(cause)


def dates_wanted(cause: Cause, _reader: Person) -> str:
    """An assembly looks for a date."""
    return _("%(name)s wants to call an assembly of %(body)s. Say which dates suit you.") % said(cause)


def cancelled(cause: Cause, _reader: Person) -> str:
    """An assembly will not be held."""
    return _("%(name)s has called off this assembly of %(body)s.") % said(cause)


def duty_asked(cause: Cause, _reader: Person) -> str:
    """The reader is asked to facilitate or to take notes."""
    return _("%(name)s asks you to help at this assembly of %(body)s. It is yours only if you say yes.") % said(cause)


def errand_taken(cause: Cause, _reader: Person) -> str:
    """The minutes say that the reader will do something."""
    return _("The minutes of %(body)s say that you will do something.") % said(cause)


def minutes_published(cause: Cause, _reader: Person) -> str:
    """The minutes are there."""
    return _("The minutes of this assembly of %(body)s are there to read.") % said(cause)


def group_formed(cause: Cause, _reader: Person) -> str:
    """A group that was invited has formed a body."""
    return _("A group that %(body)s invited has formed a body of its own.") % said(cause)


def said(cause: Cause) -> dict[str, str]:
    """Who did it, and where."""
    return {"name": name_of(cause.by), "body": cause.body.name}


def register_news() -> None:
    """Called once at start-up."""
    register(News(CALLED, called, (MEMBERS,)))
    register(News(DATES_WANTED, dates_wanted, (MEMBERS,)))
    register(News(CANCELLED, cancelled, (MEMBERS,)))
    register(News(DUTY_ASKED, duty_asked, (PERSON,)))
    register(News(ERRAND_TAKEN, errand_taken, (PERSON,)))
    register(News(FORMED, group_formed, (MEMBERS,)))
    register(News(MINUTES_PUBLISHED, minutes_published, (MEMBERS,)))
