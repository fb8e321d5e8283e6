"""What a program puts before confederations: every kind of question that the pages know, and what a body begins for a
confederation above it.
"""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from confederation.forms.questions import WHATS
from confederation.models import Forward
from core.models import Body
from core.timekeeping import folkmoot_now
from tests.confederation import rows
from tests.confederation.valley import Valley, member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rows_by_hand")]


def sent(client: Client, name: str, args: list[Any], data: dict[str, Any]) -> Any:
    """What the API answers."""
    return client.post(reverse(f"api:{name}", args=args), data, content_type="application/json")


def needed(what: str, valley: Valley) -> dict[str, Any]:
    """What each kind of question needs."""
    ceded = rows.ceded(valley.valley).pk
    task = rows.mandate(rows.granting(valley.valley, folkmoot_now()), member(valley.dell), folkmoot_now())
    terms = {"person": member(valley.alder, 2).pk, "task": "Keep it.", "limits": "Buy nothing.", "term_days": 90}
    every: dict[str, dict[str, Any]] = {
        "decision": {"ceded": ceded},
        "recall": {"mandate": task.pk},
        "mandate": terms,
        "cede": {"sort": "works", "words": "The ditches"},
        "take_back": {"ceded": ceded},
        "dissolution": {},
    }
    return every[what]


@pytest.mark.parametrize("what", WHATS)
def test_every_kind_of_question_is_put_forward(client: Client, valley: Valley, what: str) -> None:
    client.force_login(member(valley.alder))
    data = {"what": str(what), "title": "The well", "text": "We need it."}
    args = [valley.alder.slug, valley.valley.slug]
    answer = sent(client, "forward-propose", args, data | needed(what, valley))
    assert answer.status_code == 201, answer.content
    forward = Forward.objects.get()
    assert (forward.what, forward.confederation, forward.proposal.pk) == (what, valley.valley, answer.json()["id"])

    missing = sent(client, "forward-propose", args, data)
    assert missing.status_code == (201 if what == "dissolution" else 422), missing.content


def test_what_is_named_and_not_there_is_not_found(client: Client, valley: Valley) -> None:
    client.force_login(member(valley.alder))
    other = rows.mandate(rows.granting(valley.hill, folkmoot_now()), member(valley.alder), folkmoot_now())
    for about in (
        {"what": "recall", "mandate": other.pk},
        {"what": "decision", "ceded": rows.ceded(valley.hill).pk},
        {"what": "mandate", "person": member(valley.dell).pk, "task": "Keep.", "limits": "None.", "term_days": 9},
    ):
        data = {"title": "The well", "text": "We need it."} | about
        assert sent(client, "forward-propose", [valley.alder.slug, valley.valley.slug], data).status_code == 404
    assert not Forward.objects.exists()


def test_a_body_begins_for_a_confederation_above_it(client: Client, valley: Valley) -> None:
    client.force_login(member(valley.alder))
    shore = rows.confederation("Shore", [rows.street("Elder"), rows.street("Fir")])
    why: dict[str, Any] = {"text": "We need it.", "first": "valley"}
    args = [valley.alder.slug]
    founded = why | {"name": "Delta", "purpose": "We drain.", "unity": "Each decides.", "others": [shore.slug]}
    founded |= {"matters": [{"sort": "works", "words": "Ditches"}]}
    seat = valley.hill.places.get()

    assert sent(client, "confederation-propose", args, founded).status_code == 201
    assert sent(client, "seat-join", args, why | {"confederation": shore.slug}).status_code == 201
    assert sent(client, "seat-leave", [seat.pk], {"text": "We go.", "by": valley.alder.slug}).status_code == 201
    assert set(Forward.objects.values_list("what", "confederation__slug")) == {
        ("confederate", "valley"),
        ("join", "valley"),
        ("leave_above", "hill"),
    }


@pytest.mark.parametrize("first", ["shore", "alder"])
def test_only_for_one_that_is_above_it(client: Client, valley: Valley, first: str) -> None:
    client.force_login(member(valley.alder))
    shore = rows.confederation("Shore", [rows.street("Elder"), rows.street("Fir")])
    data = {"text": "We need it.", "first": first, "confederation": shore.slug}
    assert sent(client, "seat-join", [valley.alder.slug], data).status_code == 404
    assert sent(client, "seat-leave", [valley.hill.places.get().pk], {"text": "We go."}).status_code == 404
    assert Body.objects.filter(slug=first).exists()
    assert not Forward.objects.exists()
