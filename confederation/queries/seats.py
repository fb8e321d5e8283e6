"""Who is in a confederation, and who speaks there for whom."""

from datetime import datetime

from django.db.models import QuerySet

from confederation.models import Confederation, Seat
from core.models import Body, Mandate


def kind_of(body: Body) -> str:
    """The kind of bodies that a body counts as: a confederation as what it is made of."""
    of = Confederation.objects.filter(body=body).values_list("of_kind", flat=True).first()
    return of if of is not None else str(body.kind)


def seats_of(confederation: Body) -> QuerySet[Seat]:
    """The seats that stand in a confederation, in the order in which they were taken."""
    return (
        Seat.objects.standing().filter(confederation=confederation).select_related("body").order_by("joined_at", "pk")
    )


def mandates_of(seat: Seat) -> QuerySet[Mandate]:
    """The standing mandates of those sent to a seat."""
    return Mandate.objects.filter(granted_by__delegates__seat=seat, ended_at=None)


def holder_of(seat: Seat, *, alternate: bool) -> Mandate | None:
    """The mandate that stands for one place of a seat."""
    return mandates_of(seat).filter(granted_by__delegates__alternate=alternate).select_related("person").first()


def delegate_of(seat: Seat, at: datetime) -> Mandate | None:
    """The mandate of who speaks for a seat at a moment: the delegate, or else the alternate."""
    speaking = mandates_of(seat).filter(ends_at__gt=at).select_related("person", "granted_by__delegates")
    return speaking.order_by("granted_by__delegates__alternate", "pk").first()
