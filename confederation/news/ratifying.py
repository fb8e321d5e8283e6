"""News of mandates above: somebody of another body is asked to hold one."""

from django.utils.translation import gettext as _

from confederation.actions import holding
from core.models import Cause, Person
from core.notices.audiences import PERSON
from core.notices.pillars import News
from core.notices.pillars import register as register_news


def offered(cause: Cause, _reader: Person) -> str:
    """The reader is asked; the cause bears the name of the mandate."""
    return _("%(body)s asks you to take a mandate: %(title)s.") % {"body": cause.body.name, "title": cause.title}


def register() -> None:
    """Called once at start-up."""
    register_news(News(holding.OFFERED, offered, (PERSON,)))
