"""A record that tells of two accounts that became one: each way of making it up is found."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from core.actions.settling import settle
from core.record import label
from tests import village
from tests.core.accounts.cast import Home, make_village, of, vouched
from tests.scenes import scene
from tests.verify.forging import data_of, drop
from tests.verify.honest import found, members_file
from tests.verify.story import Change, bound, parsed, where

pytestmark = pytest.mark.django_db

LATER = "2031-01-01T00:00:00.000000Z"


def make_merged() -> Home:
    """Anita's membership has ended in ana's."""
    home = make_village()
    vouched(home)
    village.move_clock(timedelta(hours=73))
    settle()
    return home


home = scene(make_merged)


def by(what: str, label_of: Callable[[Home], str]) -> Callable[[Home], Change]:
    """Somebody else has done it."""

    def change_for(home: Home) -> Change:
        def change(objects: list[Any]) -> None:
            objects[where(objects, what)]["who"] = label_of(home)

        return change

    return change_for


def labelled(name: str) -> Callable[[Home], str]:
    """The label of somebody."""
    return lambda home: label(of(home, getattr(home, name)))


TAMPERED: list[tuple[str, Callable[[Home], Change], str]] = [
    ("one voucher fewer", lambda _home: drop("merging.vouched"), "merged_without"),
    ("nobody asked", lambda _home: drop("merging.asked"), "merging_unknown"),
    ("one of the two vouches", by("merging.vouched", labelled("anita")), "vouched_without"),
    ("another account ends", by("member.merged", labelled("farid")), "merged_without"),
    ("a shorter wait", lambda _home: data_of("member.merged", {"merging": 999}), "merging_unknown"),
    ("an earlier voice", lambda _home: data_of("member.merged", {"voice_from": LATER}), "merged_voice"),
    ("oneself", by("merging.asked", labelled("anita")), "merging_asked"),
]


@pytest.mark.parametrize(("name", "change_for", "code"), TAMPERED, ids=[name for name, _change, _code in TAMPERED])
def test_what_is_made_up_is_found(home: Home, name: str, change_for: Callable[[Home], Change], code: str) -> None:
    objects = parsed(members_file(home.body, home.ana))
    change_for(home)(objects)

    assert code in found(bound(objects)).codes
