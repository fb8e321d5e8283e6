"""An assembly over the API, from the call to the published minutes; paper made and entered by programs."""

from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from core.models import Ballot, PaperBallot, Person
from core.timekeeping import folkmoot_now
from councils.models import Assembly
from tests import village
from tests.councils.assemblies import Hall, call, make_hall, opened
from tests.scenes import scene

pytestmark = pytest.mark.django_db

hall = scene(make_hall)
API = "/api/v1"


def as_(person: Person) -> APIClient:
    """A program that calls as this person."""
    client = APIClient()
    client.force_authenticate(person)
    return client


def post(caller: Person, path: str, status: int = 200, /, *, key: str = "", **sent: Any) -> Any:
    """One call, and what it answers."""
    headers = {"Idempotency-Key": key} if key else {}
    answer = as_(caller).post(f"{API}/{path}/", sent, format="json", headers=headers)
    assert answer.status_code == status, answer.content
    return answer.json()


def test_an_assembly_from_the_call_to_published_minutes(hall: Hall) -> None:
    ana, bruno = hall.ana, hall.people["bruno"]
    starts = folkmoot_now() + timedelta(days=8)
    when = {"starts_at": starts.isoformat(), "ends_at": (starts + timedelta(hours=2)).isoformat()}

    made = post(bruno, f"bodies/{hall.body.slug}/assemblies/call", 201, title="In the yard", place="The yard", **when)
    here = f"assemblies/{made['id']}"
    listed = as_(ana).get(f"{API}/bodies/{hall.body.slug}/assemblies/").json()["results"]
    assert [each["title"] for each in listed] == ["In the yard", hall.assembly.title]
    post(bruno, f"{here}/agenda", title="The lamp", box=10)
    post(bruno, f"{here}/duties/take", role="facilitator")
    asked = post(bruno, f"{here}/duties/ask", role="note_taker", membership=hall.member("eva").pk)
    [duty] = [each["id"] for each in asked["duties"] if each["accepted_at"] is None]
    assert post(ana, f"duties/{duty}/accept", 403)["detail"]
    post(hall.people["eva"], f"duties/{duty}/accept")
    village.move_clock(timedelta(days=8))

    assert post(ana, f"{here}/open", 403)["detail"]
    item = post(bruno, f"{here}/open")["items"][0]["id"]
    for name in ("ana", "bruno", "eva"):
        room = post(bruno, f"{here}/arrive", membership=hall.member(name).pk)["room"]
    assert room["quorum"] == {"here": 3, "voices": 7, "needed": 4, "guests": 0}
    post(bruno, f"items/{item}/begin")
    post(ana, f"{here}/hand", hand="speak")
    waiting = post(hall.people["eva"], f"{here}/hand", hand="speak")["room"]["waiting"]
    assert [each["member"]["person"]["display_name"] for each in waiting] == ["Ana", "Eva"]
    room = post(bruno, f"{here}/next", seen=0)["room"]
    assert room["speaking"]["person"]["display_name"] == "Ana"
    assert post(bruno, f"{here}/next", 409, seen=0)["detail"]  # somebody speaks already: not what was seen
    assert post(ana, f"{here}/wave", sign="agree")["room"]["felt"] == {"agree": 1, "unsure": 0, "disagree": 0}
    post(bruno, f"{here}/stop")
    notes = post(bruno, f"{here}/notes", text="The lamp is dark.")["notes"]
    [note] = [said for section in notes for said in section["said"] if said["note"]]
    post(bruno, f"notes/{note['note']}/change", text="The lamp is broken.", seen=note["version"])
    errands = post(bruno, f"{here}/errands", what="Buy a bulb", membership=hall.member("ana").pk)["errands"]
    assert post(bruno, f"errands/{errands[0]['id']}/done", 403)["detail"]
    post(ana, f"errands/{errands[0]['id']}/done", note="Two of them.")
    assert post(bruno, f"{here}/close")["stage"] == "held"

    published = post(bruno, f"{here}/minutes/publish")
    assert "The lamp is broken." in published["minutes"]["text"]
    added = post(ana, f"{here}/minutes/add", text="It was two bulbs.")
    assert [(each["author"], each["text"]) for each in added["minutes"]["addenda"]] == [("Ana", "It was two bulbs.")]
    assert as_(hall.people["carla"]).get(f"{API}/{here}/").status_code == 404


