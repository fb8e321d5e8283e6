"""The talk through the API: the same actions as the pages, the same refusals."""

from datetime import timedelta

import pytest

from core.models import Body, Person
from tests import village
from tests.core.api.test_elections import call, read

pytestmark = pytest.mark.django_db

WORDS = {"passage": "empty lot", "words": "old yard", "reason": "That is its name.", "seen": 1}


@pytest.fixture
def people() -> list[Person]:
    return village.make_people("ana", "bruno", "carla", "dario")


@pytest.fixture
def council(people: list[Person]) -> Body:
    return village.make_council("Alder", people)


def test_words_from_the_proposal_to_the_vote_between_texts(council: Body, people: list[Person]) -> None:
    ana, bruno, carla, dario = people
    proposal = village.make_proposal(council, ana)
    at = f"proposals/{proposal.pk}"

    status, words = call(bruno, f"{at}/amendments/", WORDS)
    assert (status, words["number"], words["state"], words["version"]) == (201, 1, "open", 1)
    status, refused = call(bruno, f"{at}/amendments/", WORDS | {"passage": "e"})
    assert (status, refused["detail"]) == (
        422,
        "These words stand in the text more than once. Take some of the words around them too.",
    )
    place = f"amendments/{words['id']}"
    assert call(bruno, f"{place}/accept/")[0] == 403
    assert call(ana, f"{place}/decline/", {"reason": "It is empty."})[1]["answer"] == "It is empty."
    assert call(bruno, f"{place}/let-stand/")[1]["stands_at"]
    assert [each["state"] for each in read(carla, f"{at}/amendments/")] == ["declined"]

    village.move_clock(timedelta(days=8))
    status, vote = call(ana, f"{at}/open/", {})
    assert (status, [each["number"] for each in vote["alternatives"]]) == (201, [2])
    said = {"vote": vote["id"], "position": "aside", "marks": [2]}
    assert call(ana, f"{at}/ballot/", {"vote": vote["id"], "position": "agree"})[0] == 422
    assert call(ana, f"{at}/ballot/", {"vote": vote["id"], "marks": [2]})[0] == 400
    for person in people:
        assert call(person, f"{at}/ballot/", said)[1]["choice"] == [2]
    village.close(proposal.votes.get())

    whole = read(dario, f"{at}/")
    assert (whole["stage"], whole["votes"][0]["first"], whole["votes"][0]["marks"]) == ("adopted", 2, {"1": 0, "2": 4})
    assert "old yard" in {each["number"]: each["text"] for each in whole["texts"]}[2]


def test_words_that_are_taken_over_and_words_that_are_withdrawn(council: Body, people: list[Person]) -> None:
    ana, bruno, *_others = people
    at = f"proposals/{village.make_proposal(council, ana).pk}"
    one = call(bruno, f"{at}/amendments/", WORDS)[1]
    other = call(bruno, f"{at}/amendments/", WORDS | {"passage": "common garden", "words": ""})[1]

    assert call(ana, f"amendments/{one['id']}/accept/")[1]["made"] == 2
    assert call(bruno, f"amendments/{other['id']}/withdraw/")[1]["state"] == "withdrawn"
    status, refused = call(bruno, f"amendments/{other['id']}/let-stand/")
    assert (status, refused["detail"]) == (403, "These words were withdrawn: they cannot come to the vote.")


def test_feeling_summaries_and_voices_on_a_passage(council: Body, people: list[Person]) -> None:
    ana, bruno, carla, _dario = people
    at = f"proposals/{village.make_proposal(council, ana).pk}"

    assert call(bruno, f"{at}/feeling/", {"feels": "warm"})[0] == 200
    assert call(carla, f"{at}/feeling/", {"feels": "hot"})[0] == 400
    assert read(carla, f"{at}/feeling/") == {"counts": {"warm": 1, "unsure": 0, "cold": 0}, "mine": ""}
    assert call(ana, f"{at}/summaries/", {"of": "talk", "text": "All like it.", "seen": 0})[0] == 201
    assert call(ana, f"{at}/summaries/", {"of": "talk", "text": "Some do.", "seen": 0})[0] == 409
    assert [each["text"] for each in read(bruno, f"{at}/summaries/")] == ["All like it."]
    status, voice = call(bruno, f"{at}/comments/", {"text": "Which?", "version": 1, "passage": "empty lot"})
    assert (status, voice["version"], voice["passage"]) == (201, 1, "empty lot")


def test_a_body_that_is_affected_reads_asks_and_is_answered(council: Body, people: list[Person]) -> None:
    ana, bruno, *_others = people
    theirs = village.make_people("hugo", "ines", "jana")
    birch = village.make_council("Birch", theirs)
    at = f"proposals/{village.make_proposal(council, ana).pk}"
    place = f"bodies/birch/affected/{at.removeprefix('proposals/')}"

    assert call(bruno, f"{at}/affected/", {"body": "birch", "why": "The wall."})[0] == 403
    assert call(ana, f"{at}/affected/", {"body": "nowhere", "why": "The wall."})[0] == 404
    assert call(ana, f"{at}/affected/", {"body": "birch", "why": "The wall."})[0] == 201
    assert read(theirs[0], f"{place}/")["text"] == village.TEXT
    status, request = call(theirs[0], f"{place}/ask/", {"text": "We share the wall."})
    assert (status, request["kind"], request["body"]) == (201, "joint", "birch")

    village.move_clock(timedelta(days=8))
    vote = call(theirs[0], f"proposals/{request['id']}/open/", {})[1]
    for person in theirs:
        call(person, f"proposals/{request['id']}/ballot/", {"vote": vote["id"], "position": "agree"})
    village.close(birch.proposals.get().votes.get())
    assert read(ana, f"{at}/affected/")[0]["asked_at"]
    assert call(ana, f"{at}/open/", {})[0] == 403
    assert call(ana, f"{place}/answer/", {"answer": "agreed", "words": "Come on Tuesday."})[1]["answer"] == "agreed"
    assert call(ana, f"{at}/open/", {})[0] == 201
