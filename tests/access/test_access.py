"""Every route has a line in the access table, and every cell of it holds."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from core.models import Person
from tests import scenes, village
from tests.access.addresses import arguments
from tests.access.lines import INSIDE, KINDS, LIKE_OTHERS, OTHERS, OUTSIDE
from tests.access.scene import Scene, make_scene, remove
from tests.access.sent import sent_to
from tests.access.table import ELSEWHERE, LISTED, TABLE, expected

pytestmark = pytest.mark.django_db

scene = scenes.scene(make_scene)

OURS = ("core", "councils", "defense", "confederation")
REFUSALS = {400, 403, 409, 410, 422}
TAKEN = ("ok", "done")
QUICK = ("stranger", "member")
EVERYBODY = [kind if kind in QUICK else pytest.param(kind, marks=pytest.mark.slow) for kind in (*KINDS, *LIKE_OTHERS)]


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
    assert set(LISTED) <= set(TABLE)


def client_of(kind: str, scene: Scene) -> Client:
    """A browser in which that kind of person is signed in, or a program with that token."""
    secret = {"reader": "read", "actor": "act"}.get(kind, kind)
    if secret in scene.secrets:
        return Client(headers={"authorization": f"Bearer {scene.secrets[secret]}"})
    client = Client()
    if kind != "nobody":
        client.force_login(scene.people[kind], backend="django.contrib.auth.backends.ModelBackend")
    return client


def fits(answer: Any, expected: str) -> bool:
    """Whether an answer is the one the table names."""
    status: int = answer.status_code
    to_sign_in = "/account/login/" in answer.headers.get("Location", answer.headers.get("HX-Redirect", ""))
    if expected == "in":
        return status in (204, 302) and to_sign_in
    if expected == "done":
        return status in (302, 303) and not to_sign_in
    if expected == "no":
        return status in REFUSALS
    return status in (200, 201) if expected == "ok" else status == int(expected)


@cache
def tables() -> list[str]:
    """Those of core and of the pillars."""
    return sorted({model._meta.db_table for app in OURS for model in apps.get_app_config(app).get_models()})


def state() -> tuple[Any, ...]:
    """What no refused request and no GET may change: every row of core and of the pillars."""
    sums = ", ".join(f"(SELECT sum(hashtext(row_of::text)) FROM {table} AS row_of)" for table in tables())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sums}")
        found: tuple[Any, ...] = cursor.fetchone()
    return found


WRITTEN = """
    SELECT sum(pg_stat_get_xact_tuples_inserted(name) + pg_stat_get_xact_tuples_updated(name)
        + pg_stat_get_xact_tuples_deleted(name))
    FROM unnest(%s::regclass[]) AS name
"""


def written() -> int:
    """How many rows of these tables this transaction has written by now, with those it took back. Where it is as it
    was, nothing was changed, and all rows need not be read to know it.
    """
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN, [tables()])
        return int(cursor.fetchone()[0])


def ask(client: Client, name: str, method: str, scene: Scene) -> Any:
    """Send what the table sends."""
    address = reverse(name, kwargs=arguments(name, scene))
    if method != "POST":
        return client.generic(method, address)
    if name.startswith("api:"):
        return client.post(address, sent_to(name, scene), content_type="application/json")
    return client.post(address, sent_to(name, scene))


def differences(
    kind: str,
    methods: tuple[str, ...],
    scene: Scene,
    *,
    listed: bool = False,
    htmx: bool = False,
    names: Iterable[str] = TABLE,
) -> list[str]:
    """Where a kind of person is answered otherwise than the table says, or a refusal or a GET has changed something."""
    client, found, before = client_of(kind, scene), [], state()
    if htmx:
        client.defaults["HTTP_HX_REQUEST"] = "true"
    for name in names:
        for method in methods:
            told = expected(name, kind, method, listed=listed)
            moment, so_far = transaction.savepoint(), written()
            answer = ask(client, name, method, scene)
            if not fits(answer, told):
                found.append(f"{name} {kind} {method}: {answer.status_code}, not {told}")
            untouched = (told not in TAKEN or method == "GET") and told != "done"
            if untouched and written() != so_far and state() != before:
                found.append(f"{name} {kind} {method}: refused or read, but something changed")
            transaction.savepoint_rollback(moment)
    return found


@pytest.mark.parametrize("kind", EVERYBODY)
def test_each_route_answers_each_kind_of_person_as_the_table_says(kind: str, scene: Scene) -> None:
    found = differences(kind, ("GET", "POST"), scene)
    assert not found, "\n".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("kind", [*KINDS, *LIKE_OTHERS])
def test_each_route_refuses_all_other_methods_and_answers_head_like_get(kind: str, scene: Scene) -> None:
    found = differences(kind, ("HEAD", *OTHERS), scene)
    assert not found, "\n".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["nobody", *OUTSIDE])
def test_htmx_is_shown_no_more(kind: str, scene: Scene) -> None:
    found = differences(kind, ("GET", "POST"), scene, htmx=True)
    assert not found, "\n".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["nobody", *OUTSIDE, "ended"])
def test_a_listed_body_shows_what_it_is_and_nothing_else(kind: str, scene: Scene) -> None:
    scene.body.listed = True
    scene.body.save(update_fields=["listed"])
    found = differences(kind, ("GET", "POST"), scene, listed=True)
    assert not found, "\n".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("kind", [*INSIDE, "closed", "reader", "actor"])
def test_who_sees_a_body_anyway_sees_it_listed_too(kind: str, scene: Scene) -> None:
    scene.body.listed = True
    scene.body.save(update_fields=["listed"])
    found = differences(kind, ("GET", "POST"), scene, listed=True, names=LISTED)
    assert not found, "\n".join(found)


def test_the_table_is_not_blind(scene: Scene) -> None:
    """A member sees what a stranger does not: the difference the table rests on."""
    address = reverse("core:proposal-detail", kwargs=scene.keys["proposals"])
    assert client_of("member", scene).get(address).status_code == 200
    assert client_of("stranger", scene).get(address).status_code == 404


def test_a_row_that_is_made_changed_or_deleted_is_noticed_and_one_that_is_read_is_not(scene: Scene) -> None:
    acts: list[Callable[[], object]] = [
        lambda: village.make_people("ghost"),
        lambda: Person.objects.filter(sign_in_name="ghost").update(display_name="Nobody"),
        lambda: Person.objects.filter(sign_in_name="ghost").delete(),
    ]

    for act in acts:
        so_far, before = written(), state()
        assert Person.objects.filter(sign_in_name="ghost").count() in {0, 1}
        assert (written(), state()) == (so_far, before)
        act()
        assert written() > so_far
        assert state() != before


def test_an_idea_is_its_authors_alone(scene: Scene) -> None:
    address = reverse("core:proposal-detail", kwargs=scene.keys["idea"])
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
