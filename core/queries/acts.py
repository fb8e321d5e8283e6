"""What a person can do with a proposal now. Only what makes sense at its stage is asked, so a page asks little."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.models import Charter, Person, Proposal, RollEntry, Stage, Summary, Task, Vote
from core.permissions import affected, talk
from core.permissions import proposals as may
from core.permissions.plain_words import newest_text
from core.refusals import ALLOWED, Verdict, denied
from core.rules.passages import is_long


@dataclass(frozen=True, slots=True)
class Acts:
    """Verdicts by act; None where the act has no place on the page."""

    put_up: Verdict | None = None
    revise: Verdict | None = None
    withdraw: Verdict | None = None
    second: Verdict | None = None
    open: Verdict | None = None
    accept: Verdict | None = None
    comment: Verdict | None = None
    vote: Verdict | None = None
    reply: Verdict | None = None
    appeal: Verdict | None = None
    amend: Verdict | None = None
    feel: Verdict | None = None
    sum_up: Verdict | None = None
    plain: Verdict | None = None
    name: Verdict | None = None


def get_acts(
    person: Person,
    proposal: Proposal,
    charter: Charter,
    vote: Vote | None,
    entry: RollEntry | None,
    *,
    at: datetime,
) -> Acts:
    """The verdicts of the actions, asked beforehand so that a page can say why not."""
    mine = proposal.author_id == person.pk
    talking = proposal.stage == Stage.DISCUSSION
    concerned = may.person_concerned(proposal) == person.pk
    return Acts(
        put_up=may.can_propose(person, proposal, charter) if mine and proposal.stage == Stage.IDEA else None,
        revise=may.can_edit(person, proposal) if mine and proposal.stage in EDITED else None,
        withdraw=_if_allowed(may.can_withdraw(person, proposal)) if mine else None,
        second=may.can_second(person, proposal) if talking and proposal.urgent and not mine else None,
        open=may.can_open(person, proposal, at=at) if talking else None,
        accept=_if_allowed(may.can_accept(person, proposal)) if getattr(proposal, "offer", None) else None,
        comment=may.can_comment(person, proposal) if proposal.stage != Stage.IDEA else None,
        vote=can_vote(vote, entry, at=at) if vote is not None and vote.counted_at is None else None,
        reply=_if_allowed(may.can_reply(person, proposal)) if concerned else None,
        appeal=_if_allowed(may.can_appeal(person, proposal, at=at)) if concerned and proposal.subject else None,
        amend=talk.can_amend(person, proposal) if proposal.stage in talk.TALKED_OVER else None,
        feel=talk.can_feel(person, proposal) if proposal.stage in talk.TALKED_OVER else None,
        name=_if_allowed(affected.can_name(person, proposal)) if mine else None,
        sum_up=_if_allowed(talk.can_sum_up(person, proposal, Summary.Of.TALK, at=at)) if mine else None,
        plain=_if_allowed(talk.can_sum_up(person, proposal, Summary.Of.TEXT, at=at))
        if proposal.stage in talk.TALKED_OVER and is_long(newest_text(proposal).text)
        else None,
    )


EDITED = (Stage.IDEA, Stage.DISCUSSION, Stage.ROUND)


def can_vote(vote: Vote, entry: RollEntry | None, *, at: datetime) -> Verdict:
    """Whether the ballot box is shown; the action judges again, on what it has locked."""
    if not vote.is_open(at):
        return denied(_("Voting has closed. It is being counted."))
    if entry is None:
        return denied(_("You are not on the roll of this vote: it was fixed when the vote opened."))
    membership = entry.membership
    if membership.ended_at is not None and membership.ending != membership.Ending.REMOVED:
        return denied(_("You have left this body: a position given before stands, a new one is not taken."))
    return ALLOWED


def get_finishable(person: Person, proposal: Proposal, tasks: Iterable[Task]) -> set[int]:
    """The keys of the tasks that this person can say are done."""
    waiting = [task for task in tasks if task.done_at is None]
    return {task.pk for task in waiting if may.can_finish_task(person, proposal, task.person_id)}


def _if_allowed(verdict: Verdict) -> Verdict | None:
    """For acts that are shown only to who can do them."""
    return verdict if verdict else None
