"""What the news says of votes that others enter, and of cards that others give."""

from django.utils.translation import gettext as _

from core.models import Cause, Person

from .naming import name_of, what_it_is


def ballot_entered(cause: Cause, _reader: Person) -> tuple[str, str]:
    """Two members entered a vote for the reader."""
    title = _("A vote was entered for you: %(title)s") % {"title": what_it_is(cause)}
    return title, _(
        "%(name)s and another member entered it. Look whether it says what you said. Until the close you can contest "
        "it, or vote yourself: that stands."
    ) % {"name": name_of(cause.by)}


def entered_overruled(cause: Cause, _reader: Person) -> tuple[str, str]:
    """What the reader entered for somebody does not count."""
    title = _("What you entered does not count: %(title)s") % {"title": what_it_is(cause)}
    return title, _(
        "You entered a vote for %(name)s. It does not count: they voted themself, or contested it, or it was entered "
        "anew."
    ) % {"name": name_of(cause.by)}


def entered_not_taken(cause: Cause, _reader: Person) -> tuple[str, str]:
    """Two members wanted to enter a vote for the reader, who had voted."""
    title = _("Your own vote stands: %(title)s") % {"title": what_it_is(cause)}
    return title, _(
        "%(name)s and another member wanted to enter a vote for you. You had voted yourself, and that stands. If you "
        "want to change it, do so on the page."
    ) % {"name": name_of(cause.by)}


def card_given(cause: Cause, _reader: Person) -> tuple[str, str]:
    """Two members gave the reader a new card."""
    title = _("A new sign-in card: %(body)s") % {"body": cause.body.name}
    return title, _(
        "%(name)s and another member gave you a new card. Your old one and its PIN are over. If you did not ask for "
        "it, tell the members at once."
    ) % {"name": name_of(cause.by)}
