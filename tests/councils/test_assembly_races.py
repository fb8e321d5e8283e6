"""Several devices at one assembly at once, on real connections; and the locks that keep them apart."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from core.actions import entering
from core.models import Vote
from core.queries.papers import get_count
from core.rules.positions import Position
from core.timekeeping import folkmoot_now
from councils.actions import door, minutes, running, speaking, waiving
from councils.models import Attendance, MinuteLine, Turn
from councils.queries.room import get_order
from tests import village
from tests.core.actions.locking import before
from tests.core.actions.scene import spoken, undone
from tests.core.people.test_races import at_once, refused
from tests.councils.assemblies import (
    Hall,
    add,
    confirmed,
    for_ballots,
    make_hall,
    opened,
    paper,
    put_to_the_vote,
    written_down,
)
from tests.councils.test_assembly_matrix import VERBS, brought_to
from tests.scenes import scene

hall = scene(make_hall)


@pytest.fixture
def room(transactional_db: None) -> Hall:
    """An open assembly, for others to see at once."""
    return opened(make_hall(), "ana", "eva", "farid")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_person_entered_by_two_at_once_is_there_once(room: Hall) -> None:
    bruno, by = room.member("bruno"), (room.ana, room.people["eva"])

    answers = at_once([partial(door.arrive, room.assembly, bruno, by=who, at=folkmoot_now()) for who in by * 4])

    assert not refused(answers)
    assert Attendance.objects.filter(membership=bruno).count() == 1
    assert MinuteLine.objects.filter(kind="arrived", membership=bruno).count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_called_to_speak_at_once_one_speaks(room: Hall) -> None:
    for _time in range(5):
        who = [room.member("eva"), room.member("farid")]
        acts = [partial(speaking.give_word, room.assembly, each, by=room.ana, at=folkmoot_now()) for each in who]
        answers = at_once(acts)
        assert len(refused(answers)) == 1
        assert "is speaking. Say first that this turn is over." in refused(answers)[0]
        assert Turn.objects.filter(called_at__isnull=False, ended_at__isnull=True).count() == 1
        speaking.stop(room.assembly, by=room.ana, at=folkmoot_now())


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_who_press_next_at_once_move_the_list_on_by_one(room: Hall) -> None:
    for name in ("ana", "eva", "farid"):
        speaking.raise_hand(room.assembly, "speak", by=room.people[name], at=folkmoot_now())
    by = (room.ana, room.people["eva"])

    answers = at_once(
        [partial(speaking.call_next, room.assembly, get_order, seen=0, by=who, at=folkmoot_now()) for who in by * 2]
    )

    assert len(refused(answers)) == 3
    assert Turn.objects.filter(called_at__isnull=False).count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_who_arrives_while_it_closes_is_there_or_is_told(room: Hall) -> None:
    names = ("bruno", "gina", "hugo", "ines")
    arriving = [partial(door.arrive, room.assembly, room.member(n), by=room.ana, at=folkmoot_now()) for n in names]
    closing = partial(running.close, room.assembly, by=room.people["eva"], at=folkmoot_now())

    answers = at_once([*arriving, closing])

    came = Attendance.objects.filter(membership__in=[room.member(name) for name in names]).count()
    assert came + len(refused(answers)) == len(names)
    assert set(refused(answers)) <= {"The assembly is over."}
    said = MinuteLine.objects.get(kind="closed").numbers["present"]
    assert said == 3 + came  # nobody came in after it was counted who is still there


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_question_settled_twice_at_once_is_settled_once(room: Hall) -> None:
    item = add(room, proposal=village.make_proposal(room.body, room.people["farid"]))
    running.begin_item(item, by=room.ana, at=folkmoot_now())
    waiver = waiving.ask(item, by=room.ana, at=folkmoot_now())

    answers = at_once([partial(waiving.settle, waiver, by=room.ana, at=folkmoot_now()) for _time in range(4)])

    assert refused(answers) == ["This question is settled."] * 3
    assert MinuteLine.objects.filter(kind="not_waived").count() == 1


AUTHORS = ("ana", "bruno", "eva", "farid", "gina", "hugo")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_vote_by_phone_by_name_and_on_paper_at_once_counts_each_person_once(transactional_db: None) -> None:
    """Six votes, one after the other. Eva gives hers by phone and on paper, hugo on paper and by name."""
    hall = make_hall()
    items = [for_ballots(hall, author) for author in AUTHORS]
    opened(hall, *AUTHORS, item=False)
    votes = [put_to_the_vote(item) for item in items]

    wrong = [each for vote in votes for each in refused(at_once(three_ways(hall, vote))) if each not in TOLD]
    village.close(votes[-1])

    assert wrong == []
    for vote in Vote.objects.filter(pk__in=[each.pk for each in votes]):
        ballots = get_count(vote).ballots
        assert [ballot.name for ballot in ballots] == ["Ana", "Bruno", "Eva", "Farid", "Gina", "Hugo"]
        assert [ballot.came for ballot in ballots] == ["own", "own", "own", "named", "named", "named"]
        assert sum(vote.counts.values()) == len(ballots) == 6
        assert vote.counts[Position.ASIDE] == 1  # what hugo said aloud stands, whenever his paper came


TOLD = (str(entering.OVER),)
"""All that anybody is told in this: somebody entered it anew meanwhile."""


def three_ways(hall: Hall, vote: Vote) -> list[Callable[[], object]]:
    """What happens at once: three phones, what waits to be confirmed, and hugo who says aloud what he thinks now."""
    waiting = [written_down(hall, vote, "farid"), written_down(hall, vote, "gina")]
    waiting += [written_down(hall, vote, name, number=paper(hall, vote)) for name in ("eva", "hugo")]
    phones = [partial(village.cast, vote, hall.people[name], "agree") for name in ("ana", "bruno", "eva")]

    def aloud() -> object:
        return confirmed(hall, written_down(hall, vote, "hugo", "aside"))

    return [*phones, *(partial(confirmed, hall, each) for each in waiting), aloud]


LOCK = 'FROM "councils_assembly"'
PREPARED = ("councils_duty", "councils_agendaitem", "councils_waiver", "councils_errand")
"""Rows that the matrix makes ready before the verb itself begins."""


@pytest.mark.django_db
@pytest.mark.parametrize("stage", ["poll", "called", "open", "held", "published"])
def test_every_act_locks_the_assembly_before_it_writes(hall: Hall, stage: str) -> None:
    """Acts of several devices come one after the other."""
    brought_to(hall, stage)
    wrong = [
        name
        for name, (who, stages, verb) in VERBS.items()
        if stage in stages and name != "finish" and not locks(partial(verb, hall, hall.people[who]))
    ]
    assert wrong == []


def locks(act: Callable[[], Any]) -> bool:
    """Whether the row of the assembly is locked, NO KEY, before any row of it is written."""
    with undone(), spoken() as heard:
        act()
    places = [n for n, each in enumerate(heard) if LOCK in each and "FOR NO KEY UPDATE" in each]
    writes = ('INSERT INTO "councils', 'UPDATE "councils', 'DELETE FROM "councils')
    early = [each for each in heard[: places[0] if places else None] if each.startswith(writes)]
    return bool(places) and all(any(name in each for name in PREPARED) for each in early)


@pytest.mark.django_db
def test_an_errand_is_locked_before_it_is_finished(hall: Hall) -> None:
    opened(hall, "ana")
    errand = minutes.take_on(hall.assembly, "Dig", None, None, by=hall.ana, at=folkmoot_now())
    with undone(), spoken() as heard:
        minutes.finish(errand, by=hall.ana, at=folkmoot_now())
    assert before(heard, "FOR NO KEY UPDATE", 'UPDATE "councils_errand"')


@pytest.mark.django_db
def test_who_arrives_holds_the_membership_first(hall: Hall) -> None:
    """Leaving the council and arriving at its door come one after the other."""
    opened(hall, "ana")
    with undone(), spoken() as heard:
        door.arrive(hall.assembly, hall.member("bruno"), by=hall.ana, at=folkmoot_now())
    locked = [each for each in heard if "FOR NO KEY UPDATE" in each]
    assert ["core_membership" in each for each in locked] == [True, False]
    assert LOCK in locked[1]
