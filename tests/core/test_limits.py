"""Limits: exactly one beyond is refused, nothing typed is lost, nobody else is in the way."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from config.counting import CountingCache
from core import limits
from core.actions.throttle import Throttle
from core.models import Ballot, Body, Comment, Person, Proposal, Vote
from tests import village
from tests.access.table import TABLE

pytestmark = pytest.mark.django_db

TELL_MANY = {
    "core:proposal-new": "api:proposal-create",
    "core:affected-name": "api:affected",
    "core:affected-ask": "api:affected-ask",
    "core:merging-ask": "api:merging-ask",
    "councils:study-new": "api:study-announce",
    "councils:study-call-off": "api:study-call-off",
    "councils:board-assembly": "api:board-assembly",
    "core:ballot-enter": "api:entered",
    "core:ballot-confirm": "api:ballot-confirm",
}
"""Pages whose acts are told to many, or again and again to one; and the calls that do the same."""


@pytest.fixture(autouse=True)
def _limited(settings: Settings) -> None:
    settings.RATE_LIMITS = True


@pytest.fixture
def people() -> list[Person]:
    return village.make_people("ana", "bruno", "eva")


@pytest.fixture
def body(people: list[Person]) -> Body:
    return village.make_council("Elm Street", people)


@pytest.fixture
def proposal(body: Body, people: list[Person]) -> Proposal:
    return village.make_proposal(body, people[0])


@pytest.fixture
def vote(body: Body, people: list[Person]) -> Vote:
    return village.make_vote(body, people[0])


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def say(client: Client, proposal: Proposal, words: str, **more: Any) -> Any:
    return client.post(f"/proposals/{proposal.pk}/comment/", {"text": words, "once": words}, **more)


def small(monkeypatch: pytest.MonkeyPatch, route: str, limit: int) -> None:
    """A limit that a test reaches quickly; an hour's, so that no full minute falls between two tries."""
    monkeypatch.setitem(limits.LIMITS, route, Throttle(f"test {route}", limit=limit, seconds=10**9))


