"""Who sees what of a confederation: the members of all bodies below it. Others get 404."""

from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404

from confederation.models import Referral, Seat, Station
from confederation.queries.reach import above, above_person, may_read
from core.models import Body, Mandate, Membership, Person


def seen_confederation(person: Person, slug: str) -> Body:
    """A confederation above one of the person's bodies, else 404."""
    found = Body.objects.filter(pk__in=above_person(person), kind=Body.Kind.CONFEDERATION)
    body: Body = get_object_or_404(found, slug=slug)
    return body


def own_body(person: Person, slug: str) -> Body:
    """A body that the person is a member of, else 404."""
    body: Body = get_object_or_404(Body.objects.of(person), slug=slug)
    return body


def above_own(body: Body, slug: str) -> Body:
    """A confederation above a body, else 404."""
    found: Body = get_object_or_404(Body.objects.filter(pk__in=above([body.pk])), slug=slug)
    return found


def own_seat(person: Person, pk: int, below: str = "") -> Seat:
    """The standing seat of a body of the person's, else 404; or that of a confederation above it, named `below`."""
    mine = Body.objects.of(person)
    if below:
        mine = Body.objects.filter(pk__in=above([own_body(person, below).pk]))
    seats = Seat.objects.standing().filter(body__in=mine).select_related("body", "confederation")
    seat: Seat = get_object_or_404(seats, pk=pk)
    return seat


def seen_referral(person: Person, pk: int) -> Referral:
    """A question of a confederation above, or one that a body of the person's was asked; else 404."""
    found = Referral.objects.select_related("proposal__body", "ceded", "from_body")
    referral: Referral = get_object_or_404(found, pk=pk)
    if not may_read(person, referral.proposal.body):
        get_object_or_404(own_stations(person), referral=referral)
    return referral


def own_stations(person: Person) -> QuerySet[Station]:
    """What bodies of the person's were asked."""
    mine = Membership.objects.reading().filter(person=person).values("body")
    return Station.objects.base().filter(body__in=mine).select_related("body", "proposal", "above__body", "seat")


def own_station(person: Person, pk: int) -> Station:
    """One of them, else 404."""
    station: Station = get_object_or_404(own_stations(person), pk=pk)
    return station


def spoken_station(person: Person, pk: int) -> tuple[Station, Mandate]:
    """A body's station and the mandate by which the person speaks for it, or last spoke for a body of their own; else
    404. Whether it is in force is for the act to say.
    """
    station: Station = get_object_or_404(
        Station.objects.select_related("body", "proposal", "above__body", "referral__proposal__body"), pk=pk
    )
    mine = Mandate.objects.filter(person=person, granted_by__delegates__seat=station.seat_id)
    if not own_stations(person).filter(pk=pk).exists():
        mine = mine.filter(ended_at=None)
    latest = mine.order_by(F("ended_at").desc(nulls_first=True), "granted_by__delegates__alternate", "-pk")
    mandate: Mandate = get_object_or_404(latest[:1])
    return station, mandate
