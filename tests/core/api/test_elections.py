"""Elections through the API: the same actions as the pages, the same refusals."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from core.models import Body, Mandate, Person, Vote
from tests import village

pytestmark = pytest.mark.django_db

FILLED = {"task": "Speak for us.", "limits": "Promise nothing.", "term_days": 90, "seats": 2, "ranked": True}


@pytest.fixture
def people() -> list[Person]:
    return village.make_people("ana", "bruno", "carla", "dario")


@pytest.fixture
def council(people: list[Person]) -> Body:
    return village.make_council("Alder", people)


def call(person: Person, path: str, data: dict[str, Any] | None = None) -> tuple[int, Any]:
    """Status and JSON of a POST."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(f"/api/v1/{path}", data or {}, content_type="application/json")
    return answer.status_code, json.loads(answer.content)


def read(person: Person, path: str) -> Any:
    """JSON of a GET."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return json.loads(client.get(f"/api/v1/{path}").content)


def test_an_election_from_the_call_to_the_mandates(council: Body, people: list[Person]) -> None:
    ana, bruno, carla, dario = people
    wish = {"kind": "election", "title": "Speakers", "text": "Two of us.", "election": FILLED}
    status, proposal = call(ana, "bodies/alder/proposals/new/", wish)
    assert (status, proposal["stage"], proposal["election"]["seats"]) == (201, "discussion", 2)
    at = f"proposals/{proposal['id']}"

    status, asked = call(ana, f"{at}/candidates/", {"person": bruno.pk})
    assert (status, asked["person"]["id"], asked["accepted_at"]) == (201, bruno.pk, None)
    status, stood = call(bruno, f"{at}/stand/", {"words": "Gladly."})
    assert (status, stood["words"], stood["number"]) == (200, "Gladly.", None)
    assert call(carla, f"{at}/stand/")[0] == 200
    assert call(dario, f"{at}/stand/")[0] == 200
    status, back = call(dario, f"{at}/step-back/")
    assert (status, back["withdrawn_at"] is None) == (200, False)

    village.move_clock(timedelta(days=8))
    status, vote = call(ana, f"{at}/open/")
    assert (status, vote["rule"], vote["seats"], vote["seed"]) == (201, "stv", 2, "")
    for person, choice in ((ana, [1, 2]), (bruno, [1]), (carla, [2]), (dario, [1])):
        status, ballot = call(person, f"{at}/ballot/", {"vote": vote["id"], "choice": choice})
        assert (status, ballot["position"], ballot["choice"]) == (200, "chosen", choice)
    village.close(Vote.objects.get(pk=vote["id"]))

    whole = read(ana, f"{at}/")
    assert [row["number"] for row in whole["election"]["candidacies"] if row["withdrawn_at"] is None] == [1, 2]
    assert whole["votes"][0]["tally"]["seated"] == [1, 2]
    assert whole["votes"][0]["tally"]["elected"] == [1]  # two want carla, and three are needed
    assert len(whole["votes"][0]["seed"]) == 64
    assert Mandate.objects.get().person == bruno


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"choice": [3]}, 422),
        ({"choice": []}, 422),
        ({"choice": [1, 1]}, 422),
        ({"choice": [True]}, 400),
        ({"choice": "1"}, 400),
        ({"choice": [1], "position": "yes"}, 400),
        ({"position": "chosen"}, 400),
        ({"position": "yes"}, 422),
        ({}, 400),
    ],
    ids=str,
)
def test_a_choice_that_cannot_be_is_refused(
    council: Body, people: list[Person], data: dict[str, Any], status: int
) -> None:
    vote = village.open_election(council, people[0], people[1], people[2])

    answer = call(people[3], f"proposals/{vote.proposal_id}/ballot/", {"vote": vote.pk} | data)

    assert answer[0] == status
    assert not vote.ballots.exists()


def test_an_election_says_what_it_fills(council: Body, people: list[Person]) -> None:
    wish = {"kind": "election", "title": "Speakers", "text": "Two of us."}

    assert call(people[0], "bodies/alder/proposals/new/", wish)[0] == 422
    assert call(people[0], "bodies/alder/proposals/new/", wish | {"election": FILLED | {"seats": 0}})[0] == 400


def test_only_members_are_asked(council: Body, people: list[Person]) -> None:
    proposal = village.make_election(council, people[0])
    hugo = village.make_people("hugo")[0]

    assert call(people[0], f"proposals/{proposal.pk}/candidates/", {"person": hugo.pk})[0] == 422
    assert call(hugo, f"proposals/{proposal.pk}/stand/")[0] == 404
