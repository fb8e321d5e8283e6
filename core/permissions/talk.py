"""Who may change the words of a proposal beside its author, sum it up, say how it feels."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.models import Amendment, Person, Proposal, Stage, Summary
from core.queries.charters import get_charter
from core.refusals import ALLOWED, Verdict, denied
from core.registry import kind_of
from core.rules.alternatives import OTHER_TEXTS_AT_MOST

from .members import is_deciding_member, is_member
from .plain_words import has_plain_words
from .proposals import FIXED_BY_CANDIDATES, can_edit, is_fixed_by_candidates, opens_for_all_from

OPEN_EACH = 5
TALKED_OVER = (Stage.DISCUSSION, Stage.ROUND)
VOTING_BEGUN = _("Voting has begun: the texts stay as they are.")
GONE = _("These words were withdrawn: they cannot come to the vote.")
TAKEN_OVER = _("These words are in the text already.")


def can_amend(person: Person, proposal: Proposal) -> Verdict:
    """Propose other words: any member, while it is talked over. Its author too, who may want to put up a choice."""
    if proposal.author_id is None:
        return denied(_("Nobody wrote this, so nobody can take over other words."))
    if proposal.stage not in TALKED_OVER:
        return denied(VOTING_BEGUN)
    if is_fixed_by_candidates(proposal):
        return denied(FIXED_BY_CANDIDATES)
    return is_deciding_member(person, proposal.body, proposal.kind)


def has_room(person: Person, proposal: Proposal) -> Verdict:
    """A few at a time, so that others are heard too."""
    if proposal.amendments.waiting().filter(author=person).count() >= OPEN_EACH:
        return denied(_("Five of your proposals for other words wait for an answer. Wait, or withdraw one."))
    return ALLOWED


def can_accept(person: Person, amendment: Amendment) -> Verdict:
    """The author of the proposal, also after having said no."""
    if amendment.proposal.author_id != person.pk:
        return denied(_("Only the author of the proposal can take over other words."))
    verdict = _while_talked_over(person, amendment)
    return can_edit(person, amendment.proposal) if verdict else verdict


def can_decline(person: Person, amendment: Amendment) -> Verdict:
    """The author of the proposal, once, with a reason."""
    if amendment.proposal.author_id != person.pk:
        return denied(_("Only the author of the proposal can answer."))
    if amendment.state == Amendment.State.DECLINED:
        return denied(_("You have answered this already."))
    return _while_talked_over(person, amendment)


def can_withdraw(person: Person, amendment: Amendment) -> Verdict:
    """Who proposed the words."""
    if amendment.author_id != person.pk:
        return denied(_("Only who proposed these words can withdraw them."))
    return _while_talked_over(person, amendment)


def can_let_stand(person: Person, amendment: Amendment) -> Verdict:
    """Who proposed the words; one alternative each, a few in all, and only where the text itself is decided."""
    if amendment.author_id != person.pk:
        return denied(_("Only who proposed these words can bring them to the vote."))
    if not kind_of(amendment.proposal).alternatives:
        return denied(_("Here the text alone is not what is decided, so there are no alternatives to it."))
    verdict = _while_talked_over(person, amendment)
    if not verdict or amendment.stands:
        return verdict
    standing = list(amendment.proposal.amendments.standing())
    if any(other.author_id == person.pk for other in standing):
        return denied(_("One alternative of yours stands already. Withdraw it first if this one is better."))
    if len(standing) >= OTHER_TEXTS_AT_MOST:
        return denied(_("Six alternatives stand already: more nobody can compare. Talk with those who proposed them."))
    return ALLOWED


def _while_talked_over(person: Person, amendment: Amendment) -> Verdict:
    """Neither withdrawn nor taken over, and voting has not begun."""
    if amendment.state == Amendment.State.WITHDRAWN:
        return denied(GONE)
    if amendment.state == Amendment.State.ACCEPTED:
        return denied(TAKEN_OVER)
    if amendment.proposal.stage not in TALKED_OVER:
        return denied(VOTING_BEGUN)
    return is_member(person, amendment.proposal.body)


def can_feel(person: Person, proposal: Proposal) -> Verdict:
    """Say how it feels: any member, while it is talked over."""
    if proposal.stage not in TALKED_OVER:
        return denied(_("How it feels is asked only while it is talked over."))
    return is_member(person, proposal.body)


def can_sum_up(person: Person, proposal: Proposal, of: str, *, at: datetime) -> Verdict:
    """Its author; where plain words are missing, from the day on which any member can open the vote, any member too.

    So nobody holds a vote up by not writing them (DESIGN 3.1).
    """
    if proposal.stage not in (Stage.DISCUSSION, Stage.VOTING, Stage.ROUND):
        return denied(_("The talk on this is over."))
    if of == Summary.Of.TEXT and proposal.stage == Stage.VOTING:
        return denied(VOTING_BEGUN)
    if proposal.author_id == person.pk or (of == Summary.Of.TEXT and _is_held_up(proposal, at=at)):
        return is_member(person, proposal.body)
    return denied(_("Its author keeps the summary. Say in the talk what is missing in it."))


def _is_held_up(proposal: Proposal, *, at: datetime) -> bool:
    """Whether any member could open the vote by now, were it not for the plain words."""
    for_all = opens_for_all_from(proposal, get_charter(proposal.body))
    return for_all is not None and at >= for_all and not has_plain_words(proposal)
