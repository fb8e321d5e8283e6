"""A charter in words: every setting is told, each by what it means."""

from dataclasses import fields, replace
from typing import Any

import pytest
from django.utils.translation import override

from core.forms.bodies import CharterForm
from core.rules.charter import TEMPLATES, CharterNumbers
from core.rules.shares import Share
from core.words.charters import lines

OTHERS: dict[str, Any] = {
    "consensus_up_to": 30,
    "agreement": Share(2, 3),
    "quorum": Share(1, 3),
    "second_quorum": Share(1, 4),
    "discussion_days": 5,
    "voting_hours": 30,
    "recall_hours": 48,
    "asides": Share(1, 3),
    "round_days": 10,
    "rounds_max": 1,
    "after_rounds": "weak",
    "term_days": 90,
    "renewals": 0,
    "admission": "proposal",
    "waiting_days": 0,
    "open_proposals": 1,
    "counts_visible": "members",
    "secret_from": None,
    "minimum_age": 18,
    "codes": False,
    "votes_by_mail": True,
    "urgent_sum": 200,
    "time_zone": "Europe/Madrid",
}


def told(numbers: CharterNumbers) -> str:
    with override("en"):
        return " ".join(f"{line.name}: {line.says}" for line in lines(numbers))


@pytest.mark.parametrize("setting", [each.name for each in fields(CharterNumbers)])
def test_every_setting_changes_what_is_told(setting: str) -> None:
    changed = replace(CharterNumbers(), **{setting: OTHERS[setting]})

    assert told(changed) != told(CharterNumbers())


@pytest.mark.parametrize("template", list(TEMPLATES))
def test_nothing_is_left_unsaid(template: str) -> None:
    said = told(TEMPLATES[template])

    assert "%(" not in said
    assert ": ." not in said


def test_the_edges_read_well() -> None:
    said = told(replace(CharterNumbers(), renewals=0, waiting_days=0, rounds_max=1, secret_from=None, term_days=1))

    for words in ("It is not renewed in a row.", "New members vote: At once.", "1 round at most.", "At most 1 day."):
        assert words in said


def test_the_form_asks_for_every_setting() -> None:
    assert {each.name for each in fields(CharterNumbers)} <= CharterForm.base_fields.keys()