def test_one_comment_beyond_the_limit_is_refused_and_its_words_are_kept(
    people: list[Person], proposal: Proposal, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(monkeypatch, "core:proposal-comment", 2)
    ana, bruno = browser(people[0]), browser(people[1])
    assert [say(ana, proposal, f"word {n}").status_code for n in range(2)] == [303, 303]

    refused = say(ana, proposal, "my long thoughts")

    assert refused.status_code == 429
    assert "Too many tries. Wait a while, then try again." in refused.content.decode()
    assert "my long thoughts" in refused.content.decode()
    assert Comment.objects.count() == 2
    assert say(bruno, proposal, "mine").status_code == 303


def test_htmx_gets_the_refusal_too(people: list[Person], proposal: Proposal, monkeypatch: pytest.MonkeyPatch) -> None:
    small(monkeypatch, "core:proposal-comment", 0)

    refused = say(browser(people[0]), proposal, "my long thoughts", headers={"HX-Request": "true"})

    assert refused.status_code == 429
    assert "my long thoughts" in refused.content.decode()


def test_one_ballot_beyond_the_limit_is_refused_and_the_reason_is_kept(people: list[Person], vote: Vote) -> None:
    ana, bruno = browser(people[0]), browser(people[1])
    address = f"/proposals/{vote.proposal_id}/ballot/"
    answers = [
        ana.post(address, {"vote": vote.pk, "position": "agree", "reason": f"reason {n}"}).status_code
        for n in range(limits.BALLOTS_A_MINUTE)
    ]
    assert set(answers) == {303}

    refused = ana.post(address, {"vote": vote.pk, "position": "agree", "reason": "my last reason"})

    assert refused.status_code == 429
    assert "my last reason" in refused.content.decode()
    assert Ballot.objects.get(roll__person=people[0]).reason == f"reason {limits.BALLOTS_A_MINUTE - 1}"
    assert bruno.post(address, {"vote": vote.pk, "position": "agree"}).status_code == 303


@pytest.mark.parametrize("keyed", [False, True])
def test_ballots_over_the_api_are_counted_with_those_of_the_pages(
    people: list[Person], vote: Vote, monkeypatch: pytest.MonkeyPatch, *, keyed: bool
) -> None:
    monkeypatch.setattr(limits, "BALLOTS_A_MINUTE", 1)
    ana = browser(people[0])
    ana.post(f"/proposals/{vote.proposal_id}/ballot/", {"vote": vote.pk, "position": "agree"})

    refused = ana.post(
        f"/api/v1/proposals/{vote.proposal_id}/ballot/",
        {"vote": vote.pk, "position": "agree", "reason": "again"},
        content_type="application/json",
        headers={"Idempotency-Key": "k"} if keyed else {},
    )

    assert refused.status_code == 429
    assert refused.json() == {"detail": "Too many tries. Wait a while, then try again."}
    assert refused.headers["Retry-After"] == "60"
    assert Ballot.objects.get().reason == ""


def test_one_call_beyond_the_limit_is_refused_with_a_time_to_wait(
    people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CALLS", Throttle("test calls", limit=2, seconds=10**9))
    ana, bruno = browser(people[0]), browser(people[1])
    assert [ana.get("/api/v1/me/").status_code for _try in range(3)] == [200, 200, 429]

    refused = ana.get("/api/v1/me/")

    assert "detail" in refused.json()
    assert int(refused.headers["Retry-After"]) > 0
    assert bruno.get("/api/v1/me/").status_code == 200


def test_the_page_and_the_call_count_together(
    people: list[Person], proposal: Proposal, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = Throttle("test comments", limit=1, seconds=10**9)
    monkeypatch.setitem(limits.LIMITS, "core:proposal-comment", both)
    monkeypatch.setitem(limits.LIMITS, "api:comments", both)
    ana = browser(people[0])
    assert say(ana, proposal, "by the page").status_code == 303

    address = f"/api/v1/proposals/{proposal.pk}/comments/"
    refused = ana.post(address, {"text": "by a call"}, content_type="application/json")

    assert refused.status_code == 429
    assert Comment.objects.count() == 1


def test_without_limits_nothing_is_counted(
    people: list[Person], proposal: Proposal, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    small(monkeypatch, "core:proposal-comment", 0)
    settings.RATE_LIMITS = False

    assert say(browser(people[0]), proposal, "word").status_code == 303


def test_tries_of_those_who_are_not_signed_in_are_counted_by_their_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever names they try, and whichever of the two pages: each try has a password hashed."""
    monkeypatch.setattr(limits, "LINE", Throttle("test line", limit=2, seconds=10**9))
    card = {"sign_in_name": "a", "pin": "482913"}
    friends = {"sign_in_name": "b", "password": "a long way around the pond"}

    tried = [
        Client().post("/sign-in/card/", card).status_code,
        Client().post("/sign-in/friends/", friends).status_code,
        Client().post("/sign-in/card/", card | {"sign_in_name": "c"}).status_code,
        Client().post("/sign-in/friends/", friends | {"sign_in_name": "d"}).status_code,
        Client(REMOTE_ADDR="192.0.2.7").post("/sign-in/card/", card).status_code,
    ]

    assert tried == [403, 200, 429, 429, 403]


def test_a_full_cache_throws_out_no_counter() -> None:
    """Else who fills it with made-up names guesses anew at the others."""
    full = CountingCache("cache", {"OPTIONS": {"MAX_ENTRIES": 3}})
    full.set("over", 1, timeout=-10)
    for number in range(12):
        full.set(f"counter-{number}", number, timeout=600)

    assert [full.get(f"counter-{number}") for number in range(12)] == list(range(12))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache WHERE cache_key LIKE '%over'")
        assert cursor.fetchone() == (0,)


def test_what_tells_a_whole_body_is_limited() -> None:
    """By the page and by the call, with one count for both."""
    for page, call in TELL_MANY.items():
        assert limits.LIMITS[page] is limits.LIMITS[call]


def test_every_limited_route_is_one_that_takes_something() -> None:
    assert set(limits.LIMITS) <= set(TABLE)
