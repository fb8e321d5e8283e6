"""settle(): everything whose time has come, idempotently, each in a transaction of its own (DESIGN section 4)."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import structlog
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core import tasks
from core.actions import (
    accords,
    applications,
    endings,
    findings,
    forgetting,
    mandates,
    mergings,
    panels,
    proposals,
    reading_keys,
    recoveries,
    reminding,
    sealed_files,
)
from core.actions.closing import close
from core.actions.opening import begin_vote
from core.locks import Touched, take
from core.models import (
    Application,
    Body,
    Case,
    CaseSeat,
    FileReader,
    Mandate,
    Proposal,
    ReadingKey,
    Recovery,
    SealedFile,
    Stage,
    Vote,
)
from core.permissions.proposals import opens_from
from core.queries.charters import get_charter
from core.refusals import Refusal
from core.registry import DUTIES, KINDS
from core.rules.ending import WHILE_SUSPENDED
from core.timekeeping import folkmoot_now

log = structlog.get_logger(__name__)

Key = TypeVar("Key", int, str)


def settle() -> int:
    """Do all that is due, in any body; the number of things done. Any process may call it, at any time, twice at
    once.
    """
    at = folkmoot_now()
    return sum(
        (
            each("vote", close, Vote.objects.to_close(at).order_by("closes_at").values_list("pk", flat=True)),
            each("mandate", mandates.end_if_over, Mandate.objects.due(at).values_list("pk", flat=True)),
            each("round", open_after_round, rounds_over(at)),
            each("opening", open_by_clock, waiting_for_the_clock()),
            each("admission", applications.admit_if_unopposed, objections_over(at)),
            each("review", start_review, reviews_due(at)),
            each("reminder", reminding.remind, reminding.votes_to_remind(at)),
            each("report", reminding.ask_for_report, reminding.reports_due(at)),
            each("recovery", recoveries.finish_if_over, Recovery.objects.due(at).values_list("pk", flat=True)),
            each("merging", mergings.finish_if_ripe, mergings.due(at)),
            each("label", forgetting.forget_if_free, forgetting.asked_for()),
            each("ending", endings.end_if_due, endings.due(at)),
            each("warning", endings.warn_hosted, endings.to_warn(at)),
            each("accord", accords.go_on, accords.due(at)),
            each("panel", panels.draw, Case.objects.to_draw().values_list("pk", flat=True)),
            each("seat", panels.pass_on_if_due, CaseSeat.objects.to_pass_on(at).values_list("pk", flat=True)),
            each("case", findings.close_if_due, Case.objects.to_close(at).values_list("pk", flat=True)),
            each("sealed file", sealed_files.destroy, SealedFile.objects.due(at).values_list("pk", flat=True)),
            each("seal", sealed_files.clear, FileReader.objects.to_clear().values_list("pk", flat=True)),
            each("pair", reading_keys.clear, ReadingKey.objects.to_clear().values_list("pk", flat=True)),
            *(each(duty.name, duty.act, duty.due(at)) for duty in DUTIES.values()),
        )
    )


def settle_mandate(mandate: Mandate) -> None:
    """What is due on one mandate, before an act under it: its term, and its recall."""
    at = folkmoot_now()
    each("vote", close, Vote.objects.to_close(at).filter(proposal__mandate=mandate).values_list("pk", flat=True))
    each("mandate", mandates.end_if_over, Mandate.objects.due(at).filter(pk=mandate.pk).values_list("pk", flat=True))


def each(what: str, act: Callable[[Key], bool], keys: Iterable[Key]) -> int:
    """Do one thing per key; one that fails is logged and left for the next call, the others go on.

    Whatever it fails by: no single row may keep a whole house from being counted.
    """
    done = 0
    with tasks.woken_together():
        for key in list(keys):
            try:
                done += act(key)
            except (Refusal, DatabaseError) as problem:
                log.warning("not settled", what=what, key=key, problem=type(problem).__name__)
            except Exception:
                log.exception("not settled, and nobody foresaw why", what=what, key=key)
    return done


def rounds_over(at: datetime) -> Iterable[int]:
    """Proposals whose round of talks has ended."""
    return Proposal.objects.filter(stage=Stage.ROUND, round_ends_at__lte=at).values_list("pk", flat=True)


def open_after_round(proposal_id: int) -> bool:
    """Open the vote after a round of talks."""
    with transaction.atomic():
        proposal = Proposal.objects.get(pk=proposal_id)
        taken = take(proposal.body_id, Touched(proposals=frozenset([proposal_id])))
        proposal, at = taken.proposals[proposal_id], folkmoot_now()
        if proposal.stage != Stage.ROUND or proposal.round_ends_at is None or proposal.round_ends_at > at:
            return False
        begin_vote(proposal, taken.body, by=None, at=at)
        return True


def waiting_for_the_clock() -> Iterable[int]:
    """Proposals in discussion whose vote the clock opens."""
    by_clock = [name for name, kind in KINDS.items() if kind.by_clock]
    suspended = Q(body__suspended_at__isnull=False) & ~Q(kind__in=WHILE_SUSPENDED)
    waiting = Proposal.objects.filter(stage=Stage.DISCUSSION, body__ended_at__isnull=True).exclude(suspended)
    waiting = waiting.exclude(body__kind=Body.Kind.CONFEDERATION)  # those decide by referral
    return (waiting.filter(kind__in=by_clock) | waiting.filter(confirms__isnull=False)).values_list("pk", flat=True)


def open_by_clock(proposal_id: int) -> bool:
    """Open the vote on a review, a confirmation, an appeal, a contested admission after the discussion minimum; on a
    recall as soon as there is a key for it.
    """
    with transaction.atomic():
        proposal = Proposal.objects.get(pk=proposal_id)
        recalled = frozenset([proposal.mandate_id] if proposal.mandate_id else [])
        taken = take(proposal.body_id, Touched(mandates=recalled, proposals=frozenset([proposal_id])))
        proposal, at = taken.proposals[proposal_id], folkmoot_now()
        earliest = opens_from(proposal, get_charter(taken.body))
        if proposal.stage != Stage.DISCUSSION or earliest is None or earliest > at:
            return False
        begin_vote(proposal, taken.body, by=None, at=at)
        return True


def objections_over(at: datetime) -> Iterable[int]:
    """Applications whose time for objections has passed."""
    waiting = Application.objects.filter(stage=Application.Stage.OBJECTIONS, objections_until__lte=at)
    return waiting.values_list("pk", flat=True)


def reviews_due(at: datetime) -> Iterable[int]:
    """Decisions in force whose day of review has come and that are not being reviewed."""
    latest_date = (at + timedelta(hours=14)).date()  # where the day begins first; start_review judges by the body's own
    candidates = Proposal.objects.in_force().filter(review_on__lte=latest_date, body__ended_at__isnull=True)
    return candidates.exclude(reviewed_by__closed_at__isnull=True, reviewed_by__isnull=False).values_list(
        "pk", flat=True
    )


def start_review(decision_id: int) -> bool:
    """Ask whether a decision shall stay in force, on its day by the body's own clock."""
    with transaction.atomic():
        decision = Proposal.objects.get(pk=decision_id)
        taken = take(decision.body_id, Touched(proposals=frozenset([decision_id])))
        decision, at = taken.proposals[decision_id], folkmoot_now()
        today = at.astimezone(ZoneInfo(get_charter(taken.body).time_zone)).date()
        under_way = decision.reviewed_by.filter(closed_at__isnull=True).exists()
        if decision.ended_at is not None or decision.review_on is None or decision.review_on > today or under_way:
            return False
        proposals.start_by_clock(
            taken.body,
            at=at,
            kind="review",
            title=_("Keep: %(decision)s") % {"decision": decision.title},
            text=decision.texts.order_by("-number")[0].text,
            reviews=decision,
        )
        return True
