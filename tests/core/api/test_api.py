"""The API does what the pages do, by the same actions, with the same refusals."""

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from core.api.taken import InvitationTaken
from core.models import ApiToken, Ballot, Body, Mandate, Person, Proposal
from core.timekeeping import folkmoot_now
from tests import village

pytestmark = pytest.mark.django_db

ROOT = "/api/v1"


class Caller:
    """Somebody who calls the API with a session."""

    def __init__(self, person: Person | None) -> None:
        self.client = Client()
        if person is not None:
            self.client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, Any]:
        """Status and JSON."""
        answer = self.client.get(f"{ROOT}/{path}", headers=headers)
        return answer.status_code, json.loads(answer.content)

    def post(
        self, path: str, data: dict[str, Any] | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        """Status and JSON."""
        answer = self.client.post(f"{ROOT}/{path}", data or {}, content_type="application/json", headers=headers)
        return answer.status_code, json.loads(answer.content)


@pytest.fixture
def people() -> list[Person]:
    return village.make_people("ana", "bruno", "carla", "dario", "eva")


@pytest.fixture
def council(people: list[Person]) -> Body:
    return village.make_council("Alder", people[:4])


@pytest.fixture
def ana(people: list[Person]) -> Caller:
    return Caller(people[0])


@pytest.fixture
def outsider(people: list[Person]) -> Caller:
    return Caller(people[4])


def test_a_proposal_goes_from_text_to_ballot(ana: Caller, council: Body) -> None:
    status, proposal = ana.post("bodies/alder/proposals/new/", {"title": "Bikes", "text": "Racks at number 12."})
    assert (status, proposal["stage"], proposal["author"]["display_name"]) == (201, "discussion", "Ana")

    early = ana.post(f"proposals/{proposal['id']}/open/")
    assert early == (403, {"detail": "The talk has to last longer before the vote can open."})

    village.move_clock(timedelta(days=4))
    status, vote = ana.post(f"proposals/{proposal['id']}/open/")
    assert (status, vote["rule"], vote["roll_size"], vote["tally"]) == (201, "consensus", 4, None)

    status, ballot = ana.post(f"proposals/{proposal['id']}/ballot/", {"vote": vote["id"], "position": "agree"})
    assert (status, ballot["position"], ballot["change_no"]) == (200, "agree", 1)
    assert Ballot.objects.get().position == "agree"


def test_the_same_key_has_one_effect(ana: Caller, council: Body) -> None:
    words = {"title": "Bikes", "text": "Racks."}
    first = ana.post("bodies/alder/proposals/new/", words, headers={"Idempotency-Key": "one"})
    again = ana.post("bodies/alder/proposals/new/", words, headers={"Idempotency-Key": "one"})
    assert first[1]["id"] == again[1]["id"]
    assert Proposal.objects.count() == 1


def test_a_refused_act_does_not_use_up_its_key(ana: Caller, council: Body) -> None:
    proposal = village.make_proposal(council, Person.objects.get(sign_in_name="ana"))
    assert ana.post(f"proposals/{proposal.pk}/open/", headers={"Idempotency-Key": "k"})[0] == 403
    village.move_clock(timedelta(days=4))
    assert ana.post(f"proposals/{proposal.pk}/open/", headers={"Idempotency-Key": "k"})[0] == 201


def test_a_key_used_for_something_else_is_refused(ana: Caller, council: Body) -> None:
    _status, proposal = ana.post(
        "bodies/alder/proposals/new/", {"title": "Bikes", "text": "Racks."}, headers={"Idempotency-Key": "one"}
    )
    answer = ana.post(f"proposals/{proposal['id']}/comments/", {"text": "Yes."}, headers={"Idempotency-Key": "one"})
    assert answer[0] == 422


@pytest.mark.parametrize("path", ["members/", "decisions/", "mandates/", "record/", "proposals/"])
def test_outsiders_see_nothing_of_a_body(outsider: Caller, ana: Caller, council: Body, path: str) -> None:
    assert outsider.get(f"bodies/alder/{path}")[0] == 404
    assert ana.get(f"bodies/alder/{path}")[0] == 200


def test_outsiders_cannot_see_or_act_on_a_proposal(outsider: Caller, council: Body) -> None:
    vote = village.make_vote(council, Person.objects.get(sign_in_name="ana"))
    pk = vote.proposal_id
    assert outsider.get(f"proposals/{pk}/")[0] == 404
    for act in ("withdraw", "open", "second", "accept", "put-up"):
        assert outsider.post(f"proposals/{pk}/{act}/")[0] == 404
    assert outsider.post(f"proposals/{pk}/ballot/", {"vote": vote.pk, "position": "agree"})[0] == 404
    assert Ballot.objects.count() == 0


def test_nobody_is_served_without_signing_in(council: Body) -> None:
    nobody = Caller(None)
    for path in ("me/", "bodies/", "notices/", "bodies/alder/"):
        assert nobody.get(path)[0] == 401


def test_positions_of_a_weak_vote_stay_hidden_until_it_is_counted(people: list[Person]) -> None:
    council = village.make_council("Birch", people[:4], consensus_up_to=3)
    vote = village.make_vote(council, people[0])
    assert vote.rule == "weak"
    village.cast(vote, people[0], "agree")
    village.cast(vote, people[1], "disagree")
    path = f"proposals/{vote.proposal_id}/votes/1/ballots/"
    before = Caller(people[0]).get(path)[1]
    assert [ballot["person"]["display_name"] for ballot in before] == ["Ana"]
    village.close(vote)
    after = Caller(people[0]).get(path)[1]
    assert {ballot["position"] for ballot in after} == {"agree", "disagree"}


def test_a_token_works_by_its_scope_and_until_it_ends(people: list[Person], council: Body) -> None:
    at = folkmoot_now()
    token = ApiToken.objects.create(
        person=people[0],
        name="script",
        token_hash=hashlib.sha256(b"secret").hexdigest(),
        created_at=at,
        expires_at=at + timedelta(days=1),
    )
    nobody, header = Caller(None), {"Authorization": "Bearer secret"}
    words = {"title": "Bikes", "text": "Racks."}
    assert nobody.get("me/", headers=header)[1]["display_name"] == "Ana"
    assert nobody.post("bodies/alder/proposals/new/", words, headers=header)[0] == 403
    assert Proposal.objects.count() == 0

    ApiToken.objects.filter(pk=token.pk).update(scope=ApiToken.Scope.ACT)
    assert nobody.post("bodies/alder/proposals/new/", words, headers=header)[0] == 201

    village.move_clock(timedelta(days=2))
    assert nobody.get("me/", headers=header)[0] == 401
    assert nobody.get("me/", {"Authorization": "Bearer wrong"})[0] == 401


def test_a_mandate_is_reported_on_recalled_and_loses_confidence(people: list[Person], council: Body) -> None:
    mandate = village.make_mandate(council, people[:4], people[1], author=people[0])
    bruno, path = Caller(people[1]), f"mandates/{mandate.pk}"
    assert bruno.post(f"{path}/reports/", {"text": "Lent out 12 tools."})[0] == 201
    assert Caller(people[0]).post(f"{path}/reports/", {"text": "Not mine."})[0] == 403

    status, recall = Caller(people[0]).post(f"{path}/recall/", {"text": "No keys."})
    assert (status, recall["kind"], recall["stage"]) == (201, "recall", "voting")
    assert Caller(people[2]).post(f"{path}/recall/", {"text": "Again."})[0] == 403

    for person in (people[0], people[2]):
        status, shown = Caller(person).post(f"{path}/withdraw-confidence/")
        assert (status, shown["ended_at"]) == (200, None)
    assert Caller(people[0]).post(f"{path}/give-confidence/")[0] == 200
    Caller(people[0]).post(f"{path}/withdraw-confidence/")
    status, shown = Caller(people[3]).post(f"{path}/withdraw-confidence/")
    assert (status, shown["ending"]) == (200, "confidence")
    assert Proposal.objects.get(kind="recall").stage == "overtaken"
    assert bruno.post(f"{path}/reports/", {"text": "Too late."})[0] == 403
    assert Mandate.objects.get().reports.count() == 1


def test_what_does_not_fit_answers_with_a_sentence_per_field(ana: Caller, council: Body) -> None:
    status, problem = ana.post("bodies/alder/proposals/new/", {"title": "x" * 121, "text": ""})
    assert status == 400
    assert set(problem) == {"title", "text"}
    assert Proposal.objects.count() == 0


def test_the_schema_is_whole(ana: Caller, council: Body, capsys: pytest.CaptureFixture[str]) -> None:
    answer = ana.client.get(f"{ROOT}/schema/?format=json")
    schema = json.loads(answer.content)
    assert schema["openapi"].startswith("3.1")
    assert "/api/v1/proposals/{id}/ballot/" in schema["paths"]
    for ballot in ("BallotTakenRequest", "SecretBallotTakenRequest"):
        said = schema["components"]["schemas"][ballot]
        assert said["oneOf"] == [{"required": ["position"]}, {"required": ["choice"]}]
    council_of_board = schema["components"]["schemas"]["BoardShown"]["properties"]["council"]
    assert council_of_board["type"] == ["string", "null"]  # none before its scope is set
    assert "Error" not in capsys.readouterr().err


def test_a_key_used_for_another_call_is_refused_and_does_nothing(ana: Caller, council: Body) -> None:
    vote = village.make_vote(council, Person.objects.get(sign_in_name="bruno"))
    path = f"proposals/{vote.proposal_id}/ballot/"
    given = {"vote": vote.pk, "position": "agree"}

    assert ana.post(path, given, headers={"Idempotency-Key": "one"})[0] == 200
    assert ana.post(path, given, headers={"Idempotency-Key": "one"})[0] == 200
    assert ana.post(path, given | {"position": "aside"}, headers={"Idempotency-Key": "one"})[0] == 422
    assert Ballot.objects.get().position == "agree"


def test_a_refused_proposal_leaves_no_draft_behind(ana: Caller, council: Body) -> None:
    wrong = {"title": "Keys", "text": "Keys.", "kind": "mandate"}

    assert ana.post("bodies/alder/proposals/new/", wrong)[0] == 422
    assert not Proposal.objects.exists()


def test_json_nested_too_deep_is_a_bad_request(ana: Caller, council: Body) -> None:
    vote = village.make_vote(council, Person.objects.get(sign_in_name="bruno"))
    answer = ana.client.post(
        f"{ROOT}/proposals/{vote.proposal_id}/comments/", "[" * 100_000, content_type="application/json"
    )

    assert answer.status_code == 400


def test_each_field_takes_its_own_json_type_only() -> None:
    sent: dict[str, Any] = {"note": "", "uses": 14.0, "days": 3}
    assert InvitationTaken(data=sent).is_valid()
    for wrong in ({"note": 0}, {"uses": "1"}, {"uses": True}, {"days": 1.5}):
        shape = InvitationTaken(data={**sent, **wrong})
        assert not shape.is_valid()
        assert set(shape.errors) == set(wrong)


@pytest.mark.parametrize("asked", ["page=1&page=2", "page=1&page=1", "stage=voting&stage=discussion"])
def test_a_word_of_the_query_said_twice_is_a_bad_request(ana: Caller, council: Body, asked: str) -> None:
    status, problem = ana.get(f"bodies/alder/proposals/?{asked}")

    assert (status, problem) == (400, {asked.partition("=")[0]: ["Say this once only."]})
    assert ana.get("bodies/alder/proposals/?page=1&stage=discussion")[0] == 200
    assert ana.get("bodies/alder/proposals/?page=")[0] == 400


@pytest.mark.parametrize("field", ["title", "kind", "text"])
def test_half_a_sign_is_a_bad_request(ana: Caller, council: Body, field: str) -> None:
    words = {"title": "Bikes", "text": "Racks.", field: "\ud800"}

    status, problem = ana.post("bodies/alder/proposals/new/", words)

    assert (status, set(problem)) == (400, {field})


def test_an_unknown_address_of_the_api_answers_in_json(client: Client) -> None:
    answer = client.get("/api/v1/nowhere/")

    assert (answer.status_code, answer.json()) == (404, {"detail": "Nothing here"})
