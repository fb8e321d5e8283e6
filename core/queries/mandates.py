"""What the pages about mandates show. Who withdrew confidence, and how many did, is asked nowhere here (DESIGN 3.3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from core.models import Body, Charter, Mandate, Membership, Person, Proposal, Report, Stage, Vote, Withdrawal
from core.permissions import mandates as may
from core.permissions.members import is_member, membership_of
from core.queries.charters import get_charter
from core.queries.remembering import remembering
from core.record import label
from core.refusals import Verdict
from core.rules import reports as owing
from core.rules.chain import commitment
from core.rules.positions import Position

IN_FAVOUR = (Position.AGREE, Position.RESERVATIONS, Position.YES)
ENDED_ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Reporting:
    """The reports of a mandate: those owed so far, the next one, and how many were given or are late."""

    every_days: int | None
    owed: list[owing.Due]
    next_at: datetime | None
    given: int
    late: list[owing.Due]


@dataclass(frozen=True, slots=True)
class Grant:
    """The vote that granted a mandate."""

    in_favour: int
    took_part: int
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class Recall:
    """One recall of a mandate, with the reply of the delegate."""

    proposal: Proposal
    vote: Vote | None
    reply: str

    @property
    def is_open(self) -> bool:
        """Whether it is still being decided."""
        return self.proposal.closed_at is None


@dataclass(frozen=True, slots=True)
class OwnPart:
    """What only the reader sees of their own confidence."""

    withdrawn: bool
    nonce: str = ""
    words: str = ""
    commitment: str = ""


@dataclass(frozen=True, slots=True)
class MandatePage:
    """Everything the page of one mandate shows to one person."""

    mandate: Mandate
    time_zone: str
    voices: int
    reporting: Reporting
    reports: list[Report]
    grant: Grant | None
    recalls: list[Recall]
    own: OwnPart
    is_delegate: bool
    in_force: bool
    can_act: Verdict | None
    can_withdraw: Verdict
    can_recall: Verdict
    waiting: Proposal | None
    secret_from: int | None

    @property
    def recall(self) -> Recall | None:
        """The open recall, if there is one."""
        return next((recall for recall in self.recalls if recall.is_open), None)

    @property
    def past_recalls(self) -> list[Recall]:
        """The recalls that are decided."""
        return [recall for recall in self.recalls if not recall.is_open]


def get_mandate_page(mandate_id: int, person: Person, *, at: datetime) -> MandatePage:
    """One mandate as this person sees it. The caller has checked that they do."""
    mandate = with_numbers(Mandate.objects.filter(pk=mandate_id), at).get()
    reports = list(mandate.reports.order_by("-at", "-pk"))
    members = mandate.body.has_members  # else a pillar shows what stands in the place of confidence and recall
    votes = votes_about(mandate) if members else []
    recalls = recalls_of(mandate, votes)
    is_delegate = mandate.person_id == person.pk
    with remembering():
        can_recall = may.can_recall(person, mandate, at=at) if members else is_member(person, mandate.body)
        return MandatePage(
            mandate=mandate,
            time_zone=mandate.zone or "UTC",
            voices=mandate.voices,
            reporting=reporting_of(mandate, [report.at for report in reports], at),
            reports=reports,
            grant=grant_of(mandate, votes),
            recalls=recalls,
            own=own_part(mandate, person) if members else OwnPart(withdrawn=False),
            is_delegate=is_delegate,
            in_force=mandate.is_in_force(at),
            can_act=may.can_act(person, mandate, at=at) if is_delegate else None,
            can_withdraw=may.can_withdraw_confidence(person, mandate, at=at),
            can_recall=can_recall,
            waiting=waiting_recall(mandate, recalls)
            if members and mandate.is_in_force(at) and not can_recall
            else None,
            secret_from=mandate.secret_from,
        )


def with_numbers(mandates: QuerySet[Mandate], at: datetime) -> QuerySet[Any]:
    """Mandates with the number of members who have a voice, and the body's time zone."""
    voices = Membership.objects.filter(body=OuterRef("body")).with_voice(at)
    counted = voices.order_by().values("body").annotate(n=Count("pk")).values("n")
    charters = Charter.objects.filter(body=OuterRef("body"), in_force_at__isnull=False)
    charter = charters.order_by("-in_force_at", "-number")
    return mandates.select_related("body", "person", "granted_by").annotate(
        voices=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
        zone=Subquery(charter.values("time_zone")[:1]),
        secret_from=Subquery(charter.values("secret_from")[:1]),
    )


