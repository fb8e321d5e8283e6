"""After a decision was adopted at the top: 14 days in which it can be called down, then it is in force (DESIGN 6).

Until then its proposal stays in voting: effects and register follow when it is final, as for any decision.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from confederation.actions import people
from confederation.actions.calling import CALL_LOCKS
from confederation.models import Call, Referral
from confederation.permissions.ratifying import is_waiting
from confederation.queries.ratifying import Called, get_called, records_of
from confederation.queries.reach import people_below
from confederation.rules.ratifying import WAITS
from core.actions.closing import conclude, touched_by_closing
from core.locks import Taken, own, take
from core.models import Body, Proposal, Stage, Vote
from core.record import in_utc, record
from core.timekeeping import folkmoot_now


def adopted(referral: Referral, body: Body, *, at: datetime) -> Referral:
    """It was adopted at the top, in the transaction that counted it: it waits, and the people are counted. A narrow
    result goes to the people at once. All it changes is locked.
    """
    referral.people = people_below(body.pk)
    referral.in_force_from = at + WAITS
    referral.save(update_fields=["people", "in_force_from"])
    record(
        "referral.waits",
        body,
        by=None,
        at=at,
        proposal=referral.proposal_id,
        until=in_utc(referral.in_force_from),
        people=referral.people,
        narrow=referral.narrow,
    )
    if referral.narrow:
        to_the_people(referral, body, get_called(referral), at=at)
    return referral


def to_the_people(referral: Referral, body: Body, called: Called, *, at: datetime) -> None:
    """The people decide instead. The confederation and its proposal are locked."""
    referral.called_down_at = at
    referral.save(update_fields=["called_down_at"])
    record(
        "referral.called_down",
        body,
        by=None,
        at=at,
        proposal=referral.proposal_id,
        narrow=referral.narrow,
        bodies=called.bodies,
        calling=[*records_of(called.calling)],
        people=called.people,
        people_calling=called.people_calling,
    )
    people.begin(referral, at=at)


def waiting() -> "QuerySet[Referral]":
    """Adopted, not in force yet, and not called down."""
    return Referral.objects.filter(
        in_force_from__isnull=False, called_down_at__isnull=True, proposal__stage=Stage.VOTING
    ).order_by("pk")


def called(_at: datetime) -> Iterable[int]:
    """Those that somebody has called down."""
    calls = Call.objects.standing().filter(referral=OuterRef("pk"), at__isnull=False)
    return waiting().filter(Exists(calls)).values_list("pk", flat=True)


def called_down(referral_id: int) -> bool:
    """Let the people decide, if enough have called for it. Idempotent; called by settle(), every ten seconds."""
    if not get_called(Referral.objects.select_related("proposal").get(pk=referral_id)).is_enough:
        return False
    with transaction.atomic():
        referral, taken = hold(referral_id)
        found = get_called(referral)
        if not is_waiting(referral) or not found.is_enough:
            return False
        to_the_people(referral, taken.body, found, at=folkmoot_now())
        return True


def ripe(at: datetime) -> Iterable[int]:
    """Those whose time to be called down is over."""
    return waiting().filter(in_force_from__lte=at).values_list("pk", flat=True)


def into_force(referral_id: int) -> bool:
    """Conclude it as adopted, unless enough have called it down until then. Idempotent; called by settle().

    It waits until the votes of bodies on calling it down are counted: they close an hour before.
    """
    with transaction.atomic():
        referral, taken = hold(referral_id)
        at = folkmoot_now()
        over = referral.in_force_from is not None and referral.in_force_from <= at
        if not over or not is_waiting(referral) or is_being_decided(referral):
            return False
        found = get_called(referral)
        if found.is_enough:
            to_the_people(referral, taken.body, found, at=at)
        else:
            conclude(taken.proposals[referral.proposal_id], taken, Stage.ADOPTED, at=at)
        return True


def hold(referral_id: int) -> tuple[Referral, Taken]:
    """The confederation, its proposal with all that concluding it changes, and the calls to oneself; the referral."""
    proposal = Proposal.objects.get(referral=referral_id)
    taken = take(proposal.body_id, touched_by_closing(proposal))
    own(CALL_LOCKS, referral_id)
    rows = Referral.objects.select_for_update(no_key=True, of=("self",)).select_related("proposal")
    return rows.get(pk=referral_id), taken


def is_being_decided(referral: Referral) -> bool:
    """Whether the vote of a body on calling it down is still to be counted."""
    return Vote.objects.open().filter(proposal__calls__referral=referral).exists()
