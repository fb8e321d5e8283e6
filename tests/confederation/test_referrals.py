"""A question goes down to all bodies, once each, and comes up again level by level."""

from datetime import timedelta

import pytest

from confederation.actions import asking, levels, positions, referring, results
from confederation.models import Referral, Seat, Station
from core.actions import mandates
from core.models import Cause, Membership, Notice, Proposal, RecordLine, Stage, Vote
from core.notices import fanning
from core.timekeeping import folkmoot_now
from tests import village
from tests.confederation import rows
from tests.confederation.valley import Valley, all_say, ask, home, recall, seat_of, station, until_closed, until_votes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rows_by_hand")]


def test_a_question_goes_down_and_comes_up(valley: Valley) -> None:
    referral = ask(valley.valley)
    all_say(referral, {valley.alder: "agree", valley.birch: "agree", valley.dell: "agree"})

    until_closed(referral, level=1)
    hill, top = station(referral, valley.hill), station(referral, valley.valley)
    assert (hill.level, hill.bodies, hill.said) == (1, 3, "agree")
    assert (top.level, top.bodies, top.said) == (2, 2, "")
    assert hill.tally == {"agree": 2, "none": 1}
    assert hill.people == {"agree": 12, "roll": 21}

    until_closed(referral, level=2)
    referral.refresh_from_db()
    assert (referral.outcome, referral.proposal.stage) == ("adopted", Stage.ADOPTED)
    assert station(referral, valley.valley).people == {"agree": 18, "roll": 28}
    counted = RecordLine.objects.filter(what="referral.counted").values_list("body__slug", flat=True)
    assert list(counted.order_by("pk")) == ["hill", "valley"]


def test_every_body_is_asked_once_on_the_path_it_joined_first(valley: Valley) -> None:
    rows.seat(valley.valley, valley.birch)
    before = Proposal.objects.count()
    referral = ask(valley.valley)
    rows.settle_all()
    for each in Station.objects.filter(referral=referral):
        assert not asking.ask(each.pk)

    assert Proposal.objects.count() == before + 5
    assert station(referral, valley.birch).above == station(referral, valley.hill)
    assert {each.body_id for each in Station.objects.base()} == {body.pk for body in valley.streets}
    assert station(referral, valley.valley).bodies == 2


def test_a_seat_that_only_speaks_does_not_take_the_place_of_one_that_counts(valley: Valley) -> None:
    elm = rows.street("Elm")
    rows.seat(valley.hill, elm, voice=False)
    rows.seat(valley.valley, elm)
    referral = ask(valley.valley)

    assert (station(referral, elm).above, station(referral, elm).counts) == (station(referral, valley.valley), True)


def test_who_is_young_small_or_only_speaks_is_asked_and_not_counted(valley: Valley) -> None:
    small, old, silent = rows.street("Small", 6), rows.street("Old"), rows.street("Silent")
    young = rows.street("Young")
    type(young).objects.filter(pk=young.pk).update(formed_at=young.adopted_at)
    for body in (small, young, old):
        rows.seat(valley.hill, body)
    rows.seat(valley.hill, silent, voice=False)
    referral = ask(valley.valley)

    counts = {body.slug: station(referral, body).counts for body in (small, young, old, silent)}
    assert counts == {"small": False, "young": False, "old": True, "silent": False}
    assert station(referral, valley.hill).bodies == 4
    assert home(referral, small).stage == Stage.DISCUSSION


def test_three_at_a_time_the_oldest_first_and_recalls_never_wait(valley: Valley) -> None:
    waiting = [rows.question(valley.valley, f"Question {n}") for n in range(5)]
    for proposal in reversed(waiting):
        referring.begin(proposal.pk)
    rows.settle_all()
    _mandate, recalled = recall(valley)

    assert [Proposal.objects.get(pk=each.pk).stage for each in waiting] == ["voting"] * 3 + ["discussion"] * 2
    assert recalled.asked_at is not None

    all_say(Referral.objects.get(proposal=waiting[0]), {})
    until_closed(Referral.objects.get(proposal=waiting[0]), level=2)
    assert [Proposal.objects.get(pk=each.pk).stage for each in waiting[:3]] == ["no_quorum"] * 3
    assert [Proposal.objects.get(pk=each.pk).stage for each in waiting[3:]] == ["voting"] * 2


def test_home_votes_are_the_last_seven_days_and_have_no_second_try(valley: Valley) -> None:
    referral = ask(valley.valley)
    rows.pass_by(days=6.9)
    assert not Vote.objects.exists()
    rows.pass_by(days=0.2)

    votes = Vote.objects.filter(proposal__kind="referral")
    assert [vote.closes_at for vote in votes] == [referral.base_closes_at] * 4
    rows.vote_of(home(referral, valley.alder), "block", 1)
    until_closed(referral)
    stages = {body.slug: home(referral, body).stage for body in valley.streets}
    assert stages == dict.fromkeys(("alder", "birch", "cedar", "dell"), Stage.NO_QUORUM)
    assert votes.count() == 4