def reporting_of(mandate: Mandate, given: list[datetime], at: datetime) -> Reporting:
    """Which reports were owed until now, and which of them were given."""
    step = timedelta(days=mandate.report_days or 0)
    until = min(at, mandate.ended_at or at)
    with_next = owing.dates(mandate.starts_at, mandate.ends_at, mandate.report_days, until + step)
    matched = owing.match(with_next, given)
    owed = [due for due in matched if due.at <= until]
    open_next = next((due.at for due in matched if due.at > until and due.given_at is None), None)
    return Reporting(
        every_days=mandate.report_days,
        owed=owed,
        next_at=open_next if mandate.is_in_force(at) else None,
        given=sum(due.given_at is not None for due in owed),
        late=[due for due in owed if due.given_at is None],
    )


def votes_about(mandate: Mandate) -> list[Vote]:
    """The votes that granted it and those on its recalls, the newest first."""
    about = Q(proposal=mandate.granted_by_id) | Q(proposal__mandate=mandate.pk)
    votes = Vote.objects.without_lists().filter(about).select_related("proposal__author", "proposal__reply", "text")
    return list(votes.order_by("-opened_at", "-pk"))


def grant_of(mandate: Mandate, votes: list[Vote]) -> Grant | None:
    """The count of the vote that granted it."""
    vote = next((vote for vote in votes if vote.proposal_id == mandate.granted_by_id), None)
    if vote is None or vote.tally is None:
        return None
    counts = vote.counts
    return Grant(sum(counts.get(each, 0) for each in IN_FAVOUR), sum(counts.values()), vote.counted_at)


def recalls_of(mandate: Mandate, votes: list[Vote]) -> list[Recall]:
    """Its recalls with their latest votes, the newest first."""
    latest: dict[int, Vote] = {}
    for vote in votes:
        if vote.proposal_id != mandate.granted_by_id:
            latest.setdefault(vote.proposal_id, vote)
    return [
        Recall(vote.proposal, vote, getattr(getattr(vote.proposal, "reply", None), "text", ""))
        for vote in latest.values()
    ]


def waiting_recall(mandate: Mandate, recalls: list[Recall]) -> Proposal | None:
    """A recall whose vote waits for a key."""
    if any(recall.is_open for recall in recalls):
        return None
    return mandate.recalls.filter(stage=Stage.DISCUSSION).first()


def own_part(mandate: Mandate, person: Person) -> OwnPart:
    """Whether this person has withdrawn confidence; and, where that ended it, what opens their line in the record."""
    rows = Withdrawal.objects.filter(mandate=mandate, membership__person=person).select_related("membership")
    row = rows.order_by("-membership__joined_at").first()
    if row is None or (mandate.ended_at is None and row.membership.ended_at is not None):
        return OwnPart(withdrawn=False)
    if mandate.ending != Mandate.Ending.CONFIDENCE or not was_member(row.membership, mandate):
        return OwnPart(withdrawn=True)
    words = label(row.membership)
    return OwnPart(True, bytes(row.nonce).hex(), words, commitment(bytes(row.nonce), words))


def was_member(membership: Membership, mandate: Mandate) -> bool:
    """Whether this membership still counted when the mandate ended."""
    ended = mandate.ended_at
    return membership.ended_at is None or (ended is not None and membership.ended_at > ended)


@dataclass(frozen=True, slots=True)
class Carried:
    """One mandate in the list of a body."""

    mandate: Mandate
    reporting: Reporting
    recall_open: bool


@dataclass(frozen=True, slots=True)
class MandateList:
    """Who carries what in a body."""

    body: Body
    time_zone: str
    standing: list[Carried]
    proposed: list[Proposal]
    ended: Page[Mandate]
    is_member: bool


def get_mandate_list(body: Body, person: Person, *, at: datetime, page: str | int = 1) -> MandateList:
    """The mandates of a body: standing, proposed, and the ended ones page by page."""
    standing: QuerySet[Any] = (
        Mandate.objects.filter(body=body)
        .in_force(at)
        .select_related("person")
        .prefetch_related("reports")
        .annotate(recalls_open=Count("recalls", filter=Q(recalls__closed_at__isnull=True)))
        .order_by("title", "starts_at")
    )
    proposed = body.proposals.filter(
        kind__in=("mandate", "election"), stage__in=[Stage.DISCUSSION, Stage.VOTING, Stage.ROUND]
    )
    over = Mandate.objects.filter(body=body).exclude(pk__in=Mandate.objects.in_force(at)).select_related("person")
    return MandateList(
        body=body,
        time_zone=get_charter(body).time_zone,
        standing=[
            Carried(each, reporting_of(each, [report.at for report in each.reports.all()], at), each.recalls_open > 0)
            for each in standing
        ],
        proposed=list(proposed.select_related("offer__person").order_by("-created_at")),
        ended=Paginator(over.order_by("-ends_at", "-pk"), ENDED_ON_A_PAGE).get_page(page),
        is_member=membership_of(person, body) is not None,
    )
