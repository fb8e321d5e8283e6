"""The locks of a founding are in the SQL, in the one order, and the clock is read after them."""

from datetime import timedelta

import pytest

from core.actions import bodies, endings
from core.timekeeping import folkmoot_now
from councils.actions import boards
from tests import village
from tests.core.actions.locking import before, locks_of
from tests.core.actions.scene import spoken, undone
from tests.councils.founding import scene as made
from tests.councils.founding.scene import Founding
from tests.scenes import scene

pytestmark = pytest.mark.django_db

going = scene(made.founding_now)


def test_what_is_done_on_a_board_locks_its_group_its_council_and_itself(going: Founding) -> None:
    for act in (
        lambda: boards.invite(going.board, by=going.eva),
        lambda: boards.ask_for_time(going.board, by=going.ana),
    ):
        assert locks_of(act)[:2] == ["body", "board"]


def test_the_end_of_a_board_is_judged_after_the_locks(going: Founding) -> None:
    with undone(), spoken() as heard:
        boards.ask_for_time(going.board, by=going.ana)
    assert before(heard, 'FROM "councils_board" WHERE "councils_board"."id"', "SELECT folkmoot_now()")


def test_the_clock_locks_the_members_that_end_with_a_council_first(going: Founding) -> None:
    village.move_clock(timedelta(days=181))
    assert locks_of(lambda: boards.end_if_over(going.board.pk))[:3] == ["membership", "body", "board"]


def test_adopting_locks_the_founding_member_and_the_body(going: Founding) -> None:
    taken = locks_of(lambda: bodies.adopt(made.draft_of(going), by=going.ana, at=folkmoot_now()))
    assert taken[:2] == ["membership", "body"]


def test_the_end_of_a_body_locks_all_that_ends_with_it() -> None:
    ready = made.ready()
    village.make_vote(ready.council, ready.ana)
    taken = locks_of(lambda: endings.end(endings.take_all(ready.council), at=folkmoot_now()))
    assert taken[:5] == ["membership", "body", "mandate", "proposal", "vote alone"]
