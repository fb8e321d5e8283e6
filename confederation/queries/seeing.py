"""Who sees what of a confederation: the members of all bodies below it. Others get 404."""

from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from confederation.models import Forward, Referral, Seat, Station
from confederation.queries.reach import above, above_person, read_from_below
from core.models import LIVE, Body, Charter, Mandate, Membership, Person, TextVersion
from core.timekeeping import Moment


def seen_confederation(person: Person, slug: str) -> Body:
    """A confederation above one of the person's bodies, else 404."""
    found = Body.objects.filter(pk__in=above_person(person), kind=Body.Kind.CONFEDERATION)
    body: Body = get_object_or_404(found, slug=slug)
    return body


def own_body(person: Person, slug: str) -> Body:
    """A body that the person is a member of, else 404."""
    body: Body = get_object_or_404(Body.objects.of(person), slug=without_nul(slug))
    return body


def above_own(body: Body, slug: str) -> Body:
    """A confederation above a body, else 404."""
    found: Body = get_object_or_404(Body.objects.filter(pk__in=above([body.pk])), slug=without_nul(slug))
    return found


def without_nul(slug: str) -> str:
    """A word of the address as the database takes it."""
    return slug.replace("\x00", "")


def seen_mandate(person: Person, pk: int) -> Mandate:
    """A mandate of a confederation that the person may see, else 404."""
    found = (
        Mandate.objects.visible_to(person).filter(body__kind=Body.Kind.CONFEDERATION).select_related("body", "person")
    )
    mandate: Mandate = get_object_or_404(found, pk=pk)
    return mandate


def own_offer(person: Person, pk: int) -> Forward:
    """What asks this person to hold a mandate of a confederation, else 404."""
    found = Forward.objects.filter(what=Forward.What.MANDATE, proposal__offer__person=person)
    about = found.select_related("proposal__body", "proposal__offer__person", "confederation", "made__referral")
    forward: Forward = get_object_or_404(about, pk=pk)
    return forward


def open_offers(person: Person) -> QuerySet[Forward]:
    """The offers that this person has not answered, oldest first."""
    waiting = {"proposal__offer__person": person, "proposal__offer__accepted_at": None, "proposal__stage__in": LIVE}
    return Forward.objects.filter(**waiting).select_related("proposal__body", "confederation").order_by("pk")


def own_seat(person: Person, pk: int, below: str = "") -> Seat:
    """The standing seat of a body of the person's, else 404; or that of a confederation above it, named `below`."""
    mine = Body.objects.of(person)
    if below:
        mine = Body.objects.filter(pk__in=above([own_body(person, below).pk]))
    seats = Seat.objects.standing().filter(body__in=mine).select_related("body", "confederation")
    seat: Seat = get_object_or_404(seats, pk=pk)
    return seat


def seen_referral(person: Person, pk: int) -> Any:
    """A question of a confederation above, or one that a body of the person's was asked; else 404. With the moment of
    reading (`read_at`), its newest `words` and the time `zone` of the confederation, in one statement.
    """
    above_us, asked = Q(proposal__body__in=read_from_below(person)), Q(pk__in=own_stations(person).values("referral"))
    found = Referral.objects.filter(above_us | asked).select_related("proposal__body", "ceded", "from_body")
    words = TextVersion.objects.filter(proposal=OuterRef("proposal")).order_by("-number").values("text")
    charters = Charter.objects.filter(body=OuterRef("proposal__body"), in_force_at__isnull=False)
    zones = charters.order_by("-in_force_at", "-number").values("time_zone")
    found = found.annotate(read_at=Moment(), words=Subquery(words[:1]), zone=Subquery(zones[:1]))
    return get_object_or_404(found, pk=pk)


def own_stations(person: Person) -> QuerySet[Station]:
    """What bodies of the person's were asked."""
    mine = Membership.objects.reading().filter(person=person).values("body")
    asked = Station.objects.base().filter(body__in=mine)
    return asked.select_related("body", "proposal", "above__body", "seat", "deviation")


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
