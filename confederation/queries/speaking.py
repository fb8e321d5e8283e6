"""One screen for those sent to confederations: what they were sent for, every question, what they owe at home."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Window
from django.db.models.functions import RowNumber

from confederation.models import Delegation, Station
from confederation.permissions.speaking import may_deviate
from confederation.rules.timing import REPORT_BACK
from confederation.words.saying import SAID, TONES
from core.models import Mandate, Person
from core.refusals import Verdict

QUESTIONS = 50
"""So many questions of one mandate are shown, the newest first."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question at the seat somebody was sent to."""

    station: Station
    said: object
    tone: str
    can_deviate: Verdict
    report_by: datetime | None
    late: bool

    @property
    def owed(self) -> bool:
        """Whether those at home wait for a report."""
        return self.report_by is not None


@dataclass(frozen=True, slots=True)
class Speaking:
    """One mandate for a seat."""

    mandate: Mandate
    delegation: Delegation
    questions: list[Question]


def get_speaking(person: Person, *, at: datetime) -> list[Speaking]:
    """All mandates of a person for seats, those in force, with the questions there since they began. Four statements,
    however many there are.
    """
    mine = Mandate.objects.in_force(at).filter(person=person, granted_by__delegates__isnull=False)
    about = mine.select_related("body", "granted_by__delegates__seat__confederation").prefetch_related("reports")
    mandates = list(about.order_by("ends_at", "pk"))
    seats = [delegation_of(mandate).seat_id for mandate in mandates]
    held, asked = seats_with_delegates(seats, at), stations_at(seats)
    return [speaking(mandate, person, asked, held, at) for mandate in mandates]


def delegation_of(mandate: Mandate) -> Delegation:
    """How it was sent."""
    return mandate.granted_by.delegates


def seats_with_delegates(seats: list[int], at: datetime) -> frozenset[int]:
    """Those of these seats for which a delegate speaks: no alternate does."""
    sent = Delegation.objects.filter(seat__in=seats, alternate=False, proposal__granted__ended_at=None)
    return frozenset(sent.filter(proposal__granted__ends_at__gt=at).values_list("seat_id", flat=True))


def stations_at(seats: list[int]) -> dict[int, list[Station]]:
    """The newest questions at each of these seats. One statement."""
    newest = Window(RowNumber(), partition_by="seat", order_by="-pk")
    rows = Station.objects.filter(seat__in=seats).annotate(place=newest).filter(place__lte=QUESTIONS)
    found: dict[int, list[Station]] = {}
    for row in rows.select_related("referral__proposal__body", "body", "above", "proposal", "deviation").order_by(
        "-pk"
    ):
        found.setdefault(row.seat_id or 0, []).append(row)
    return found


def speaking(
    mandate: Mandate, person: Person, asked: dict[int, list[Station]], held: frozenset[int], at: datetime
) -> Speaking:
    """One of them."""
    sent = delegation_of(mandate)
    reports = [report.at for report in mandate.reports.all()]
    speaks = not sent.alternate or sent.seat_id not in held
    found = [
        question(station, may_deviate(person, station, mandate, sent, speaks=speaks, at=at), reports, at)
        for station in asked.get(sent.seat_id, [])
        if station.closes_at >= mandate.starts_at
    ]
    return Speaking(mandate, sent, found)


def question(station: Station, may: Verdict, reports: list[datetime], at: datetime) -> Question:
    """One question; a report is owed within 7 days after it was counted, and none has come since."""
    counted = station.referral.counted_at
    owed = counted is not None and not any(each >= counted for each in reports)
    by = counted + REPORT_BACK if counted is not None and owed else None
    return Question(
        station=station,
        said=SAID.get(station.said, ""),
        tone=TONES.get(station.said, "mute"),
        can_deviate=may,
        report_by=by,
        late=by is not None and by < at,
    )
