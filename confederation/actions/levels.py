"""Counting upwards: a confederation says what it decides by what its bodies say; the one at the top decides.

Each count reads the bodies right below and writes one row. Nothing is shared between confederations, and what was not
counted yet is found again (docs/adr/0060).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from confederation.actions import positions, ratifying
from confederation.models import Deviation, Referral, Station
from confederation.rules.positions import Said, decide_level, is_narrow, of_outcome, tally
from core.actions.closing import conclude, touched_by_closing
from core.locks import Taken, Touched, lock_all, take
from core.models import Mandate, RecordLine, Stage
from core.record import record
from core.rules.counting import Outcome, Result
from core.rules.terms import Matter
from core.timekeeping import folkmoot_now


@dataclass(frozen=True, slots=True)
class Word:
    """What counts of one body: the name of its record, what it says, and the people behind it."""

    body: str
    said: Said
    people: dict[str, int]


def to_count(at: datetime) -> Iterable[int]:
    """Confederations whose time has come, and whose bodies have all spoken."""
    unsaid = Station.objects.open().filter(above=OuterRef("pk"), counts=True)
    due = Station.objects.due(at).filter(level__gt=0, referral__proposal__stage=Stage.VOTING).exclude(Exists(unsaid))
    return due.order_by("level", "pk").values_list("pk", flat=True)


def count(station_id: int) -> bool:
    """Count one confederation; at the top, decide. False if it is not due or was counted. Idempotent."""
    with transaction.atomic():
        station = Station.objects.select_related("referral__proposal").get(pk=station_id)
        deviating = mandates_of(station)
        taken = hold(station, deviating)
        station, at = locked(station_id), folkmoot_now()
        over = taken is not None and taken.proposals[station.referral.proposal_id].stage != Stage.VOTING
        if over or station.decided_at is not None or station.closes_at > at or mandates_of(station) != deviating:
            return False
        if station.below.open().filter(counts=True).exists():
            return False
        words = words_below(station)
        result = decide_level([word.said for word in words], station.terms)
        write(station, words, result, at=at)
        if taken is not None:
            decide(station, words, result, taken, at=at)
        return True


def locked(station_id: int) -> Station:
    """The row, locked: from now on no delegate speaks here. Its referral and body with it, not locked."""
    rows = Station.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("referral", "body").get(pk=station_id)


def mandates_of(station: Station) -> frozenset[int]:
    """The mandates by which delegates of the bodies below have said something else than home."""
    return frozenset(Deviation.objects.filter(station__above=station).values_list("mandate_id", flat=True))


def hold(station: Station, deviating: frozenset[int]) -> Taken | None:
    """The mandates that speak here, so that none ends meanwhile; at the top all that the decision changes."""
    if station.above_id is not None:
        lock_all(Mandate, deviating)
        return None
    touched = touched_by_closing(station.referral.proposal)
    return take(station.body_id, replace(touched, mandates=touched.mandates | deviating))


def words_below(station: Station) -> list[Word]:
    """What counts of each body that is counted here.

    A delegate's own position holds if the mandate had not ended when the level closed (DESIGN 6): whoever counts,
    however late, finds the same.
    """
    first = RecordLine.objects.filter(body=OuterRef("body"), seq=1).values("hash")
    rows: QuerySet[Any] = station.below.filter(counts=True).annotate(
        record=Subquery(first),
        other=F("deviation__says"),
        ended=F("deviation__mandate__ended_at"),
        ends=F("deviation__mandate__ends_at"),
    )
    return [
        Word(row.record[:32], Said(row.other if holds(row, station.closes_at) else row.said), row.people or {})
        for row in rows.order_by("pk").only("above", "said", "people")
    ]


def holds(row: Any, closed_at: datetime) -> bool:
    """Whether a deviation counts: its mandate was in force until the level closed."""
    return row.other is not None and row.ends > closed_at and (row.ended is None or row.ended > closed_at)


def write(station: Station, words: Sequence[Word], result: Result, *, at: datetime) -> None:
    """What it says, and the record of it: from the positions anybody can count it again."""
    said = of_outcome(result.outcome)
    by_said = Counter(word.said.value for word in words)
    people: Counter[str] = Counter()
    for word in words:
        people.update(word.people)
    station.home = station.said = said.value
    station.reason, station.decided_at = result.reason.value, at
    station.tally, station.people = dict(by_said), dict(people)
    station.save(update_fields=["home", "said", "reason", "decided_at", "tally", "people"])
    record(
        "referral.counted",
        station.body,
        by=None,
        at=at,
        referral=station.referral_id,
        proposal=station.referral.proposal_id if station.above_id is None else None,
        rule=station.rule,
        bodies=station.bodies,
        quorum=[station.quorum_num, station.quorum_den],
        agreement=[station.agreement_num, station.agreement_den],
        asides=[station.asides_num, station.asides_den],
        said={word.body: word.said.value for word in words},
        people=dict(people),
        outcome=result.outcome.value,
        reason=result.reason.value,
    )


def decide(station: Station, words: Sequence[Word], result: Result, taken: Taken, *, at: datetime) -> None:
    """The top is counted. What is not adopted ends here; a recall that passes ends the mandate in this transaction.
    All else that is adopted waits: it can be called down.
    """
    referral = station.referral
    referral.counted_at, referral.outcome = at, result.outcome.value
    referral.narrow = is_narrow(tally([word.said for word in words], station.terms.rule), station.terms)
    referral.save(update_fields=["counted_at", "outcome", "narrow"])
    if result.outcome == Outcome.ADOPTED and referral.matter != Matter.RECALL:
        ratifying.adopted(referral, taken.body, at=at)
    else:
        conclude(taken.proposals[referral.proposal_id], taken, Stage(result.outcome.value), at=at)


def fallen(_at: datetime) -> Iterable[int]:
    """Referrals whose proposal was closed otherwise before the top was counted: a recall whose mandate has ended."""
    over = Referral.objects.filter(counted_at__isnull=True).exclude(
        proposal__stage__in=[Stage.DISCUSSION, Stage.VOTING]
    )
    return over.order_by("pk").values_list("pk", flat=True)


def drop(referral_id: int) -> bool:
    """Nothing is asked or counted any more. What bodies were still deciding of it is let go (`positions`)."""
    with transaction.atomic():
        referral = Referral.objects.select_related("proposal").get(pk=referral_id)
        taken = take(referral.proposal.body_id, Touched(proposals=frozenset([referral.proposal_id])))
        proposal, at = taken.proposals[referral.proposal_id], folkmoot_now()
        referral.refresh_from_db(fields=["counted_at"])
        if referral.counted_at is not None or proposal.is_live:
            return False
        referral.counted_at, referral.outcome = at, Outcome.OVERTAKEN.value
        referral.save(update_fields=["counted_at", "outcome"])
        positions.silence("referral_id", referral.pk, at=at)
        return True
