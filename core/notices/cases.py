"""News of cases. It reaches one person, and names the bench and nobody else: mails lie about.

Registered like those of the pillars, so that each brings the path of its case.
"""

from django.utils.translation import gettext as _

from core.models import Cause, Person

from .audiences import PERSON
from .pillars import News, register


def opened(cause: Cause, _reader: Person) -> str:
    """Somebody complains about the reader."""
    return _("A case about your conduct was opened. A panel drawn by lot hears it, and hears you. Read what is said.")


def seat(cause: Cause, _reader: Person) -> str:
    """The reader was drawn."""
    return _("The lot has drawn you for the panel of a case. Take the seat or give it back within 24 hours.")


def acknowledged(cause: Cause, _reader: Person) -> str:
    """The panel knows of it."""
    return _("The panel of your case has begun its work. It sits within two working days of the opening.")


def news(cause: Cause, _reader: Person) -> str:
    """Something is new in a case."""
    return _("There is something new in a case that you have to do with.")


def decided(cause: Cause, _reader: Person) -> str:
    """There is an outcome."""
    return _("The panel has decided, with reasons. Either side can appeal to the assembly within seven days.")


def closed(cause: Cause, _reader: Person) -> str:
    """It is over."""
    return _("A case that you have to do with is closed. What was said in it is destroyed in 90 days.")


def register_news() -> None:
    """Called once at start-up."""
    says = {"opened": opened, "seat": seat, "acknowledged": acknowledged, "news": news}
    says |= {"decided": decided, "closed": closed}
    for name, sentence in says.items():
        register(News(f"case.{name}", sentence, (PERSON,)))
