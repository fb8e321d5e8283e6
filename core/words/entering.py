"""Votes entered for others, in words."""

from django.utils.translation import gettext_lazy as _

from core.models import EnteredBallot
from core.words.rules import Words

Way = EnteredBallot.Way
Ending = EnteredBallot.Ending

CLOSED = _("Voting has closed: nothing is entered any more.")
SECRET = _("This vote is secret: nobody enters a ballot for somebody else. Help people to vote at the desk.")
NO_VOTE = _("No vote on this is open.")

WAYS: dict[Way, Words] = {
    Way.NAMED: _("By name, in the meeting"),
    Way.PAPER: _("On paper"),
    Way.DESK: _("At the helper desk"),
}
HELP: dict[Way, Words] = {
    Way.NAMED: _("They are here and said it aloud."),
    Way.PAPER: _("They filled in a paper of this vote, with their name on it."),
    Way.DESK: _("They sit beside us. Each of us helps ten people at most."),
}
STATES: dict[str, Words] = {
    Ending.TAKEN_BACK.value: _("taken back before it was confirmed"),
    Ending.REPLACED.value: _("entered anew"),
    Ending.OWN.value: _("they voted themself: that stands"),
    Ending.CONTESTED.value: _("contested: it does not count"),
}


def state(row: EnteredBallot) -> Words:
    """What became of an entry."""
    if row.ending:
        return STATES[row.ending]
    return _("it counts") if row.confirmed_at is not None else _("waits for a second member")
