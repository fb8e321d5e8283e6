"""Whatever stands in a field of a form, a call or an address: it is taken or refused, and never an error of ours."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from tests import scenes
from tests.access.addresses import arguments
from tests.access.scene import Scene, make_scene
from tests.access.sent import sent_to
from tests.access.table import TABLE
from tests.access.test_access import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

scene = scenes.scene(make_scene)

WORDS = (
    "a\x00b", "\u202e", "\u200b", "9" * 3000, "٣" * 30, str(2**63), "-1", "1e400", "NaN", "0001-01-01", "9999-12-31",
    "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "x" * 70_000,
)  # fmt: skip
JSON: tuple[Any, ...] = (None, True, [], {}, 2**70, -1, 1.5, 1e308, "\ud800", [["\ud800"]], {"\ud800": 1}, *WORDS)
WHOLE: dict[str, dict[str, Any]] = {
    "api:proposal-create": {
        "review_on": "2030-01-01", "sum": 1, "urgent": True, "kind": "mandate", "replaces": 1, "member": 1,
        "tasks": [{"what": "Dig"}], "offer": {"person": 1, "task": "Dig", "limits": "None", "term_days": 3},
    },
    "api:vote-open": {"closes_at": "2030-01-01T00:00:00Z"},
}  # fmt: skip
"""Fields that may be sent, beside those that the table sends."""


def tries(name: str, client: Client, scene: Scene) -> Iterator[tuple[str, Any]]:
    """Each bad value in each field, all others good; then in the words of the address."""
    address = reverse(name, kwargs=arguments(name, scene))
    good = sent_to(name, scene) | WHOLE.get(name, {})
    if name.startswith("api:"):
        for field in good:
            for value in JSON:
                body = json.dumps({**good, field: value})
                yield f"{field}={value!r:.30}", client.post(address, body, content_type="application/json")
        return
    for field in (*good, "once"):
        for value in WORDS:
            yield f"{field}={value!r:.30}", client.post(address, {**good, field: value})
    yield from asked(address, client)


def asked(address: str, client: Client) -> Iterator[tuple[str, Any]]:
    """Each bad value in each word of the address that the page reads, also in one that it reads because of another."""
    waiting, tried = set[str](), set[str]()
    with noting(waiting):
        yield "?", client.get(address)
        while waiting - tried:
            word = min(waiting - tried)
            tried.add(word)
            for value in WORDS[:-1]:
                yield f"?{word}={value!r:.30}", client.get(address, {word: value})


@contextmanager
def noting(words: set[str]) -> Iterator[None]:
    """Note the name of everything that is looked up in a query meanwhile."""

    def spy(name: str) -> Any:
        looked_up = getattr(QueryDict, name)

        def noted(self: QueryDict, key: str, *rest: Any) -> Any:
            words.add(key)
            return looked_up(self, key, *rest)

        return patch.object(QueryDict, name, noted)

    with spy("__getitem__"), spy("__contains__"), spy("getlist"):
        yield


@pytest.mark.parametrize("name", [name for name, line in TABLE.items() if line.get["author"] != "404"])
def test_no_value_of_a_field_is_an_error_of_ours(name: str, scene: Scene) -> None:
    client, found = client_of("author", scene), []
    client.raise_request_exception = False
    moment = transaction.savepoint()
    for what, answer in tries(name, client, scene):
        if answer.status_code >= 500:
            found.append(f"{name} {what}: {answer.status_code}")
        transaction.savepoint_rollback(moment)
        moment = transaction.savepoint()

    assert not found, "\n".join(found)


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 2**70, 10**30])
@pytest.mark.parametrize("path", ["/proposals/%d/", "/mandates/%d/", "/notices/%d/", "/api/v1/proposals/%d/"])
def test_no_number_in_an_address_is_an_error_of_ours(scene: Scene, path: str, number: int) -> None:
    assert client_of("author", scene).get(path % number).status_code == 404


def test_what_a_page_reads_of_its_address_is_found(scene: Scene) -> None:
    words, address = set[str](), reverse("core:record-list", kwargs=arguments("core:record-list", scene))

    with noting(words):
        client_of("author", scene).get(address)

    assert words >= {"what", "page"}