def test_a_date_is_found_over_the_api(hall: Hall) -> None:
    at = folkmoot_now()
    evenings = [(at + timedelta(days=day), at + timedelta(days=day, hours=2)) for day in (9, 10)]
    dates = [{"starts_at": starts.isoformat(), "ends_at": ends.isoformat()} for starts, ends in evenings]
    asked = post(hall.ana, f"bodies/{hall.body.slug}/assemblies/poll", 201, title="Soon", place="Here", dates=dates)
    first, second = asked["dates"]

    marks = [{"date": first["id"], "suits": "no"}, {"date": second["id"], "suits": "yes"}]
    marked = post(hall.people["eva"], f"assemblies/{asked['id']}/mark", marks=marks)
    assert [(each["yes"], each["no"], each["own"]) for each in marked["dates"]] == [(0, 1, "no"), (1, 0, "yes")]
    assert post(hall.people["eva"], f"dates/{second['id']}/settle", 403)["detail"]
    assert post(hall.ana, f"dates/{second['id']}/settle")["stage"] == "called"


def test_the_same_call_with_a_key_has_one_effect_and_the_same_answer(hall: Hall) -> None:
    when = {"starts_at": "2100-05-01T18:00Z", "ends_at": "2100-05-01T20:00Z"}
    path, plan = f"bodies/{hall.body.slug}/assemblies/call", {"title": "Once", "place": "Here"}

    answers = [post(hall.ana, path, 201, key="k1", **plan, **when) for _time in range(2)]

    assert answers[0] == answers[1]
    assert Assembly.objects.filter(title="Once").count() == 1


def test_the_discussion_is_waived_over_the_api(hall: Hall) -> None:
    opened(hall, "ana", "bruno", "eva", "farid", item=False)
    proposal = village.make_proposal(hall.body, hall.ana)
    here = f"assemblies/{hall.assembly.pk}"
    item = post(hall.ana, f"{here}/agenda", proposal=proposal.pk, takes_ballots=True)["items"][-1]["id"]
    post(hall.ana, f"items/{item}/begin")

    question = post(hall.ana, f"items/{item}/waive")["room"]["question"]["id"]
    for name in ("ana", "bruno", "eva"):
        post(hall.people[name], f"waivers/{question}/say", agrees=True)
    said = post(hall.ana, f"waivers/{question}/enter", membership=hall.member("farid").pk, agrees=True)
    assert (said["room"]["question"]["agree"], said["room"]["question"]["own"]) == (4, True)
    assert post(hall.ana, f"waivers/{question}/settle", 403)["detail"]  # who entered a yes of others counts it not
    post(hall.people["eva"], f"waivers/{question}/settle")

    proposal.refresh_from_db()
    assert proposal.waived_at is not None


def test_what_cannot_be_taken_is_refused_field_by_field(hall: Hall) -> None:
    here = f"assemblies/{call(hall.body, hall.ana).pk}"
    assert set(post(hall.ana, f"{here}/agenda", 400, box=0)) == {"box"}
    assert set(post(hall.ana, f"{here}/duties/ask", 400, role="king")) == {"role", "membership"}
    foreign = hall.people["carla"].memberships.get().pk
    post(hall.ana, f"{here}/duties/ask", 404, role="note_taker", membership=foreign)


def test_paper_is_made_and_entered_over_the_api(hall: Hall) -> None:
    vote = village.make_vote(hall.body, hall.ana)
    on = f"proposals/{vote.proposal_id}"
    made = post(hall.ana, f"{on}/papers", 201, key="p1", count=2)
    again = post(hall.ana, f"{on}/papers", 201, key="p1", count=2)
    assert (len(made["papers"]), again["papers"], PaperBallot.objects.count()) == (2, [], 2)

    said = {"vote": vote.pk, "position": "agree", "number": made["papers"][0]}
    written = post(hall.ana, f"{on}/entered", 201, person=hall.people["gina"].pk, way="paper", **said)
    assert post(hall.people["bruno"], f"entered/{written['id']}/confirm", **said)["counts"]

    assert Ballot.objects.get().way == "entered"
