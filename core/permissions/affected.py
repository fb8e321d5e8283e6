"""Who names bodies that a proposal affects, who asks to decide jointly, who answers."""

from django.utils.translation import gettext_lazy as _

from core.models import Affected, Person, Proposal, Stage
from core.refusals import Verdict, denied

from .members import is_deciding_member, is_member
from .talk import TALKED_OVER, VOTING_BEGUN

NAMED_AT_MOST = 10


def can_name(person: Person, proposal: Proposal) -> Verdict:
    """Its author, while it is talked over."""
    if proposal.author_id != person.pk:
        return denied(_("Only its author names the bodies that it affects. Say in the talk which one is missing."))
    if proposal.stage not in TALKED_OVER:
        return denied(VOTING_BEGUN)
    return is_member(person, proposal.body)


def can_ask(person: Person, affected: Affected) -> Verdict:
    """Any member of the body that is named proposes there to ask, once, before voting opens."""
    if affected.proposal.stage not in TALKED_OVER:
        return denied(_("Voting has begun there: it is too late to ask."))
    if affected.asked_at is not None:
        return denied(_("Your body has asked already."))
    if affected.requests.filter(stage__in=[Stage.DISCUSSION, Stage.VOTING, Stage.ROUND]).exists():
        return denied(_("Your body is deciding already whether to ask. Speak and vote there."))
    return is_deciding_member(person, affected.body)


def can_answer(person: Person, affected: Affected) -> Verdict:
    """The author of the proposal, once there is a request."""
    if affected.proposal.author_id != person.pk:
        return denied(_("Only the author of the proposal can answer."))
    if not affected.waits:
        return denied(_("Nothing waits for an answer here."))
    return is_member(person, affected.proposal.body)
