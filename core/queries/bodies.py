"""What the pages of a body show."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from core.models import (
    Accord,
    Adoption,
    Application,
    Body,
    Charter,
    CharterObjection,
    Mandate,
    Membership,
    Person,
    Proposal,
    Stage,
)
from core.permissions.members import membership_of
from core.queries.accords import get_waiting
from core.queries.charters import get_charter
from core.queries.remembering import remembered
from core.refusals import Verdict
from core.registry import Asked, pillars_allow
from core.rules.founding import by_consensus

ON_THE_PAGE = 5


@dataclass(frozen=True, slots=True)
class Founding:
    """How far the adoption of a first charter is. `consensus` says whether one who objects stands in its way."""

    adopted: list[Person]
    needed: int
    members: int
    consensus: bool
    objections: list[CharterObjection]
    by_me: bool
    mine: CharterObjection | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class BodyPage:
    """A body as its members see it; outsiders get only body and charter."""

    body: Body
    charter: Charter
    membership: Membership | None
    members: int
    under_way: list[Proposal]
    decided: list[Proposal]
    mandates: list[Mandate]
    applications: list[Application]
    founding: Founding | None
    asked: list[Accord]


def get_body_page(body: Body, person: Person | None, *, at: datetime, asked: bool = False) -> BodyPage:
    """A fixed number of statements, however much a body has decided; one more if it is `asked` to decide something."""
    membership = membership_of(person, body) if person is not None else None
    charter = get_charter(body)
    members = count_members(body)
    if membership is None or person is None:
        return BodyPage(body, charter, None, members, [], [], [], [], None, [])
    visible = Proposal.objects.visible_to(person).filter(body=body).select_related("author")
    open_stages = (Stage.DISCUSSION, Stage.VOTING, Stage.ROUND)
    return BodyPage(
        body=body,
        charter=charter,
        membership=membership,
        members=members,
        under_way=list(visible.filter(stage__in=open_stages).order_by("-discussion_at")[:ON_THE_PAGE]),
        decided=list(visible.filter(closed_at__isnull=False).order_by("-closed_at")[:ON_THE_PAGE]),
        mandates=list(
            Mandate.objects.in_force(at).filter(body=body).select_related("person").order_by("ends_at")[:ON_THE_PAGE]
        ),
        applications=list(
            Application.objects.filter(body=body, stage__in=Application.OPEN_STAGES)
            .select_related("person")
            .order_by("created_at")[:ON_THE_PAGE]
        ),
        founding=get_founding(charter, person, at=at) if body.adopted_at is None else None,
        asked=get_waiting(body) if asked and body.lives else [],
    )


def count_members(body: Body) -> int:
    """How many are members now. In a body of bodies nobody is."""
    if not body.has_members:
        return 0
    return remembered(("members", body.pk), Membership.objects.open().filter(body=body).count)


def get_founding(charter: Charter, person: Person, *, at: datetime) -> Founding:
    """Who has adopted the draft so far, who objects, and whether it can be adopted now."""
    rows = Adoption.objects.filter(charter=charter, membership__ended_at__isnull=True)
    people = [row.membership.person for row in rows.select_related("membership__person").order_by("at")]
    standing = CharterObjection.objects.filter(charter=charter, taken_back_at=None, membership__ended_at__isnull=True)
    objections = list(standing.select_related("membership__person").order_by("at"))
    body = charter.body
    return Founding(
        adopted=people,
        needed=body.founders,
        members=count_members(body),
        consensus=by_consensus(body.founders),
        objections=objections,
        by_me=any(each.pk == person.pk for each in people),
        mine=next((each for each in objections if each.membership.person_id == person.pk), None),
        verdict=pillars_allow(Asked.ADOPT, person, body, at=at),
    )


@dataclass(frozen=True, slots=True)
class BodyList:
    """One's own bodies, and the listed ones one may look at."""

    own: list[Body]
    others: list[Body]


def get_body_list(person: Person | None) -> BodyList:
    """By name, with the number of members."""
    counted = Count("memberships", filter=Q(memberships__ended_at__isnull=True))
    visible = Body.objects.visible_to(person).filter(ended_at__isnull=True).annotate(members=counted).order_by("name")
    mine = set(Body.objects.of(person).values_list("pk", flat=True)) if person is not None else set()
    return BodyList([body for body in visible if body.pk in mine], [body for body in visible if body.pk not in mine])
