"""The end of a body: decided as a charter change, in force after 30 days. What is open ends with it, what it did stays
readable (DESIGN section 3).
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.actions import applications, mandates, overtaking, proposals
from core.actions.telling import tell
from core.locks import Taken, Touched, all_of, lock, lock_all, own_vote, take_bodies
from core.models import Application, Body, Cause, Invitation, Mandate, Membership, Person, Proposal, Stage, Vote
from core.permissions.members import is_deciding_member, membership_of
from core.record import Datum, record, record_id
from core.refusals import WrongStep
from core.registry import ENDS_ELSEWHERE, ON_ENDING, kinds_that_end
from core.rules.ending import NOTICE
from core.timekeeping import folkmoot_now

KIND = "dissolution"

OPEN_STAGES = (Stage.DISCUSSION, Stage.VOTING, Stage.ROUND)


def touched_by_ending(body: Body) -> Touched:
    """All that ends with a body: its members, mandates, applications, and proposals that are not closed."""
    return Touched(
        memberships=frozenset(Membership.objects.open().filter(body=body).values_list("pk", flat=True)),
        applications=frozenset(
            Application.objects.filter(body=body, stage__in=Application.OPEN_STAGES).values_list("pk", flat=True)
        ),
        proposals=frozenset(Proposal.objects.filter(body=body, stage__in=OPEN_STAGES).values_list("pk", flat=True)),
        standing=True,
    )


def take_all(body: Body) -> Taken:
    """Lock all that ends with a body, in the one order."""
    return take_whole({body.pk: touched_by_ending(body)}, [body.pk])[body.pk]


def with_others(touched: Mapping[int, Touched], ending: list[int]) -> dict[int, Touched]:
    """With what ends in other bodies because these do."""
    whole = dict(touched)
    for elsewhere in ENDS_ELSEWHERE:
        for pk, also in elsewhere(ending).items():
            own = whole.get(pk, Touched())
            whole[pk] = replace(own, mandates=own.mandates | also.mandates)
    return whole


def take_whole(touched: Mapping[int, Touched], ending: Iterable[int] = ()) -> dict[int, Taken]:
    """Lock what is touched in several bodies, with the open votes on it; of bodies that end with all open votes, and
    with the bodies that answer to them and what ends elsewhere because of them.
    """
    ending = list(ending)
    hosted = Body.objects.filter(host__in=ending, ended_at=None).values_list("pk", flat=True)
    touched = with_others(touched, ending)
    on_touched = Q(proposal__in=all_of(each.proposals for each in touched.values()))
    votes = Vote.objects.open().filter(on_touched | Q(proposal__body__in=ending)).order_by("pk")
    known = list(votes.values_list("pk", flat=True))
    taken = take_bodies({**{pk: Touched() for pk in hosted}, **touched}, votes=known)
    for opened_meanwhile in votes.exclude(pk__in=known).values_list("pk", flat=True):  # none any more, from here on
        own_vote(opened_meanwhile)
    return {pk: taken[pk] for pk in touched}


@transaction.atomic
def propose(body: Body, text: str, *, by: Person, at: datetime) -> Proposal:
    """Propose that a body ends; the text says why, and what becomes of what it holds."""
    membership = membership_of(by, body)
    lock_all(Membership, [membership.pk] if membership else [])  # first in the order; putting up takes it again
    body = lock(body)
    is_deciding_member(by, body, KIND).or_deny()
    require_one_at_a_time(body)
    title = str(_("End %(body)s") % {"body": body.name})[:120]
    proposal = proposals.draft(body, by=by, at=at, title=title, text=text, kind=KIND)
    return proposals.put_up(proposal, by=by, at=at)


def require_one_at_a_time(body: Body) -> None:
    """Raise if it is being decided, or was, that this locked body ends in one way or another."""
    if under_way(body).exists():
        raise WrongStep(
            _("It is proposed already that this body ends, or becomes two, or one with another. Speak and vote there.")
        )


def under_way(body: Body) -> QuerySet[Proposal]:
    """Proposals by which a body may end that are being decided, or adopted and in force."""
    of_kinds = Proposal.objects.filter(body=body, kind__in=kinds_that_end())
    decided = Q(stage=Stage.ADOPTED, stands=True, ended_at=None, effect="")
    done = Q(accord__accord__done_at__isnull=False)
    return of_kinds.filter(decided | Q(stage__in=OPEN_STAGES)).exclude(done)


def due(at: datetime) -> Iterable[int]:
    """Adopted decisions to end a body whose 30 days have passed."""
    decided = Proposal.objects.in_force().filter(kind=KIND, closed_at__lte=at - NOTICE, body__ended_at=None)
    return decided.values_list("pk", flat=True)


def end_if_due(proposal_id: int) -> bool:
    """End the body that has decided so, on its day; False if it is not due, or a later decision has replaced this one.

    Idempotent; called by settle().
    """
    with transaction.atomic():
        body = Body.objects.get(proposals=proposal_id)
        taken = take_all(body)
        at = folkmoot_now()
        if taken.body.ended_at is not None or proposal_id not in due(at):
            return False
        end(taken, at=at, proposal=proposal_id)
        return True


def end(taken: Taken, *, at: datetime, proposal: int | None = None, into: Body | None = None) -> Body:
    """End a body with all that is open in it. The caller has locked it by `take_all`, or holds all of it already.

    `proposal` is the key of the decision; a founding that ran out of time has none. `into` is the body that goes on for
    it, named by its record. One line in the record says so for all members; mandates, proposals and applications have
    a line each. Bodies that answer to it are suspended until they have another host.
    """
    body = taken.body
    body.ended_at = at
    body.save(update_fields=["ended_at"])
    goes_on: dict[str, Datum] = {"into": record_id(into)} if into is not None else {}
    named = {"into": into.name} if into is not None else {}
    record("body.ended", body, by=None, at=at, texts=named, proposal=proposal, **goes_on)
    for mandate in taken.mandates.values():
        if mandate.ended_at is None:
            mandates.end(mandate, Mandate.Ending.BODY_ENDED, at=at)
    for still_open in Proposal.objects.filter(body=body, stage__in=OPEN_STAGES).order_by("pk"):
        overtaking.overtake(still_open, at=at)
    for application in Application.objects.filter(body=body, stage__in=Application.OPEN_STAGES).order_by("pk"):
        applications.end(application, Application.Stage.WITHDRAWN, at=at)
    Invitation.objects.filter(body=body, ended_at=None).update(ended_at=at)
    Membership.objects.open().filter(body=body).update(ended_at=at, ending=Membership.Ending.BODY_ENDED)
    for ends in ON_ENDING:
        ends(body, at)
    tell(Cause.What.BODY_ENDED, body, key=str(body.pk), at=at)
    suspend_hosted(body, at=at)
    return body


def suspend_hosted(host: Body, *, at: datetime) -> None:
    """The bodies that answer to one that has ended are suspended, and told so."""
    answering = host.hosted.filter(ended_at=None).values_list("pk", flat=True)
    for body in lock_all(Body, answering):  # held already, but for one that has come since
        body.suspended_at = at
        body.save(update_fields=["suspended_at"])
        record("body.suspended", body, by=None, at=at)
    tell_hosted(host, at=at)


def tell_hosted(host: Body, *, at: datetime, decided: Proposal | None = None) -> None:
    """Tell the bodies that answer to one that it has ended, or (with the decision) that it is going to."""
    what = Cause.What.HOST_ENDED if decided is None else Cause.What.HOST_ENDING
    about = host.pk if decided is None else decided.pk
    for body in host.hosted.filter(ended_at=None).order_by("pk"):
        path = reverse("core:host-new", args=[body.slug])
        tell(what, body, key=f"{about}.{body.pk}", at=at, title=host.name, path=path)


def to_warn(_at: datetime) -> Iterable[int]:
    """Decisions by which a body will end that it has hosted bodies to tell of."""
    told = Cause.objects.filter(what=Cause.What.HOST_ENDING, body__host=OuterRef("body"), at__gte=OuterRef("closed_at"))
    decided = Proposal.objects.in_force().filter(kind__in=kinds_that_end(), effect="", body__ended_at=None)
    goes_on = Q(accord__accord__lead=F("body"))
    hosts = decided.filter(body__hosted__ended_at=None, body__hosted__isnull=False).exclude(goes_on)
    return hosts.exclude(Exists(told)).values_list("pk", flat=True).distinct()


def warn_hosted(proposal_id: int) -> bool:
    """Tell hosted bodies that their host has decided to end. Idempotent; called by settle()."""
    with transaction.atomic():
        decided = Proposal.objects.select_related("body").get(pk=proposal_id)
        tell_hosted(decided.body, at=folkmoot_now(), decided=decided)
        return True
