"""The verifier reports whatever a file holds and falls over none: a crash would tell nobody what does not hold."""

import copy
from random import Random
from typing import Any

import pytest

from core.models import Body
from tests.scenes import scene
from tests.verify.honest import found, members_file
from tests.verify.story import Line, bound, parsed
from tests.verify.test_secret_tampering import make_past as make_secret_past
from tests.verify.test_tampering import Story, make_past
from verify.report import told

pytestmark = pytest.mark.django_db

story = scene(make_past)
past = scene(make_secret_past)

NESTED: list[Any] = []
for _level in range(400):
    NESTED = [NESTED]
ODD: list[Any] = [None, True, -1, 0, 2**53, "", "x", "ab" * 16, [], [0], [[]], {}, {"a": 1}, {"1": "x"}, NESTED]
TRIES = 100


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every place within a value where something stands: its container and its key."""
    if not isinstance(value, dict | list):
        return []
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    return [(value, key) for key in keys] + [place for key in keys for place in places(value[key])]


def spoil(objects: list[Line], dice: Random) -> None:
    """Something odd stands somewhere, or something is missing."""
    container, key = dice.choice(places(objects[dice.randrange(1, len(objects))]))
    if dice.random() < 0.3:
        del container[key]
    else:
        container[key] = copy.deepcopy(dice.choice(ODD))


def try_all(body: Body, seed: int) -> int:
    """Files with one to three odd things each; how many of them were found."""
    dice, honest, broken = Random(seed), members_file(body), 0
    for _try in range(TRIES):
        objects = parsed(honest)
        for _odd in range(dice.randrange(1, 4)):
            spoil(objects, dice)
        file = bound([each for each in objects if isinstance(each, dict)])
        findings = found(file)
        assert list(told(findings, "es"))
        broken += not findings.holds
    return broken


def test_odd_things_in_a_record_of_open_votes(story: Story) -> None:
    assert try_all(story.body, 1) > TRIES * 0.8


def test_odd_things_in_records_of_secret_votes_and_elections(past: tuple[Body, Body]) -> None:
    for body in past:
        assert try_all(body, 2) > TRIES * 0.8
