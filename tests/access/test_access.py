"""Every route has a line in the access table, and every cell of it holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from core.actions import applications, comments, invitations, memberships, proposals, tokens
from core.actions.proposals import Todo
from core.models import Ballot, Body, Cause, Membership, Notice, Person, RecordLine, Vote
from core.timekeeping import folkmoot_now
from tests import village
from tests.access.table import ELSEWHERE, KINDS, TABLE

pytestmark = pytest.mark.django_db

REFUSALS = {400, 403, 409, 410, 422}
TOKEN = "a-token-of-the-table"


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


@dataclass
class Scene:
    """A body that is not listed, with one of everything, and the people of the table."""

    body: Body
    people: dict[str, Person]
    keys: dict[str, dict[str, Any]]


@pytest.fixture
def scene() -> Scene:
    names = ("member", "author", "holder", "former", "removed", "stranger", "applicant", "another")
    people = dict(zip(names, village.make_people(*names), strict=True))
    inside = [people[name] for name in ("author", "member", "holder", "another", "former", "removed")]
    body = village.make_council("Alder", inside, listed=False)
    village.make_council("Birch", [people["stranger"], *village.make_people("bert", "berta")])
    keys = one_of_everything(body, people)
    memberships.leave(body, by=people["former"])
    remove(body, people["removed"])
    return Scene(body, people, keys)


def remove(body: Body, person: Person) -> None:
    """End a membership as a removal does."""
    with transaction.atomic():
        memberships.remove(village.membership(body, person), at=folkmoot_now())


def one_of_everything(body: Body, people: dict[str, Person]) -> dict[str, dict[str, Any]]:
    """Rows to point at: route arguments by the name of what they are keys of."""
    author = people["author"]
    inside = [people[name] for name in ("author", "member", "holder", "another")]
    mandate = village.make_mandate(body, inside, people["holder"], author=author)
    at = folkmoot_now()
    proposal = village.make_proposal(body, author, tasks=[Todo("Dig", people["another"])])
    comment = comments.write(proposal, "Mind the pipe.", by=author, at=at)
    invitation, _token = invitations.invite(body, by=author, at=at, uses=50, token=TOKEN)
    application = applications.apply(body, by=people["applicant"], at=at)
    token, _secret = tokens.make(author, name="script", scope="read", days=3, at=at)
    cause = Cause.objects.filter(body=body).latest("pk")
    notice = Notice.objects.create(cause=cause, person=author, at=at)
    return {
        "proposals": {"pk": proposal.pk},
        "comments": {"pk": comment.pk},
        "tasks": {"pk": proposal.tasks.get().pk},
        "mandates": {"pk": mandate.pk},
        "members": {"pk": village.membership(body, people["another"]).pk},
        "invitations": {"pk": invitation.pk},
        "applications": {"pk": application.pk},
        "tokens": {"pk": token.pk},
        "notices": {"pk": notice.pk},
        "slug": {"slug": body.slug},
        "vote": {"pk": mandate.granted_by_id, "number": 1},
    }


SPECIAL: dict[str, str | dict[str, Any]] = {
    "core:invitation-open": {"token": TOKEN},
    "core:first-link": {"token": "forged"},
    "core:mail-stop": {"token": "forged"},
    "core:token-end": "tokens",
    "api:ballot-list": "vote",
}


def arguments(name: str, scene: Scene) -> dict[str, Any]:
    """The arguments of a route: by the first word of its path."""
    special = SPECIAL.get(name)
    if isinstance(special, dict):
        return special
    if special is not None:
        return scene.keys[special]
    if name == "api:charter-adopt":
        return {"slug": scene.body.slug, "number": 1}
    for noun in ("proposals", "comments", "tasks", "mandates", "members", "invitations", "applications", "notices"):
        try:
            path = reverse(name, kwargs=scene.keys[noun])
        except Exception:  # noqa: S112  (it takes other arguments)
            continue
        if f"/{noun}/" in path:
            return scene.keys[noun]
    return scene.keys["slug"] if takes_slug(name) else {}


def takes_slug(name: str) -> bool:
    """Whether a route is about a body."""
    try:
        reverse(name)
    except Exception:
        return True
    return False


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
