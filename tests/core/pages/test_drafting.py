"""The form for a new proposal: with its tasks, kept as a draft or put up, and what it refuses."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from core.actions import bodies
from core.actions.charters import Draft
from core.models import Body, Proposal, Stage, Task
from core.rules.charter import CharterNumbers
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.pages.cast import Lines, SignedIn, Street

pytestmark = pytest.mark.django_db

TYPED = {"title": "A second key", "text": "For the choir.", "sum": "12", "review_on": "2030-05-01"}


def write(client: Client, body: Body, **data: Any) -> Any:
    rows = {"tasks-TOTAL_FORMS": "2", "tasks-INITIAL_FORMS": "0", "once": "k1"}
    return client.post(f"/b/{body.slug}/proposals/new/", {**rows, **TYPED, **data})


def test_proposal_new_puts_it_up_with_its_tasks(street: Street, as_person: SignedIn) -> None:
    tasks = {"tasks-0-what": "Cut it", "tasks-0-person": street.bruno.pk, "tasks-0-due_on": "2030-01-02"}

    answer = write(as_person(street.ana), street.body, put_up="1", **tasks)

    proposal = Proposal.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, proposal.get_absolute_url())
    assert (proposal.stage, proposal.sum, proposal.review_on) == (Stage.DISCUSSION, 12, date(2030, 5, 1))
    task = Task.objects.get()
    assert (task.what, task.person, task.due_on) == ("Cut it", street.bruno, date(2030, 1, 2))


def test_proposal_new_kept_as_a_draft_is_read_by_nobody_else(street: Street, as_person: SignedIn, lines: Lines) -> None:
    before = lines()

    write(as_person(street.ana), street.body, draft="1")

    proposal = Proposal.objects.get()
    assert (proposal.stage, lines()) == (Stage.IDEA, before)
    assert as_person(street.bruno).get(proposal.get_absolute_url()).status_code == 404


def test_proposal_new_sent_twice_is_written_once(street: Street, as_person: SignedIn) -> None:
    client = as_person(street.ana)

    first, second = write(client, street.body), write(client, street.body)

    assert first["Location"] == second["Location"]
    assert Proposal.objects.count() == 1


def test_proposal_new_gives_more_rows_for_tasks_and_keeps_what_was_typed(street: Street, as_person: SignedIn) -> None:
    answer = write(as_person(street.ana), street.body, more="1", urgent="on", **{"tasks-0-what": "Cut it"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="A second key"' in page
    assert "For the choir." in page
    assert 'value="Cut it"' in page
    assert 'name="tasks-4-what"' in page
    assert re.search(r'<input[^>]*name="urgent"[^>]* checked', page)
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": ""}, "This is missing. Fill it in."),
        ({"text": " "}, "This is missing. Fill it in."),
        ({"title": "x" * 121}, "at most 120 characters"),
        ({"text": "x" * 20_001}, "at most 20000 characters"),
        ({"text": "x" * 5_000_000}, "at most 20000 characters"),
        ({"sum": "-1"}, "Write a number from 0 to 2,147,483,647."),
        ({"sum": "99999999999"}, "Write a number from 0 to 2,147,483,647."),
        ({"review_on": "soon"}, "Write a day, such as"),
        ({"tasks-0-due_on": "2030-01-02"}, "Say what is to be done."),
        ({"tasks-0-what": "Cut it", "tasks-0-person": "9999"}, "Choose from those on the list."),
    ],
)
def test_proposal_new_refuses_bad_input_and_keeps_it(
    street: Street, as_person: SignedIn, lines: Lines, typed: dict[str, str], sentence: str
) -> None:
    before = lines()

    answer = write(as_person(street.ana), street.body, **typed)

    page = answer.content.decode()
    kept = {**TYPED, **typed}
    assert answer.status_code == 422
    assert sentence in page
    assert kept["title"] in page
    assert kept["text"] in page
    assert (Proposal.objects.count(), lines()) == (0, before)


def test_proposal_new_says_on_top_which_task_is_not_right(street: Street, as_person: SignedIn) -> None:
    answer = write(as_person(street.ana), street.body, **{"tasks-1-due_on": "2030-01-02"})

    page = answer.content.decode()
    assert '<a href="#id_tasks-1-what">Task 2, What</a>: Say what is to be done.' in page
    assert page.index("Something is missing") < page.index("#id_tasks-1-what") < page.index('name="title"')


def test_proposal_new_beyond_the_number_of_the_charter_keeps_what_was_typed(
    street: Street, as_person: SignedIn, lines: Lines
) -> None:
    for number in range(3):
        village.make_proposal(street.body, street.ana, title=f"Proposal {number}")
    before = lines()

    answer = write(as_person(street.ana), street.body, put_up="1")

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "You have as many open proposals as the charter allows." in page
    assert 'value="A second key"' in page
    assert (Proposal.objects.count(), lines()) == (3, before)
    assert write(as_person(street.ana), street.body, draft="1").status_code == 303


def test_proposal_new_urgent_beyond_the_sum_of_the_charter_is_refused(street: Street, as_person: SignedIn) -> None:
    answer = write(as_person(street.ana), street.body, urgent="on", put_up="1")

    assert answer.status_code == 422
    assert "The charter does not let an urgent decision spend that much." in answer.content.decode()
    assert not Proposal.objects.exists()


def test_proposal_new_in_place_of_a_decision_begins_with_its_text(street: Street, as_person: SignedIn) -> None:
    old = village.decide(street.body, street.members, street.ana, title="Bike racks")
    client = as_person(street.bruno)

    form = client.get(f"/b/{street.body.slug}/proposals/new/?replaces={old.pk}").content.decode()
    write(client, street.body, replaces=str(old.pk))

    assert 'value="Bike racks"' in form
    assert village.TEXT in form
    assert Proposal.objects.latest("pk").replaces == old


def test_proposal_new_links_to_the_forms_of_other_kinds(street: Street, as_person: SignedIn) -> None:
    page = as_person(street.ana).get(f"/b/{street.body.slug}/proposals/new/").content.decode()

    assert f"/b/{street.body.slug}/mandates/new/" in page


def test_proposal_new_in_a_large_body_names_who_has_a_task(
    street: Street, as_person: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.queries.proposals.CHOSEN_FROM", 4)
    client = as_person(street.ana)

    unknown = write(client, street.body, **{"tasks-0-what": "Cut it", "tasks-0-person": "Dario"})
    known = write(client, street.body, **{"tasks-0-what": "Cut it", "tasks-0-person": "bruno"})

    assert unknown.status_code == 422
    assert "No member has exactly this name." in unknown.content.decode()
    assert 'value="Dario"' in unknown.content.decode()
    assert known.status_code == 303
    assert Task.objects.get().person == street.bruno


@pytest.mark.parametrize(
    ("kind", "place"),
    [("mandate", "mandates/new/"), ("charter", "charter/change/"), ("recall", "mandates/"), ("removal", "members/")],
)
def test_proposal_new_of_another_kind_leads_to_its_own_form(
    street: Street, as_person: SignedIn, kind: str, place: str
) -> None:
    answer = as_person(street.ana).get(f"/b/{street.body.slug}/proposals/new/?kind={kind}")

    assert (answer.status_code, answer["Location"]) == (302, f"/b/{street.body.slug}/{place}")


def test_proposal_new_is_for_members(street: Street, as_person: SignedIn) -> None:
    client = as_person(street.dario)

    assert client.get(f"/b/{street.body.slug}/proposals/new/").status_code == 404
    assert write(client, street.body).status_code == 404
    assert not Proposal.objects.exists()


def test_proposal_new_waits_for_the_charter_to_be_adopted(street: Street, as_person: SignedIn) -> None:
    content = Draft("We share a garden.", "", CharterNumbers())
    body = bodies.form("Garden", content, by=street.ana, at=folkmoot_now())
    client = as_person(street.ana)

    form = client.get(f"/b/{body.slug}/proposals/new/").content.decode()
    answer = write(client, body)

    assert "This body decides once its founding members have adopted its charter." in form
    assert 'name="title"' not in form
    assert answer.status_code == 403
    assert not Proposal.objects.exists()
