"""One screen for those sent to confederations: what they were sent for, every question, what they owe at home."""

from dataclasses import dataclass
from datetime import datetime

from confederation.models import Delegation, Station
from confederation.permissions.speaking import can_deviate
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
    """All mandates of a person for seats, those in force, with the questions there since they began."""
    mine = Mandate.objects.in_force(at).filter(person=person, granted_by__delegates__isnull=False)
    mandates = mine.select_related("body", "granted_by__delegates__seat__confederation").order_by("ends_at", "pk")
    return [speaking(mandate, person, at) for mandate in mandates]


def speaking(mandate: Mandate, person: Person, at: datetime) -> Speaking:
    """One of them."""
    granted = mandate.granted_by
    assert granted is not None  # noqa: S101  (for the type checker: it was sent by a proposal)
    reports = list(mandate.reports.values_list("at", flat=True))
    stations = Station.objects.filter(seat=granted.delegates.seat_id, closes_at__gte=mandate.starts_at)
    about = stations.select_related("referral__proposal__body", "body", "above", "proposal", "deviation")
    found = [question(station, mandate, person, reports, at) for station in about.order_by("-pk")[:QUESTIONS]]
    return Speaking(mandate, granted.delegates, found)


def question(station: Station, mandate: Mandate, person: Person, reports: list[datetime], at: datetime) -> Question:
    """One question; a report is owed within 7 days after it was counted, and none has come since."""
    counted = station.referral.counted_at
    owed = counted is not None and not any(each >= counted for each in reports)
    by = counted + REPORT_BACK if counted is not None and owed else None
    return Question(
        station=station,
        said=SAID.get(station.said, ""),
        tone=TONES.get(station.said, "mute"),
        can_deviate=can_deviate(person, station, mandate, at=at),
        report_by=by,
        late=by is not None and by < at,
    )
