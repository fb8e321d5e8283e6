"""Every route has a line in the access table, and every cell of it holds."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from core.actions import proposals
from core.models import Ballot, Cause, Membership, RecordLine, Vote
from core.timekeeping import folkmoot_now
from tests import scenes, village
from tests.access.scene import Scene, arguments, make_scene, remove
from tests.access.table import ELSEWHERE, KINDS, TABLE

pytestmark = pytest.mark.django_db

scene = scenes.scene(make_scene)

REFUSALS = {400, 403, 409, 410, 422}


def routes(patterns: list[Any], space: str = "") -> Iterator[str]:
    """The names of all routes."""
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, f"{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}"


def test_every_route_has_a_line_and_every_line_a_route() -> None:
    ours = {name for name in routes(get_resolver().url_patterns) if not name.startswith(ELSEWHERE)}
    assert ours == set(TABLE)


def client_of(kind: str, scene: Scene) -> Client:
    """A browser in which that kind of person is signed in."""
    client = Client()
    if kind != "nobody":
        client.force_login(scene.people[kind], backend="django.contrib.auth.backends.ModelBackend")
    return client


def fits(answer: Any, expected: str) -> bool:
    """Whether an answer is the one the table names."""
    status: int = answer.status_code
    to_sign_in = "/account/login/" in answer.headers.get("Location", "")
    if expected == "in":
        return status == 302 and to_sign_in
    if expected == "done":
        return status in (302, 303) and not to_sign_in
    if expected == "no":
        return status in REFUSALS
    return status == (200 if expected == "ok" else int(expected))


def state() -> tuple[int, ...]:
    """What no refused request may change."""
    counted = [model.objects.count() for model in (RecordLine, Ballot, Vote, Cause)]
    return (*counted, Membership.objects.open().count())


def differences(name: str, kind: str, client: Client, scene: Scene) -> list[str]:
    """Where a route answers a kind of person otherwise than the table says, or a refusal has changed something."""
    address, found = reverse(name, kwargs=arguments(name, scene)), []
    for method, expected in (("get", TABLE[name].get[kind]), ("post", TABLE[name].post[kind])):
        before, moment = state(), transaction.savepoint()
        if name.startswith("api:") and method == "post":
            answer = client.post(address, {}, content_type="application/json")
        else:
            answer = getattr(client, method)(address)
        if not fits(answer, expected):
            found.append(f"{name} {kind} {method}: {answer.status_code}, not {expected}")
        if expected not in ("done", "ok", "201") and state() != before:
            found.append(f"{name} {kind} {method}: refused, but something changed")
        transaction.savepoint_rollback(moment)
    return found


QUICK = ("nobody", "member")


@pytest.mark.parametrize(
    "kind", [kind if kind in QUICK else pytest.param(kind, marks=pytest.mark.slow) for kind in KINDS]
)
def test_each_route_answers_each_kind_of_person_as_the_table_says(kind: str, scene: Scene) -> None:
    client = client_of(kind, scene)
    found = [each for name in TABLE for each in differences(name, kind, client, scene)]
    assert not found, "\n".join(found)


def test_the_table_is_not_blind(scene: Scene) -> None:
    """A member sees what a stranger does not: the difference the table rests on."""
    address = reverse("core:proposal-detail", kwargs=scene.keys["proposals"])
    assert client_of("member", scene).get(address).status_code == 200
    assert client_of("stranger", scene).get(address).status_code == 404


def test_an_idea_is_its_authors_alone(scene: Scene) -> None:
    idea = proposals.draft(scene.body, by=scene.people["author"], at=folkmoot_now(), title="Idea", text="Not yet.")
    address = reverse("core:proposal-detail", args=[idea.pk])
    answers = {kind: client_of(kind, scene).get(address).status_code for kind in KINDS if kind != "nobody"}
    assert answers == {kind: 200 if kind == "author" else 404 for kind in answers}


def test_the_removed_still_see_the_vote_they_may_vote_in(scene: Scene) -> None:
    village.move_clock(timedelta(days=8))
    body = village.make_council("Cedar", [scene.people[name] for name in ("author", "member", "holder", "another")])
    vote = village.make_vote(body, scene.people["author"])
    remove(body, scene.people["another"])
    client = client_of("another", scene)
    assert client.get(f"/proposals/{vote.proposal_id}/").status_code == 200
    cast = client.post(f"/proposals/{vote.proposal_id}/ballot/", {"vote": vote.pk, "position": "agree", "once": "x"})
    assert cast.status_code == 303
    village.close(vote)
    assert client.get(f"/proposals/{vote.proposal_id}/").status_code == 404
