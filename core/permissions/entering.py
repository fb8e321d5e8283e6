"""Who may enter a vote for somebody else, and when."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.gatherings import was_there
from core.models import Aid, Candidacy, EnteredBallot, Person, Proposal, RollEntry, Vote
from core.permissions.members import has_voice
from core.permissions.proposals import person_concerned
from core.refusals import ALLOWED, Verdict, denied
from core.rules.entering import AIDED_AT_MOST, TO_CONTEST

Way = EnteredBallot.Way
NEVER_SECRET = _("This vote is secret: nobody enters a ballot for somebody else. Help them to vote themselves.")
NOT_ON_ROLL = _("They are not on the roll of this vote: it was fixed when the vote opened.")
NO_SECRET_PAPER = _("This vote is secret, and secret votes are not taken on paper. Help people to vote at the desk.")


def has_a_stake(person: Person, proposal: Proposal) -> bool:
    """Whether the vote is about this person: a candidate, or who a mandate, a recall or a removal is about."""
    offer = getattr(proposal, "offer", None)
    if person.pk in (person_concerned(proposal), offer.person_id if offer is not None else None):
        return True
    return Candidacy.objects.numbered().filter(election__proposal=proposal, person=person).exists()


def can_help(person: Person, vote: Vote, *, at: datetime) -> Verdict:
    """Members with a voice who have nothing at stake enter votes for others."""
    verdict = has_voice(person, vote.proposal.body, at=at)
    if not verdict:
        return verdict
    if has_a_stake(person, vote.proposal):
        return denied(_("This vote is about you: others help here."))
    return ALLOWED


def can_enter(person: Person, entry: RollEntry, way: str, *, at: datetime) -> Verdict:
    """Enter a vote for the one on the roll: another than they, in a vote that takes votes in this way now."""
    vote = entry.vote
    if vote.secret:
        return denied(NEVER_SECRET)
    if entry.person_id == person.pk:
        return denied(_("You vote for yourself on the page. Others enter votes for those who cannot."))
    verdict = can_help(person, vote, at=at)
    return takes(vote, entry.person, way, at=at) if verdict else verdict


def takes(vote: Vote, elector: Person, way: str, *, at: datetime) -> Verdict:
    """Whether a vote takes votes in this way now: whoever was voted for has time to see it, and to contest it.

    A vote that an assembly takes closes a day after its planned end, so it is entered until the close. What was said
    aloud there can be typed in later, and confirmed when the one who said it has gone home.
    """
    if way == Way.NAMED and vote.meets_until is None:
        return denied(_("No meeting takes votes by name here. Use paper, or the helper desk."))
    if way == Way.NAMED and not was_there(vote, elector):
        return denied(_("They are not on the list of those present at the meeting."))
    if way == Way.PAPER and vote.meets_until is None and at > vote.closes_at - TO_CONTEST:
        return denied(_("Paper is entered up to a day before the close, so that everybody can still object."))
    return ALLOWED


def can_confirm(person: Person, entered: EnteredBallot, *, at: datetime) -> Verdict:
    """Confirm what another member wrote down."""
    if entered.first.person_id == person.pk:
        return denied(_("You wrote this down yourself: another member confirms it."))
    return can_enter(person, entered.roll, entered.way, at=at)


def can_aid(person: Person, entry: RollEntry) -> Verdict:
    """Help one more person at the helper desk, ten at most in one vote."""
    helped = set(Aid.objects.filter(vote=entry.vote_id, helper=person).values_list("roll", flat=True))
    if entry.pk not in helped and len(helped) >= AIDED_AT_MOST:
        return denied(
            _("%(name)s has helped ten people in this vote, which is as many as one may. Ask somebody else to help.")
            % {"name": person.display_name}
        )
    return ALLOWED
