"""What several bodies decide alike, as pages show it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from core.models import Accord, AccordSide, Body, Person, Proposal, Stage
from core.permissions import accords as may
from core.permissions.members import membership_of
from core.refusals import Verdict
from core.rules.ending import ends_on
from core.rules.hosting import HOSTS


@dataclass(frozen=True, slots=True)
class SideShown:
    """One body, how far it is, whether it goes on or is host (`leads`) or is `joined` by the other, whether the reader
    reads its proposal, and what a reader who is in it may do.
    """

    side: AccordSide
    leads: bool
    reads: bool = False
    take_up: Verdict | None = None
    joined: bool = False

    @property
    def body(self) -> Body:
        """The body."""
        return self.side.body

    @property
    def asked(self) -> bool:
        """Whether it has put it before its members."""
        return self.side.proposal is not None


@dataclass(frozen=True, slots=True)
class AccordPage:
    """All its bodies, and the day on which it is done (once all have adopted it)."""

    accord: Accord
    sides: list[SideShown]
    on: datetime | None

    @property
    def one(self) -> bool:
        """Whether the bodies become one."""
        return self.accord.kind == Accord.Kind.UNION

    @property
    def confederates(self) -> bool:
        """Whether bodies found a confederation, or one joins it."""
        return self.accord.kind in (Accord.Kind.CONFEDERATE, Accord.Kind.JOIN)


def get_accord_page(accord: Accord, person: Person | None = None) -> AccordPage:
    """For anybody who may see it; with a person, what that one may do in which body."""
    sides = list(accord.sides.select_related("body", "proposal").order_by("-first", "pk"))
    adopted = [side.proposal.closed_at for side in sides if side.proposal and side.proposal.stage == Stage.ADOPTED]
    days = [day for day in adopted if day is not None]
    waits = accord.is_open and len(days) == len(sides) and accord.kind == Accord.Kind.UNION
    read = set(Proposal.objects.visible_to(person).filter(accord__accord=accord).values_list("pk", flat=True))
    shown = [_shown(accord, side, person, side.proposal_id in read) for side in sides]
    return AccordPage(accord, shown, ends_on(max(days)) if waits else None)


def _shown(accord: Accord, side: AccordSide, person: Person | None, reads: bool) -> SideShown:
    leads = side.body_id == accord.lead_id
    joined = leads and accord.kind == Accord.Kind.JOIN
    if person is None or membership_of(person, side.body) is None:
        return SideShown(side, leads, reads, joined=joined)
    waits = accord.is_open and side.proposal is None
    take_up = may.can_take_up(person, accord, side) if waits else None
    return SideShown(side, leads, reads, take_up, joined)


WAITING = AccordSide.objects.filter(proposal=None, accord__in=Accord.objects.open().filter(asked_at__isnull=False))


def is_asked() -> Exists:
    """Whether a body is asked something, as part of the statement that reads the body."""
    return Exists(WAITING.filter(body=OuterRef("pk")))


def get_waiting(body: Body) -> list[Accord]:
    """What other bodies have asked this one to decide, and nobody here has put up yet."""
    return list(Accord.objects.filter(sides__in=WAITING.filter(body=body)).order_by("asked_at")[:5])


def possible_partners(body: Body) -> QuerySet[Body]:
    """Listed bodies of the same kind that decide."""
    deciding = Body.objects.filter(listed=True, adopted_at__isnull=False, ended_at=None)
    return deciding.filter(kind=body.kind).exclude(pk=body.pk).order_by("name")


def possible_hosts(body: Body) -> QuerySet[Body]:
    """Listed councils and confederations that decide, but the one it has."""
    deciding = Body.objects.filter(listed=True, adopted_at__isnull=False, ended_at=None)
    return deciding.filter(kind__in=HOSTS).exclude(pk__in=[body.pk, body.host_id or 0]).order_by("name")
