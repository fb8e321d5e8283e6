"""What a body sees of what is above it: the confederations it is in, and what was decided there."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils.translation import gettext as _

from confederation.models import Confederation, Referral, Seat, Station
from confederation.queries.picture import Row, with_delegates
from confederation.queries.reach import above_body
from confederation.words.saying import OUTCOME_TONES, OUTCOMES, SAID, TONES
from core.models import Accord, Body, Proposal, Stage

A_PAGE = 20


def get_places(body: Body) -> list[Row]:
    """The confederations that a body is right in, with whom it sends there."""
    seats = Seat.objects.standing().filter(body=body).select_related("confederation", "body")
    return with_delegates(seats.order_by("joined_at", "pk"))


def confederations_above(body: Body) -> list[Body]:
    """All confederations above a body, by name."""
    return list(Body.objects.filter(pk__in=above_body(body), ended_at=None).order_by("name", "pk"))


@dataclass(frozen=True, slots=True)
class Way:
    """A confederation above a body, and what it is in itself: a body below can propose that it leaves."""

    confederation: Body
    seats: list[Seat]


def ways_above(body: Body) -> list[Way]:
    """What can be put before each confederation above a body. Two statements."""
    above_us = confederations_above(body)
    rows = Seat.objects.standing().filter(body__in=above_us).select_related("confederation")
    found: dict[int, list[Seat]] = {}
    for seat in rows.order_by("joined_at", "pk"):
        found.setdefault(seat.body_id, []).append(seat)
    return [Way(each, found.get(each.pk, [])) for each in above_us]


def confederations_to_join(body: Body) -> list[Confederation]:
    """The listed confederations that a body is not right in, by name; the first hundred."""
    inside = Seat.objects.standing().filter(body=body).values("confederation")
    found = Confederation.objects.filter(body__listed=True, body__ended_at=None).exclude(body__in=inside)
    return list(found.exclude(body=body).select_related("body").order_by("body__name", "pk")[:100])


@dataclass(frozen=True, slots=True)
class Told:
    """One question of above, with what the body itself said and what came of it."""

    referral: Referral
    station: Station | None

    @property
    def said(self) -> object:
        """What counted of the body, in words."""
        return SAID.get(self.station.said, "") if self.station is not None else ""

    @property
    def home(self) -> object:
        """What the body decided, where something else counted above."""
        if self.station is None or self.station.said == self.station.home:
            return ""
        return SAID.get(self.station.home, "")

    @property
    def said_tone(self) -> str:
        """The colour of what it said."""
        return TONES.get(self.station.said, "mute") if self.station is not None else "mute"

    @property
    def ended(self) -> bool:
        """Whether nothing can change it any more."""
        return self.referral.proposal.stage not in (Stage.DISCUSSION, Stage.VOTING)

    @property
    def outcome(self) -> object:
        """What came of it, in a word: at the end what holds, before it what the bodies said."""
        if self.ended:
            return self.referral.proposal.get_stage_display()
        return OUTCOMES.get(self.referral.outcome, "")

    @property
    def tone(self) -> str:
        """The colour of that."""
        word = self.referral.proposal.stage if self.ended else self.referral.outcome
        return OUTCOME_TONES.get(word, "mute")


def get_told(body: Body, number: str | None) -> tuple[Page[Referral], list[Told]]:
    """One page of all questions of the confederations above a body, and of those it was asked in before; newest first.

    For a confederation its own questions.
    """
    mine = Station.objects.filter(body=body).values("referral")
    seen = Q(proposal__body=body) | Q(proposal__body__in=above_body(body)) | Q(pk__in=mine)
    found = Referral.objects.filter(seen).select_related("proposal__body")
    page = Paginator(found.order_by("-pk"), A_PAGE).get_page(number)
    stations = {row.referral_id: row for row in Station.objects.filter(body=body, referral__in=list(page.object_list))}
    return page, [Told(referral, stations.get(referral.pk)) for referral in page.object_list]


def get_newest(confederation: Body) -> list[Told]:
    """The newest questions of a confederation itself."""
    found = Referral.objects.filter(proposal__body=confederation).select_related("proposal__body")
    return [Told(referral, None) for referral in found.order_by("-pk")[:A_PAGE]]


def left_since(decisions: list[Proposal]) -> dict[int, str]:
    """Which of these decisions brought a body into a confederation that it is no longer in. One statement."""
    ways = {Accord.Kind.CONFEDERATE, Accord.Kind.JOIN}
    asked = {each.pk: each.body_id for each in decisions if each.kind in ways}
    if not asked:
        return {}
    seats = Seat.objects.filter(accord__sides__proposal__in=asked, left_at__isnull=False)
    rows = seats.values_list("accord__sides__proposal", "body", "confederation", "body__name")
    marks: dict[int, str] = {}
    for proposal, body, confederation, name in rows:
        if body == asked.get(proposal):
            marks[proposal] = _("we have left since")
        elif confederation == asked.get(proposal):
            marks[proposal] = _("%(body)s has left since") % {"body": name}
    return marks