def test_a_recall_is_decided_by_simple_majorities_and_is_in_force_at_once(valley: Valley) -> None:
    mandate, referral = recall(valley)
    assert {vote.rule for vote in Vote.objects.all()} == {"majority"}
    rows.vote_of(home(referral, valley.dell), "yes", 6)
    for body in (valley.alder, valley.birch):
        rows.vote_of(home(referral, body), "yes", 6)
    until_closed(referral, level=0)
    assert station(referral, valley.dell).said == "agree"
    until_closed(referral, level=1)
    until_closed(referral, level=2)

    mandate.refresh_from_db()
    assert (mandate.ending, referral.proposal.body.slug) == ("recall", "valley")
    assert mandate.ended_at == station(referral, valley.valley).decided_at


def test_a_recall_whose_mandate_ends_otherwise_is_dropped_with_all_that_asks_about_it(valley: Valley) -> None:
    mandate, referral = recall(valley)
    mandates.resign(mandate, by=mandate.person)
    rows.settle_all()

    referral.refresh_from_db()
    assert (referral.outcome, referral.proposal.stage) == ("overtaken", Stage.OVERTAKEN)
    assert {home(referral, body).stage for body in valley.streets} == {Stage.OVERTAKEN}
    assert set(Station.objects.values_list("said", "reason")) == {("none", "gone")}


def test_a_confederation_without_people_decides_nothing_and_says_why(valley: Valley) -> None:
    empty = rows.confederation("Empty", [rows.street("East"), rows.street("West")])
    Membership.objects.filter(body__slug__in=["east", "west"]).update(ended_at=folkmoot_now(), ending="left")
    referral = ask(empty)
    all_say(referral, {})
    until_closed(referral, level=1)

    referral.refresh_from_db()
    assert (referral.outcome, station(referral, empty).reason) == ("no_quorum", "no_quorum")


def test_a_level_waits_for_all_that_count_and_for_its_hour(valley: Valley) -> None:
    referral = ask(valley.valley)
    hill = station(referral, valley.hill)
    until_votes()
    until_closed(referral)
    assert not levels.count(hill.pk)

    village.move_clock(timedelta(hours=2))
    assert not levels.count(station(referral, valley.valley).pk)
    assert levels.count(hill.pk)
    assert not levels.count(hill.pk)
    assert levels.count(station(referral, valley.valley).pk)


def test_the_result_reaches_every_body_once(valley: Valley) -> None:
    referral = ask(valley.valley)
    all_say(referral, {})
    until_closed(referral, level=2)
    results.spread(referral.pk)
    for cause in Cause.objects.filter(fanned_at=None):
        fanning.fan_out(cause.pk)

    told = Cause.objects.filter(what=results.RESULT).values_list("body__slug", flat=True)
    assert sorted(told) == ["alder", "birch", "cedar", "dell", "valley"]
    assert Notice.objects.filter(cause__what=results.RESULT).count() == 28
    assert not list(results.to_spread(folkmoot_now()))


def test_who_leaves_meanwhile_says_nothing_more_and_what_was_said_stands(valley: Valley) -> None:
    referral = ask(valley.valley)
    until_votes()
    rows.vote_of(home(referral, valley.alder), "agree", 6)
    positions.gone(seat_of(valley.birch), folkmoot_now())
    rows.settle_all()
    assert (station(referral, valley.birch).said, home(referral, valley.birch).stage) == ("none", Stage.OVERTAKEN)
    until_closed(referral)
    positions.gone(seat_of(valley.alder), folkmoot_now())
    assert (station(referral, valley.alder).said, station(referral, valley.cedar).said) == ("agree", "none")

    positions.gone(seat_of(valley.hill), folkmoot_now())
    assert (station(referral, valley.hill).said, station(referral, valley.hill).reason) == ("none", "gone")


def test_a_confederation_that_leaves_takes_all_below_it_along(valley: Valley) -> None:
    referral = ask(valley.valley)
    positions.gone(seat_of(valley.hill), folkmoot_now())
    rows.settle_all()

    said = {body.slug: station(referral, body).said for body in (*valley.streets, valley.hill)}
    assert said == {"alder": "none", "birch": "none", "cedar": "none", "hill": "none", "dell": ""}
    assert home(referral, valley.dell).stage == Stage.DISCUSSION
    assert Seat.objects.filter(left_at=None).count() == 5


def test_who_was_never_asked_or_had_no_vote_in_time_says_nothing(valley: Valley) -> None:
    referral = ask(valley.valley)
    village.move_clock(timedelta(days=14, seconds=1))
    rows.settle_all()

    assert set(Station.objects.base().values_list("said", "reason")) == {("none", positions.LATE)}
    assert {home(referral, body).stage for body in valley.streets} == {Stage.OVERTAKEN}
