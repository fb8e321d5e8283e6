"""How sessions end: by their age, by their owner, by the operator."""

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.core.management import CommandError, call_command
from django.test import Client

from core.models import Person
from tests import village

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> Person:
    return village.make_person("ana")


def signed_in(name: str = "ana") -> Client:
    client = Client()
    client.post("/account/login/", {"login": name, "password": f"correct horse {name}"})
    assert is_in(client)
    return client


def is_in(client: Client) -> bool:
    return client.get("/settings/").status_code == 200


@pytest.mark.usefixtures("ana")
def test_a_session_ends_90_days_after_sign_in_however_often_it_is_used() -> None:
    client, begun = signed_in(), village.real_now()
    for days in (25, 50, 75, 89):
        with time_machine.travel(begun + timedelta(days=days), tick=False):
            session = client.session
            session["used"] = days
            session.save()
            assert is_in(client)

    with time_machine.travel(begun + timedelta(days=91), tick=False):
        assert not is_in(client)
    assert not is_in(client)


@pytest.mark.usefixtures("ana")
def test_a_session_that_is_not_used_ends_after_30_days() -> None:
    client, begun = signed_in(), village.real_now()

    with time_machine.travel(begun + timedelta(days=31), tick=False):
        assert not is_in(client)


@pytest.mark.usefixtures("ana")
def test_ending_the_other_sessions_takes_the_password_again() -> None:
    other, client = signed_in(), signed_in()

    asked = client.post("/account/sessions/")
    assert asked.headers["Location"].startswith("/account/reauthenticate/")
    assert is_in(other)

    client.post(asked.headers["Location"], {"password": "a guess"})
    assert is_in(other)
    client.post(asked.headers["Location"], {"password": "correct horse ana"})
    assert (is_in(client), is_in(other)) == (True, False)


def test_the_operator_ends_the_sessions_of_one_person_or_of_all(
    ana: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    village.make_person("bruno")
    hers, his = [signed_in(), signed_in()], signed_in("bruno")

    call_command("end_sessions", "Ana")
    assert capsys.readouterr().out == "2 sessions ended.\n"
    assert [is_in(client) for client in (*hers, his)] == [False, False, True]

    call_command("end_sessions", "--everybody")
    assert not is_in(his)
    assert not UserSession.objects.exists()
    with pytest.raises(CommandError, match="Nobody has this sign-in name"):
        call_command("end_sessions", "nobody")
