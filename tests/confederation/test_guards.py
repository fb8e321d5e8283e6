"""What the database itself refuses of referrals, by whatever way it comes: each guard, broken once."""

from datetime import timedelta

import pytest
from django.db import connection

from confederation.models import OwnWord
from core.models import Mandate
from core.timekeeping import folkmoot_now
from tests import village
from tests.confederation import rows
from tests.confederation.valley import (
    Valley,
    all_say,
    ask,
    home,
    member,
    seat_of,
    station,
    until_closed,
    until_votes,
)
from tests.core.actions.scene import refused_by_the_database, run

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("rows_by_hand")]
SAY = "UPDATE confederation_station SET home = %s, said = %s, decided_at = folkmoot_now() WHERE id = %s"
DEVIATE = (
    "INSERT INTO confederation_deviation (station_id, mandate_id, says, reason, at) "
    "VALUES (%s, %s, 'disagree', 'No.', folkmoot_now())"
)


@pytest.mark.parametrize(
    "change",
    [
        "counts = NOT counts",
        "level = 3, rule = 'weak'",
        "closes_at = now()",
        "bodies = 9",
        "above_id = id",
        "rule = 'weak'",
    ],
)
def test_whom_it_asks_and_how_never_changes(valley: Valley, change: str) -> None:
    hill = station(ask(valley.valley), valley.hill)
    with refused_by_the_database("whom a referral asks never changes|station_base_or_confederation"):
        run(f"UPDATE confederation_station SET {change} WHERE id = %s", hill.pk)


def test_a_body_says_what_it_has_decided(valley: Valley) -> None:
    referral = ask(valley.valley)
    dell = station(referral, valley.dell)
    with refused_by_the_database("a bound delegate says what home has decided"):
        run(SAY, "none", "block", dell.pk)  # type: ignore[arg-type]
    word = OwnWord.objects.create(station=dell, says="block", proposal=rows.granting(valley.dell, folkmoot_now()))
    type(word.proposal).objects.filter(pk=word.proposal_id).update(stage="not_adopted", effect="")
    with refused_by_the_database("a bound delegate says what home has decided"):
        run(SAY, "none", "block", dell.pk)  # type: ignore[arg-type]

    all_say(referral, {valley.dell: "agree"})
    with refused_by_the_database("what a body has said stands"):
        run("UPDATE confederation_station SET said = 'disagree' WHERE id = %s", dell.pk)
    with refused_by_the_database("whom a referral asks never changes"):
        run("UPDATE confederation_station SET proposal_id = NULL WHERE id = %s", dell.pk)


@pytest.mark.parametrize("why", ["bound", "ended", "over", "of another seat", "closed"])
def test_only_a_free_delegate_in_force_deviates(valley: Valley, why: str) -> None:
    place = seat_of(valley.alder if why == "of another seat" else valley.dell)
    delegate = rows.delegate(place, member(place.body), bound=why == "bound")
    referral = ask(valley.valley)
    all_say(referral, {valley.dell: "agree"})
    dell = station(referral, valley.dell)
    if why == "ended":
        Mandate.objects.filter(pk=delegate.pk).update(ended_at=folkmoot_now(), ending="resigned")
    elif why == "over":
        Mandate.objects.filter(pk=delegate.pk).update(ends_at=folkmoot_now())
    elif why == "closed":
        village.move_clock(timedelta(hours=3))

    with refused_by_the_database("a bound delegate says what home has decided"):
        run(DEVIATE, dell.pk, delegate.pk)


def test_a_body_is_never_its_own_ancestor(valley: Valley) -> None:
    with refused_by_the_database("a body is never its own ancestor"):
        rows.seat(valley.hill, valley.valley)
    with refused_by_the_database("a body is never its own ancestor"):
        rows.seat(valley.hill, valley.hill)


def test_a_home_vote_keeps_text_and_time_and_takes_nothing_after_it(valley: Valley) -> None:
    referral = ask(valley.valley)
    until_votes()
    vote = home(referral, valley.dell).votes.get()
    with refused_by_the_database("a vote keeps its closes_at"):
        run("UPDATE core_vote SET closes_at = closes_at + interval '1 day' WHERE id = %s", vote.pk)
    assert (vote.text.text, vote.closes_at) == ("We mend the pump.", referral.base_closes_at)
    until_closed(referral)
    with pytest.raises(Exception, match="clos"):
        village.cast(vote, member(valley.dell), "agree")
    assert connection.in_atomic_block
