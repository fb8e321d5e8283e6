"""What the news says of who belongs to a body: who asks to join, comes, is refused or removed."""

from django.utils.translation import gettext as _

from core.models import Cause, Person

from .naming import name_of, what_it_is


def application_made(cause: Cause, _reader: Person) -> tuple[str, str]:
    """Somebody asks to join."""
    title = _("%(name)s asks to join %(body)s") % {"name": name_of(cause.person), "body": cause.body.name}
    return title, _("If you know them, you can vouch for them.")


def objections_open(cause: Cause, _reader: Person) -> tuple[str, str]:
    """An admission is open to objections."""
    title = _("%(name)s may join %(body)s") % {"name": name_of(cause.person), "body": cause.body.name}
    return title, _("Enough members have vouched. If nobody objects in time, they are in.")


def member_joined(cause: Cause, reader: Person) -> tuple[str, str]:
    """Somebody is a member now."""
    if cause.person_id == reader.pk:
        return cause.body.name, _("You are a member now. Welcome.")
    return cause.body.name, _("%(name)s has joined.") % {"name": name_of(cause.person)}


def application_refused(cause: Cause, _reader: Person) -> tuple[str, str]:
    """The reader was not admitted."""
    return cause.body.name, _("You were not admitted. The reason stands with your request.")


def member_removed(cause: Cause, reader: Person) -> tuple[str, str]:
    """A member was removed."""
    if cause.person_id == reader.pk:
        return cause.body.name, _("You were removed from %(body)s. You can appeal within 14 days.") % {
            "body": cause.body.name
        }
    return cause.body.name, _("%(name)s was removed from %(body)s.") % {
        "name": name_of(cause.person),
        "body": cause.body.name,
    }


def removal_proposed(cause: Cause, _reader: Person) -> tuple[str, str]:
    """Somebody proposes to remove the reader."""
    return what_it_is(cause), _("It is proposed to remove you from %(body)s. You can read why, and reply.") % {
        "body": cause.body.name
    }
