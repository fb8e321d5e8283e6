"""What the pages of a body show."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from core.models import Adoption, Application, Body, Charter, Mandate, Membership, Person, Proposal, Stage
from core.permissions.members import membership_of
from core.queries.charters import get_charter
from core.rules.founding import ADOPTERS_NEEDED

ON_THE_PAGE = 5


@dataclass(frozen=True, slots=True)
class Founding:
    """How far the adoption of a first charter is."""

    adopted: list[Person]
    needed: int
    by_me: bool


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


def get_body_page(body: Body, person: Person | None, *, at: datetime) -> BodyPage:
    """A fixed number of statements, however much a body has decided."""
    membership = membership_of(person, body) if person is not None else None
    charter = get_charter(body)
    members = Membership.objects.open().filter(body=body).count()
    if membership is None or person is None:
        return BodyPage(body, charter, None, members, [], [], [], [], None)
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
        founding=get_founding(charter, person) if body.adopted_at is None else None,
    )


def get_founding(charter: Charter, person: Person) -> Founding:
    """Who has adopted the draft so far."""
    rows = Adoption.objects.filter(charter=charter, membership__ended_at__isnull=True)
    people = [row.membership.person for row in rows.select_related("membership__person").order_by("at")]
    return Founding(people, ADOPTERS_NEEDED, any(each.pk == person.pk for each in people))


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
