"""Who may vote by the link from a mail, and when."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.models import Ballot, Membership, Person, RollEntry, Vote
from core.refusals import ALLOWED, Verdict, denied

USED = _("This link was used, or you have voted since it was sent. To change your vote, sign in.")


def can_vote_by_link(vote: Vote, person: Person, change: int, *, at: datetime) -> Verdict:
    """The one it was sent to, in an open vote whose charter allows it, as long as nothing was given since."""
    if vote.secret or not vote.charter.votes_by_mail:
        return denied(_("This vote is not given by a link. Sign in to vote."))
    if not vote.is_open(at):
        return denied(_("Voting has closed. This link is over."))
    entry = RollEntry.objects.select_related("membership").filter(vote=vote, person=person).first()
    if entry is None:
        return denied(_("You are not on the roll of this vote: it was fixed when the vote opened."))
    if entry.membership.ended_at is not None and entry.membership.ending != Membership.Ending.REMOVED:
        return denied(_("You have left this body: a position given before stands, a new one is not taken."))
    ballot = Ballot.objects.filter(roll=entry).first()
    return ALLOWED if change == (ballot.change_no if ballot is not None else 0) else denied(USED)
