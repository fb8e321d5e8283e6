"""Who helped whom to vote at the helper desk: ten people at most in one vote, and never what was voted."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.actions.ballots import require_open
from core.locks import in_transaction, lock, lock_all, share_vote
from core.models import Aid, Membership, Person, RollEntry, Vote
from core.permissions import entering as may
from core.permissions.entering import NOT_ON_ROLL
from core.permissions.members import NOT_A_MEMBER, membership_of
from core.refusals import Denied, WrongStep


def aid(entry: RollEntry, helper: Person, *, at: datetime) -> Aid:
    """Write down that somebody helped; the same person again is no further one. The helper's membership is locked."""
    may.can_aid(helper, entry).or_deny()
    before = Aid.objects.filter(roll=entry, helper=helper).first()
    if before is not None:
        return before
    number = Aid.objects.filter(vote=entry.vote_id, helper=helper).count() + 1
    return Aid.objects.create(vote_id=entry.vote_id, roll=entry, helper=helper, number=number, at=at)


@in_transaction
def note(vote: Vote, person: Person, *, by: Person) -> Aid:
    """Write down that one sat beside somebody who votes in a secret vote, themselves, with their own card.

    The record tells of it with the count and not before: who has voted is nobody's to know until then.
    """
    entry = RollEntry.objects.filter(vote=vote, person=person).first()
    hand = membership_of(by, vote.proposal.body)
    if entry is None:
        raise Denied(NOT_ON_ROLL)
    if hand is None:
        raise Denied(NOT_A_MEMBER)
    if not vote.secret:
        raise WrongStep(_("This vote is open: two members enter it for whoever has no device."))
    lock_all(Membership, [entry.membership_id, hand.pk])
    share_vote(vote.pk)
    vote, at = require_open(vote)
    entry = lock(entry)
    may.can_help(by, vote, at=at).or_deny()
    if entry.person_id == by.pk:
        raise Denied(_("One helps somebody else."))
    return aid(entry, by, at=at)
