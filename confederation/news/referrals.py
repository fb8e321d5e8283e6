"""News of referrals, as core's post delivers it."""

from django.utils.translation import gettext as _

from confederation.actions import deviating, results
from core.models import Cause, Person
from core.notices.audiences import MEMBERS
from core.notices.naming import name_of
from core.notices.pillars import News
from core.notices.pillars import register as register_news


def counted(cause: Cause, _reader: Person) -> str:
    """All bodies have answered, and it was counted at the top."""
    return _("All bodies have answered, and it was counted: %(title)s. See what came of it.") % {"title": cause.title}


def deviated(cause: Cause, _reader: Person) -> str:
    """The reader's delegate says something else than the reader's body."""
    names = {"name": name_of(cause.by), "body": cause.body.name, "title": cause.title}
    return _("%(name)s says something else above than %(body)s has decided: %(title)s. Read why.") % names


def register() -> None:
    """Called once at start-up."""
    register_news(News(results.RESULT, counted, (MEMBERS,)))
    register_news(News(deviating.TOLD, deviated, (MEMBERS,)))
