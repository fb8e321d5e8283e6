"""The link by which the first person of an empty house comes in."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from core.actions import invitations
from core.models import Body, Invitation, Person
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.people.cast import Street, text_of

pytestmark = pytest.mark.django_db

FIRST = {
    "display_name": "Ana",
    "sign_in_name": "ana",
    "password": "four words in a row",
    "body": "Alder Street",
    "purpose": "We look after our street.",
    "template": "small",
    "time_zone": "UTC",
}


def first_path() -> str:
    out = StringIO()
    call_command("first_link", stdout=out)
    found = re.search(r"/first/\S+", out.getvalue())
    assert found is not None
    return found[0]


def test_first_link_makes_the_first_person_and_body(db: None, client: Client) -> None:
    path = first_path()
    assert "Welcome. You are the first here." in text_of(client.get(path))

    answer = client.post(path, FIRST)

    assert (answer.status_code, answer["Location"]) == (302, "/b/alder-street/")
    assert "1 of 3" in text_of(client.get("/b/alder-street/")) or "0 of 3" in text_of(client.get("/b/alder-street/"))
    assert Client().login(username="ana", password="four words in a row")
    assert client.get(path).status_code == 410
    assert Client().post(path, {**FIRST, "sign_in_name": "eve"}).status_code == 410
    assert (Person.objects.count(), Body.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"password": "short"}, "too short"),
        ({"password": "password1234"}, "too common"),
        ({"sign_in_name": "Ana Maria"}, "This cannot be taken as it is written."),
        ({"display_name": ""}, "This is missing. Fill it in."),
        ({"body": "  "}, "This is missing. Fill it in."),
        ({"purpose": ""}, "This is missing. Fill it in."),
        ({"template": "none"}, "Choose from those on the list."),
    ],
)
def test_first_link_refuses_and_keeps_what_was_typed(
    db: None, client: Client, wrong: dict[str, str], sentence: str
) -> None:
    path = first_path()

    page = client.post(path, {**FIRST, **wrong})

    assert page.status_code == 422
    assert sentence in text_of(page)
    assert "four words in a row" not in page.content.decode()
    assert (Person.objects.count(), Body.objects.count()) == (0, 0)
    assert Invitation.objects.get().uses == 0


def test_first_link_forged_expired_and_in_a_house_with_people(db: None, client: Client) -> None:
    path = first_path()
    assert client.get("/first/forged/").status_code == 410
    assert client.post("/first/forged/", FIRST).status_code == 410
    village.move_clock(timedelta(days=8))
    assert client.get(path).status_code == 410
    assert Person.objects.count() == 0
    village.make_people("ana")

    with pytest.raises(CommandError, match="Somebody lives here already"):
        call_command("first_link", stdout=StringIO())


def test_an_ordinary_invitation_is_no_first_link(street: Street, client: Client) -> None:
    _row, token = invitations.invite(street.body, by=street.ana, at=folkmoot_now())

    page = client.post(f"/first/{token}/", {**FIRST, "sign_in_name": "zed"})

    assert page.status_code == 410
    assert not Person.objects.filter(sign_in_name="zed").exists()


def test_a_first_link_opened_as_an_invitation_leads_to_its_page(db: None, client: Client) -> None:
    path = first_path()

    answer = client.get(path.replace("/first/", "/join/"))

    assert (answer.status_code, answer["Location"]) == (303, path)
