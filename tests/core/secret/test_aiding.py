"""Who helped whom in a secret vote: each helper writes it down, ten at most, told with the count and never before."""

import json

import pytest

from core.actions import aiding, entering
from core.models import Aid, EnteredBallot, RecordLine
from core.queries.papers import get_printed
from core.refusals import Denied, TooLate, WrongStep
from core.rules.entering import AIDED_AT_MOST
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.locking import locks_of
from tests.core.actions.scene import refused, refused_by_the_database, run
from tests.core.secret.scene import Court, make_court, recall
from tests.scenes import scene
from tests.verify.honest import found, members_file

pytestmark = pytest.mark.usefixtures("signer_folder")
court = scene(make_court)


def test_helping_is_told_with_the_count_and_only_of_who_voted(court: Court) -> None:
    vote = recall(court)
    ana, _bruno, eva, farid, gina, hugo, *_rest = court.people
    for helper in (ana, eva):
        aiding.note(vote, gina, by=helper)
    aiding.note(vote, hugo, by=ana)  # who then did not vote
    aiding.note(vote, gina, by=ana)
    assert Aid.objects.filter(helper=ana).count() == 2
    assert not RecordLine.objects.filter(line__contains="helped").exists()

    for person in (ana, eva, farid, gina, court.people[6]):
        village.cast_secretly(vote, person, "yes")
    village.close(vote)

    data = json.loads(RecordLine.objects.get(what="vote.counted", line__contains="helped").line)["data"]
    assert len(data["helped"]) == 2
    assert len({elector for elector, _helper in data["helped"]}) == 1
    assert found(members_file(court.body)).broken == []
    printed = get_printed(vote, at=folkmoot_now())
    assert [(each.name, each.helpers) for each in printed.helped] == [(gina.display_name, ["Ana", "Eva"])]


def test_who_helps_whom(court: Court) -> None:
    vote = recall(court)
    ana, bruno, eva, *_rest = court.people

    for person, by in ((ana, bruno), (ana, ana), (ana, court.carla), (court.dario, ana)):
        with refused(Denied):
            aiding.note(vote, person, by=by)
    open_vote = village.make_vote(court.body, ana)
    with refused(WrongStep):
        aiding.note(open_vote, eva, by=ana)
    village.move_clock(vote.closes_at - folkmoot_now())
    with refused(TooLate):
        aiding.note(vote, eva, by=ana)


def test_nobody_enters_a_ballot_in_a_secret_vote(court: Court) -> None:
    vote = recall(court)

    for way in EnteredBallot.Way:
        with refused(Denied, "secret"):
            entering.enter(vote, court.people[4], "yes", by=court.ana, way=way, number="")


def test_helping_locks_both_and_the_place_on_the_roll(court: Court) -> None:
    vote = recall(court)

    taken = locks_of(lambda: aiding.note(vote, court.people[4], by=court.ana))

    assert taken == ["membership", "vote shared", "rollentry"]


def test_the_database_keeps_whom_one_helps(court: Court) -> None:
    vote = recall(court)
    aid = aiding.note(vote, court.people[4], by=court.ana)
    own = vote.roll.get(person=court.ana)

    with refused_by_the_database("somebody else"):
        run(
            "INSERT INTO core_aid (vote_id, roll_id, helper_id, number, at) "
            "SELECT vote_id, %s, helper_id, 2, at FROM core_aid WHERE id = %s",
            own.pk,
            aid.pk,
        )
    with refused_by_the_database("Cannot"):
        run("UPDATE core_aid SET number = %s WHERE id = %s", AIDED_AT_MOST, aid.pk)
