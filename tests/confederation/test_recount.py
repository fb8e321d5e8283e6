"""Over random trees: whatever happens in between, the result is what a recount from the base finds."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from confederation.actions import deviating, positions
from confederation.models import Deviation, Referral, Seat, Station
from confederation.rules.positions import Branch, Said, recount
from confederation.rules.tree import Place, by_above, levels, tiers
from core.actions import mandates
from core.models import Body, Mandate, Membership, Proposal, Vote
from core.refusals import Denied
from core.timekeeping import folkmoot_now
from faults.invariants import broken
from tests import village
from tests.confederation import rows
from tests.core.actions.scene import query

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rows_by_hand")]
POSITIONS = ("agree", "agree", "agree", "aside", "block", "")
DEPTH = 6


@dataclass
class Forest:
    """Confederations from the bottom up, with all bodies by name; the last one is the top."""

    bodies: list[Body] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)


def grow(draw: Any, *, streets: int) -> Forest:
    """Some streets; then up to six confederations, each of two or more of what is there, so that paths meet."""
    forest = Forest([rows.street(f"S{n}", draw(st.sampled_from([7, 7, 7, 6]))) for n in range(streets)])
    for n in range(draw(st.integers(1, DEPTH))):
        last = [forest.bodies[-1]] if n else []
        more = draw(st.lists(st.sampled_from(forest.bodies), min_size=2, max_size=4, unique=True))
        members = list(dict.fromkeys([*last, *more]))
        numbers = {"consensus_up_to": draw(st.sampled_from([3, 50]))}
        body = rows.confederation(f"C{n}", members, **numbers)
        forest.bodies.append(body)
        forest.seats += Seat.objects.filter(confederation=body)
    return forest


def delegates(draw: Any, forest: Forest, bodies: set[int]) -> list[tuple[Seat, Mandate, bool]]:
    """Some streets have a delegate: seat, mandate, whether it is bound."""
    sent = []
    for place in forest.seats:
        if place.body_id in bodies and place.body.kind == "council" and draw(st.booleans()):
            person = place.body.memberships.order_by("pk")[0].person
            bound = draw(st.booleans())
            sent.append((place, rows.delegate(place, person, bound=bound), bound))
    return sent


def live(draw: Any, streets: int) -> None:
    """A question in a forest, with leavings before and after the votes, free delegates, mandates that end."""
    forest = grow(draw, streets=streets)
    proposal = rows.question(forest.bodies[-1])
    rows.settle_all()
    referral = Referral.objects.get(proposal=proposal)
    asked = set(Station.objects.filter(referral=referral).values_list("body_id", flat=True))
    sent = delegates(draw, forest, asked)
    leave_some(draw, forest)
    rows.pass_by(days=7, seconds=5)
    for vote in Vote.objects.open().filter(proposal__kind="referral").select_related("proposal"):
        position = draw(st.sampled_from(POSITIONS))
        if position:
            rows.vote_of(vote.proposal, position, 6)
    leave_some(draw, forest)
    rows.pass_by(days=7, seconds=1)
    speak(draw, referral, sent)
    leave_some(draw, forest)
    for _each in Station.objects.filter(referral=referral).values("level").distinct():
        rows.pass_by(hours=1)
    judge(referral)


def leave_some(draw: Any, forest: Forest) -> None:
    """Perhaps a body leaves."""
    for place in draw(st.lists(st.sampled_from(forest.seats), max_size=1)):
        place.refresh_from_db()
        if place.left_at is None:
            with transaction.atomic():
                rows.leave(place)
                positions.gone(place, folkmoot_now())
            rows.settle_all()


def speak(draw: Any, referral: Referral, sent: list[tuple[Seat, Mandate, bool]]) -> None:
    """Delegates try to say something else; some mandates end before, some after they spoke."""
    for place, mandate, bound in sent:
        station = Station.objects.filter(referral=referral, seat=place).select_related("body").first()
        if station is None:
            continue
        says = Said.DISAGREE if station.home != "disagree" else Said.AGREE
        ended = draw(st.booleans())
        if ended:
            mandates.resign(mandate, by=mandate.person)
        try:
            with transaction.atomic():
                deviating.deviate(station, mandate, says, "I see it otherwise.", by=mandate.person)
        except Denied:
            continue
        assert not bound
        assert not ended
        if draw(st.booleans()):
            mandates.resign(mandate, by=mandate.person)


def judge(referral: Referral) -> None:
    """Each body once; no row that does not say what it decided; and the result is that of a recount."""
    referral.refresh_from_db()
    stations = list(Station.objects.filter(referral=referral).select_related("proposal"))
    assert referral.counted_at is not None
    assert not [each for each in stations if each.decided_at is None]
    assert not Station.objects.values("referral", "body").annotate(n=Count("pk")).filter(n__gt=1)
    homes = Proposal.objects.filter(kind="referral").values("body").annotate(n=Count("pk"))
    assert {row["n"] for row in homes} <= {1}
    for each in stations:
        assert each.said == each.home
        if each.level == 0 and each.home != "none":
            assert each.proposal is not None
            assert each.proposal.stage == {"agree": "adopted", "disagree": "not_adopted"}[each.home]
    top = next(each for each in stations if each.above_id is None)
    assert recount(branch_of(top, stations)) == top.said
    assert (referral.outcome == "adopted") == (top.said == "agree")
    assert broken(query, effects=False) == []


def branch_of(station: Station, stations: list[Station]) -> Branch:
    """A body with all below it, said anew from the base; who left before it spoke stays silent."""
    if station.level == 0:
        return Branch(word(station))
    if station.reason == positions.GONE:
        return Branch(Said.NONE)
    below = [branch_of(each, stations) for each in stations if each.above_id == station.pk and each.counts]
    assert station.bodies == len(below)
    return Branch(terms=station.terms, below=tuple(below))


def word(station: Station) -> Said:
    """What a base body says, with what its delegate says if the mandate stood when the level closed."""
    spoken = Deviation.objects.filter(station=station).select_related("mandate").first()
    closes = station.above.closes_at if station.above is not None else station.closes_at
    if spoken is None or (spoken.mandate.ended_at is not None and spoken.mandate.ended_at <= closes):
        return Said(station.said)
    return Said(spoken.says)


QUICK = settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
LONG = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)


def anew(data: st.DataObject, streets: int) -> None:
    """One life, and nothing of it stays."""
    with transaction.atomic():
        live(data.draw, streets)
        transaction.set_rollback(True)


@QUICK
@given(data=st.data())
def test_the_result_is_that_of_a_recount(data: st.DataObject) -> None:
    anew(data, 3)


@pytest.mark.slow
@LONG
@given(data=st.data())
def test_the_result_is_that_of_a_recount_over_many_trees(data: st.DataObject) -> None:
    anew(data, 6)


@given(st.dictionaries(st.integers(2, 40), st.integers(1, 39), max_size=30))
def test_every_level_is_above_all_that_it_counts(above: dict[int, int]) -> None:
    """Each body under one that comes before it: whatever tree that makes."""
    joined = {body: min(parent, body - 1) for body, parent in above.items()}
    confederations = {*joined.values(), 1}
    places = [Place(body, parent, confederation=body in confederations) for body, parent in joined.items()]
    found = tiers(Place(1, confederation=True), by_above(places))
    level = levels(found)

    reached = [place for tier in found for place in tier]
    assert len({place.body for place in reached}) == len(reached)
    assert all(level[place.body] == 0 for place in reached if not place.confederation)
    assert all(level[place.above] > level[place.body] for place in reached if place.above is not None)
    assert all(level[place.body] > 0 for place in reached if place.confederation)


def test_nobody_votes_for_a_body_that_has_ended_its_membership() -> None:
    """A vote of a body that has left: the question is overtaken, and no ballot is taken any more (invariant 23)."""
    alder, birch = rows.street("Alder"), rows.street("Birch")
    top = rows.confederation("Hill", [alder, birch])
    rows.question(top)
    rows.settle_all()
    rows.pass_by(days=7, seconds=5)
    place = Seat.objects.get(body=alder)
    rows.leave(place)
    positions.gone(place, folkmoot_now())
    rows.settle_all()
    vote = Vote.objects.get(proposal__body=alder)
    person = Membership.objects.filter(body=alder)[0].person

    with pytest.raises(Exception, match=r"clos"):
        village.cast(vote, person, "agree")
    assert vote.outcome == "overtaken"
    assert vote.closes_at > folkmoot_now() + timedelta(days=6)
