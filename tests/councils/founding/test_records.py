"""The records of a catalyst group and of the council that it founds hold, and what is changed in them is found."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from core.actions import founding, memberships, opening
from core.actions.settling import settle
from core.timekeeping import folkmoot_now
from councils.actions import boards, profiles
from councils.rules.profiles import Profile
from tests import village
from tests.councils.founding import scene as made
from tests.councils.founding.scene import Founding
from tests.scenes import scene
from tests.verify.honest import assert_whole, found, members_file
from tests.verify.story import bound, parsed, where

pytestmark = pytest.mark.django_db


def make_past() -> Founding:
    """A founding with an objection, more time, a leaver, a new profile, up to the hand-over."""
    past = made.founding_now()
    made.object_to(past, past.neighbours[4])
    made.adopt(past, *past.neighbours[:4])
    founding.take_back(made.draft_of(past), by=past.neighbours[4], at=folkmoot_now())
    for person in past.neighbours[:3]:
        boards.ask_for_time(past.board, by=person)
    made.adopt(past, past.neighbours[4])
    made.first_mandate(past)
    proposal = profiles.propose(
        past.council,
        Profile("block", "All of the block.", 40),
        by=past.ana,
        at=folkmoot_now(),
        title="Us",
        text="More.",
    )
    village.move_clock(timedelta(days=8))
    vote = opening.open_vote(proposal, by=past.ana)
    for person in past.neighbours[:4]:
        village.cast(vote, person, "agree")
    village.close(vote)
    past.board = boards.hand_over(past.board, by=past.ana)
    memberships.leave(past.council, by=past.neighbours[4])
    return past


past = scene(make_past)


def test_both_records_of_a_founding_hold(past: Founding) -> None:
    assert past.council.profiles.filter(in_force_at__isnull=False).latest("in_force_at").size_hint == 40
    assert_whole(past.group, past.eva)
    assert_whole(past.council, past.ana)


def test_the_record_of_a_founding_that_the_clock_ended_holds() -> None:
    over = made.founding_now()
    made.object_to(over, over.ana)
    village.move_clock(timedelta(days=181))
    settle()

    assert over.council.ended_at is not None
    assert_whole(over.group, over.eva)
    assert_whole(over.council)


Change = Callable[[list[dict[str, Any]]], None]


def change(what: str, **data: Any) -> Change:
    """Another thing is said in the first line of a sort."""

    def changed(objects: list[dict[str, Any]]) -> None:
        objects[where(objects, what)]["data"].update(data)

    return changed


def by_another(what: str) -> Change:
    """Somebody else is said to have done it: the last who did anything else."""

    def changed(objects: list[dict[str, Any]]) -> None:
        objects[where(objects, what)]["who"] = "0" * 32

    return changed


CHANGES: list[tuple[str, Change, str]] = [
    ("council", change("body.formed", founders=3), "draft_objected"),
    ("council", change("body.formed", founders=2), "founders"),
    ("council", change("charter.adopted_by", charter=2), "charter_without"),
    ("council", by_another("charter.objected_by"), "draft_objected"),
    ("council", by_another("charter.objection_taken_back"), "draft_objected"),
    ("council", change("council.described", size=60), "described_without"),
    ("council", by_another("founding.more_time_asked"), "board_act"),
    ("group", change("board.opened", ends="2030-01-01T00:00:00.000000Z"), "board_time"),
    ("group", by_another("board.opened"), "board_without"),
    ("group", by_another("board.scoped"), "board_act"),
    ("group", change("board.extended", ends="2030-01-01T00:00:00.000000Z"), "board_time"),
    ("group", change("board.closed", how="time"), "board_time"),
]


@pytest.mark.parametrize(("body", "changed", "code"), CHANGES)
def test_what_is_changed_in_them_is_found(past: Founding, body: str, changed: Change, code: str) -> None:
    objects = parsed(members_file(past.group if body == "group" else past.council))
    changed(objects)

    said = [each.code for each in found(bound(json.loads(json.dumps(objects)))).broken]
    assert code in said
