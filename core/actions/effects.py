"""What adoption does, and what becomes of decisions in force."""

from datetime import datetime

from django.db import DataError, IntegrityError, InternalError, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.actions import proposals
from core.actions.telling import tell
from core.locks import lock
from core.models import Body, Cause, Proposal, Stage, Task, Vote
from core.record import record
from core.refusals import Refusal
from core.registry import kind_of
from core.rules.counting import Outcome

TASKS_OF_PEOPLE = "SELECT * FROM core_task WHERE proposal_id = %s AND person_id IS NOT NULL ORDER BY id"


def hoped_for(proposal: Proposal, stage: Stage) -> Proposal.Effect:
    """What a decision that is being closed says of its effect, before that is tried: written once, with the stage.

    One that fails says so instead (`fail`), in the same transaction: nobody reads anything else.
    """
    does = stage == Stage.ADOPTED and kind_of(proposal).carry_out is not None
    return Proposal.Effect.DONE if does else Proposal.Effect.NONE


def carry_out(proposal: Proposal, body: Body, *, at: datetime) -> None:
    """Do the thing, in a savepoint: if it fails the decision stands, says so, and becomes a task."""
    kind = kind_of(proposal)
    try:
        with transaction.atomic():
            if proposal.replaces is not None:
                end_replaced(proposal, proposal.replaces, at=at)
            if kind.carry_out is not None:
                kind.carry_out(proposal, at)
    except (Refusal, IntegrityError, DataError, InternalError) as problem:  # a lost lock or server is retried instead
        fail(proposal, body, problem, at=at)
        return
    if kind.carry_out is not None:
        record("proposal.carried_out", body, by=None, at=at, proposal=proposal.pk)
    hand_out_tasks(proposal, body, at=at)
    if proposal.urgent:
        confirm_later(proposal, body, at=at)


def fail(proposal: Proposal, body: Body, problem: Exception, *, at: datetime) -> None:
    """Adopted, could not be carried out: say why, and give the body a task."""
    with translation.override("en"):  # kept in English, shown in the reader's language
        why = str(problem) if isinstance(problem, Refusal) else "The database refused it."
    proposal.effect = Proposal.Effect.FAILED
    proposal.effect_problem = why[:300]
    proposal.save(update_fields=["effect", "effect_problem"])
    Task.objects.create(proposal=proposal, what="Find out what to do instead: it could not be carried out.")
    record("proposal.not_carried_out", body, by=None, at=at, proposal=proposal.pk, problem=proposal.effect_problem)
    tell(Cause.What.EFFECT_FAILED, body, key=str(proposal.pk), at=at, proposal=proposal)


def hand_out_tasks(proposal: Proposal, body: Body, *, at: datetime) -> None:
    """Tell whoever has a task."""
    for task in Task.objects.raw(TASKS_OF_PEOPLE, [proposal.pk]):
        tell(Cause.What.TASK_GIVEN, body, key=str(task.pk), at=at, proposal=proposal, person=task.person)


def confirm_later(urgent: Proposal, body: Body, *, at: datetime) -> None:
    """An urgent decision is confirmed as an ordinary proposal, which the clock opens after the discussion minimum."""
    text = urgent.texts.order_by("-number")[0]
    proposals.start_by_clock(
        body,
        at=at,
        kind="decision",
        title=text.title,
        text=text.text,
        confirms=urgent,
        replaces=urgent,
        review_on=urgent.review_on,
        sum=urgent.sum,
    )


def first_count(proposal: Proposal, vote: Vote, *, at: datetime) -> None:
    """An urgent decision ends when the first vote on its confirmation does not adopt it; one that was void is none."""
    urgent = proposal.confirms
    if urgent is None or vote.outcome == Outcome.ADOPTED.value:
        return
    if proposal.votes.filter(number__lt=vote.number).exclude(outcome=Outcome.VOID.value).exists():
        return
    if lock(urgent).ended_at is None:  # held already by the closer
        end_decision(urgent, Proposal.Ending.NOT_CONFIRMED, at=at)


def end_replaced(proposal: Proposal, old: Proposal, *, at: datetime) -> None:
    """A later decision takes the place of one in force."""
    old = lock(old)  # held already by the closer
    if old.ended_at is None and old.stage == Stage.ADOPTED:
        end_decision(old, Proposal.Ending.REPLACED, at=at)
    elif proposal.confirms_id != old.pk:
        raise Refusal(_("The decision it was to replace is no longer in force."))


def end_decision(decision: Proposal, ending: Proposal.Ending, *, at: datetime) -> None:
    """Take a locked decision out of the register."""
    decision.ended_at = at
    decision.ending = ending
    decision.save(update_fields=["ended_at", "ending"])
    record("decision.ended", decision.body, by=None, at=at, proposal=decision.pk, why=ending.value)


def refused(proposal: Proposal, *, at: datetime) -> None:
    """What follows when it is not adopted: an applicant is told, a reviewed decision ends."""
    kind = kind_of(proposal)
    if kind.refused is not None:
        kind.refused(proposal, at)
