"""Votes entered for others, in words."""

from django.utils.translation import gettext_lazy as _

from core.words.rules import Words

CLOSED = _("Voting has closed: nothing is entered any more.")
SECRET = _("This vote is secret: nobody enters a ballot for somebody else. Help people to vote at the desk.")
NO_VOTE = _("No vote on this is open.")

WAYS: dict[str, Words] = {
    "named": _("By name, in the meeting"),
    "paper": _("On paper"),
    "desk": _("At the helper desk"),
}
HELP: dict[str, Words] = {
    "named": _("They are here and said it aloud."),
    "paper": _("They filled in a paper of this vote, with their name on it."),
    "desk": _("They sit beside us. Each of us helps ten people at most."),
}
CAME_BY: dict[str, Words] = {
    "own": _("On the page"),
    "link": _("By the link in a mail"),
    "entered": _("Entered by two members"),
}
STATES: dict[str, Words] = {
    "taken_back": _("taken back before it was confirmed"),
    "replaced": _("entered anew"),
    "own": _("they voted themself: that stands"),
    "contested": _("contested: it does not count"),
}


def state(ending: str, *, confirmed: bool) -> Words:
    """What became of an entry."""
    if ending:
        return STATES[ending]
    return _("it counts") if confirmed else _("waits for a second member")


def by_whom(name: str, *, waits: bool) -> Words:
    """What was entered for somebody, as it stands beside their name."""
    if waits:
        return str(_("written down by %(name)s, waits for a second member") % {"name": name})
    return _("entered by two: it counts")
