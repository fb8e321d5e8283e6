"""News of defence bodies, as core's post delivers it."""

from django.utils.translation import gettext as _

from core.models import Cause, Person
from core.notices.audiences import MEMBERS, PERSON
from core.notices.naming import name_of
from core.notices.pillars import News, register
from defense.actions import codes, training

# The cause names the version by its key: "code.pending:<version>.<body>".
NOT_ACCEPTED = f"""{MEMBERS} AND NOT EXISTS (
    SELECT 1 FROM defense_acceptance a
    WHERE a.membership_id = m.id AND a.code_id = split_part(split_part(c.key, ':', 2), '.', 1)::bigint
)"""  # noqa: S608  # nosec B608  (constants of this house)


def adopted(cause: Cause, _reader: Person) -> str:
    """There is a version of a code."""
    return _("A code of conduct of %(body)s was adopted. Read what is new, and accept it.") % said(cause)


def coming(cause: Cause, _reader: Person) -> str:
    """A version that the reader has not accepted is in force soon."""
    return _(
        "A new code of conduct of %(body)s is in force in three days or less. Accept it, or your membership waits."
    ) % said(cause)


def pending(cause: Cause, _reader: Person) -> str:
    """A version that the reader has not accepted is in force."""
    return _(
        "A new code of conduct of %(body)s is in force, and you have not accepted it: your membership waits, and a "
        "post rests. In the council you have all your rights."
    ) % said(cause)


def announced(cause: Cause, _reader: Person) -> str:
    """There is a day of training."""
    return _("%(name)s has announced a day of training in %(body)s.") % said(cause)


def expiring(cause: Cause, _reader: Person) -> str:
    """What a post of the reader's requires expires."""
    return _(
        "A training that your post in %(body)s requires holds for thirty days at most. See when the next one is."
    ) % said(cause)


def said(cause: Cause) -> dict[str, str]:
    """Who did it, and where."""
    return {"name": name_of(cause.by), "body": cause.body.name}


def register_news() -> None:
    """Called once at start-up."""
    register(News(codes.ADOPTED, adopted, (MEMBERS,)))
    register(News(codes.COMING, coming, (NOT_ACCEPTED,)))
    register(News(codes.PENDING, pending, (NOT_ACCEPTED,)))
    register(News(training.ANNOUNCED, announced, (MEMBERS,)))
    register(News(training.EXPIRING, expiring, (PERSON,)))
