"""The words of the news about what several bodies decide alike, and about hosts."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from core.models import Cause, Person


def asked(cause: Cause, _reader: Person) -> tuple[str, str]:
    """Another body asks this one to decide the same."""
    return cause.title, _(
        "Another body has decided this and asks %(body)s to decide on it too. Read it, and put it before your members."
    ) % {"body": cause.body.name}


def fell(cause: Cause, _reader: Person) -> tuple[str, str]:
    """It came to nothing."""
    return cause.title, _("This came to nothing, and %(body)s stays as it is. Read why.") % {"body": cause.body.name}


def united(cause: Cause, _reader: Person) -> tuple[str, str]:
    """Bodies have become one."""
    return cause.title, _("It is done: you are members of %(body)s together. Look in, and say hello.") % {
        "body": cause.body.name
    }


def host_ending(cause: Cause, _reader: Person) -> tuple[str, str]:
    """The host has decided to end."""
    return cause.title, _(
        "%(host)s, the host of %(body)s, is going to end within 30 days. Propose another host before that day."
    ) % {"host": cause.title, "body": cause.body.name}


def host_ended(cause: Cause, _reader: Person) -> tuple[str, str]:
    """The host has ended."""
    return cause.title, _(
        "%(host)s, the host of %(body)s, has ended. %(body)s decides on nothing more until it has another host. "
        "Propose one."
    ) % {"host": cause.title, "body": cause.body.name}


def host_set(cause: Cause, _reader: Person) -> tuple[str, str]:
    """A body has another host."""
    return cause.title, _("It is done. %(body)s has decided on it, and so has the other body.") % {
        "body": cause.body.name
    }


PHRASES: Mapping[str, Callable[[Cause, Person], tuple[str, str]]] = MappingProxyType(
    {
        Cause.What.ACCORD_ASKED: asked,
        Cause.What.ACCORD_FELL: fell,
        Cause.What.BODIES_UNITED: united,
        Cause.What.HOST_ENDING: host_ending,
        Cause.What.HOST_ENDED: host_ended,
        Cause.What.HOST_SET: host_set,
    }
)
