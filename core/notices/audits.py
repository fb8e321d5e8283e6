"""News of audits, and of what a host decides about a body that answers to it."""

from django.utils.translation import gettext as _

from core.models import Cause, Person

from .audiences import MEMBERS
from .naming import name_of
from .pillars import News, register


def begun(cause: Cause, _reader: Person) -> str:
    """Somebody audits the reader's body."""
    return _("%(name)s was elected to audit %(body)s. Everything they read is written down, and you see it.") % {
        "name": name_of(cause.person),
        "body": cause.body.name,
    }


def found(cause: Cause, _reader: Person) -> str:
    """There is a finding."""
    return _("An audit has a new finding. See in %(body)s what shows it, and until when an answer is due.") % said(
        cause
    )


def answered(cause: Cause, _reader: Person) -> str:
    """A finding was answered."""
    return _("%(name)s has answered a finding. You can read it in %(body)s.") % said(cause)


def reported(cause: Cause, _reader: Person) -> str:
    """The auditor has reported to the host."""
    return _("%(name)s has reported on the audit of %(body)s.") % said(cause)


def answer_due(cause: Cause, _reader: Person) -> str:
    """An answer is due soon."""
    return _("A finding about %(body)s waits for your answer. Its day is near; any member can answer.") % said(cause)


def unanswered(cause: Cause, _reader: Person) -> str:
    """The day has passed without an answer."""
    return _("The day to answer a finding has passed, and nobody has. See in %(body)s what you can do.") % said(cause)


def lost(cause: Cause, _reader: Person) -> str:
    """The host no longer recognises the reader's body."""
    return _("The host of %(body)s has decided to recognise it no longer. See on its page what that means.") % said(
        cause
    )


def said(cause: Cause) -> dict[str, str]:
    """Who did it, and where."""
    return {"name": name_of(cause.by), "body": cause.body.name}


def register_news() -> None:
    """Called once at start-up."""
    register(News("audit.begun", begun, (MEMBERS,)))
    register(News("finding.made", found, (MEMBERS,)))
    register(News("finding.answered", answered, (MEMBERS,)))
    register(News("audit.reported", reported, (MEMBERS,)))
    register(News("finding.answer_due", answer_due, (MEMBERS,)))
    register(News("finding.unanswered", unanswered, (MEMBERS,)))
    register(News("recognition.lost", lost, (MEMBERS,)))
