"""Closing votes: lock, judge again, count, decide, carry out; once, whoever calls it and however often."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import connection, transaction

from core.actions import alternatives, effects, mandates
from core.actions.counting import are_ballots_of, store_undecided, write_count
from core.actions.opening import begin_vote
from core.actions.steps import require_step
from core.actions.telling import tell
from core.locks import Taken, Touched, take
from core.models import Cause, Proposal, Stage, Vote
from core.record import in_utc, record
from core.registry import kind_of
from core.rules.counting import Outcome, Reason
from core.rules.rounds import AfterBlock, after_block
from core.rules.terms import ONE_VOTE, Matter, has_second_call

# Written out, because every close pays for it.
DECIDED = 'UPDATE "core_proposal" SET stage = %s, closed_at = %s, stands = %s, effect = %s WHERE id = %s'


def close(vote_id: int) -> bool:
    """Close one vote if it is due; False if it is not, or was closed already. Idempotent, safe under any
    concurrency. A secret vote waits until the signer has opened its boxes; one whose key was lost begins anew.
    """
    with transaction.atomic():
        vote = Vote.objects.select_related("proposal").get(pk=vote_id)
        taken = take(vote.proposal.body_id, touched_by_closing(vote.proposal), votes=[vote_id])
        vote.proposal = taken.proposals[vote.proposal_id]
        at = read_anew(vote)
        if vote.counted_at is None and has_lost_its_key(vote):
            begin_anew(vote, taken, Reason.KEY_LOST, at=at)
            return True
        if vote.counted_at is not None or vote.closes_at > at:
            return False
        if overtaken_by_term(vote, taken, at=at):
            return True
        if vote.secret and not hasattr(vote, "opened"):
            return False
        if vote.secret and not are_ballots_of(vote):
            begin_anew(vote, taken, Reason.KEY_LOST, at=at)
            return True
        finish(vote, taken, at=at)
        return True


def read_anew(vote: Vote) -> datetime:
    """Whether a vote that the caller holds was counted meanwhile, and the moment, in one statement after the lock.

    Nothing else of an open vote ever changes (core.models.votes).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT counted_at, folkmoot_now() FROM core_vote WHERE id = %s", [vote.pk])
        vote.counted_at, at = cursor.fetchone()
    moment: datetime = at
    return moment


def has_lost_its_key(vote: Vote) -> bool:
    """Whether this is a secret vote whose boxes nobody will ever open."""
    return vote.secret and vote.key.lost_at is not None


def begin_anew(vote: Vote, taken: Taken, why: Reason, *, at: datetime) -> Vote:
    """Void a vote that the caller has to itself and open the next one on the same question; all members are told."""
    proposal = taken.proposals[vote.proposal_id]
    store_undecided(vote, proposal, Outcome.VOID, why, at=at)
    if why == Reason.KEY_LOST:
        tell(Cause.What.VOTE_VOID, taken.body, key=str(vote.pk), at=at, proposal=proposal, mandate=proposal.mandate)
    return begin_vote(proposal, taken.body, by=None, at=at, second_call=vote.second_call)


def overtaken_by_term(vote: Vote, taken: Taken, *, at: datetime) -> bool:
    """Whether this is a recall whose mandate had come to its term before the closing time; then that ends both."""
    mandate = taken.mandates.get(vote.proposal.mandate_id or 0)
    if mandate is None or mandate.ends_at > vote.closes_at:
        return False
    mandates.end(mandate, mandate.Ending.TERM, at=at)
    return True


def touched_by_closing(proposal: Proposal) -> Touched:
    """The proposal, what it confirms or replaces, and whatever its effect would touch."""
    touched = kind_of(proposal).touches(proposal)
    own = (proposal.pk, proposal.confirms_id, proposal.replaces_id, proposal.reviews_id)
    return replace(touched, proposals=touched.proposals | frozenset(pk for pk in own if pk is not None))


def finish(vote: Vote, taken: Taken, *, at: datetime) -> None:
    """Count, decide and carry out a vote that the caller has to itself, with all that closing it touches."""
    proposal = taken.proposals[vote.proposal_id]
    outcome = write_count(vote, proposal, at=at)
    effects.first_count(proposal, vote, at=at)
    if outcome == Outcome.ADOPTED:
        alternatives.take_over(proposal, vote, at=at)
    if outcome == Outcome.NO_QUORUM and calls_again(vote):
        begin_vote(proposal, taken.body, by=None, at=at, second_call=True)
    elif outcome == Outcome.BLOCKED and Matter(vote.matter) not in ONE_VOTE:
        after_blocked(proposal, vote, taken, at=at)
    else:
        conclude(proposal, taken, Stage(outcome.value), at=at)


def calls_again(vote: Vote) -> bool:
    """Whether a missed quorum leads to a second call: once for a proposal, never for urgent votes, recalls,
    removals.
    """
    if not has_second_call(Matter(vote.matter)):
        return False
    return not Vote.objects.filter(proposal=vote.proposal_id, second_call=True).exists()


def after_blocked(proposal: Proposal, vote: Vote, taken: Taken, *, at: datetime) -> None:
    """A block stands: a round of talks, weak consensus if the charter said so, or the end."""
    numbers = vote.charter.numbers
    match after_block(proposal.round_no, numbers):
        case AfterBlock.ROUND:
            start_round(proposal, numbers.round_days, taken, at=at)
        case AfterBlock.WEAK:
            begin_vote(proposal, taken.body, by=None, at=at, after_rounds=True)
        case AfterBlock.BLOCKED:
            conclude(proposal, taken, Stage.BLOCKED, at=at)


def start_round(proposal: Proposal, days: int, taken: Taken, *, at: datetime) -> None:
    """Open a round of talks; the clock opens the next vote after it."""
    require_step(proposal, Stage.ROUND)
    proposal.stage = Stage.ROUND
    proposal.round_no += 1
    proposal.round_ends_at = at + timedelta(days=days)
    proposal.save(update_fields=["stage", "round_no", "round_ends_at"])
    record(
        "round.started",
        taken.body,
        by=None,
        at=at,
        proposal=proposal.pk,
        round=proposal.round_no,
        days=days,
        until=in_utc(proposal.round_ends_at),
    )
    key = f"{proposal.pk}.{proposal.round_no}"
    tell(Cause.What.ROUND_STARTED, taken.body, key=key, at=at, proposal=proposal)


def conclude(proposal: Proposal, taken: Taken, stage: Stage, *, at: datetime) -> None:
    """The proposal is decided: its stage, its effect, the news."""
    require_step(proposal, stage)
    proposal.stage = stage
    proposal.closed_at = at
    proposal.stands = stage == Stage.ADOPTED and kind_of(proposal).stands
    proposal.effect = effects.hoped_for(proposal, stage).value
    with connection.cursor() as cursor:
        cursor.execute(DECIDED, [stage.value, at, proposal.stands, proposal.effect, proposal.pk])
    record("proposal.decided", taken.body, by=None, at=at, proposal=proposal.pk, outcome=stage.value)
    if stage == Stage.ADOPTED:
        effects.carry_out(proposal, taken.body, at=at)
    else:
        effects.refused(proposal, at=at)
    tell(Cause.What.PROPOSAL_CLOSED, taken.body, key=str(proposal.pk), at=at, proposal=proposal)
