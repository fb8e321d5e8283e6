"""Making an account and coming in, without JavaScript."""

import re

import pytest
from django.core import mail
from django.test import Client

from core.models import Person
from tests.village import make_person

pytestmark = pytest.mark.django_db

ANA = {
    "display_name": "  Ana   of the corner ",
    "username": "Ana.R",
    "email": "",
    "password1": "four ordinary garden words",
    "password2": "four ordinary garden words",
}


def test_an_account_needs_no_address_and_keeps_the_pseudonym(client: Client) -> None:
    answer = client.post("/account/signup/", ANA)

    assert answer.status_code == 302
    ana = Person.objects.get()
    assert (ana.sign_in_name, ana.display_name, ana.email) == ("ana.r", "Ana of the corner", None)


def test_two_people_without_an_address_can_both_be_here(client: Client) -> None:
    client.post("/account/signup/", ANA)

    answer = Client().post("/account/signup/", ANA | {"username": "bruno", "display_name": "Bruno"})

    assert answer.status_code == 302
    assert Person.objects.filter(email__isnull=True).count() == 2


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("display_name", " ", "This is missing. Fill it in."),
        ("username", "ana r", "Use small letters, digits, dots and dashes."),
        ("username", "taken", "Somebody has this sign-in name already."),
        ("password2", "something else", "You must type the same password each time."),
        ("password1", "short", "too short"),
        ("email", "no address", "Write an address such as"),
    ],
)
def test_a_mistake_is_said_and_nothing_typed_is_lost(client: Client, field: str, value: str, sentence: str) -> None:
    make_person("taken")

    answer = client.post("/account/signup/", ANA | {"email": "ana@house.example", field: value})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert 'role="alert"' in page
    kept = "Ana   of the corner" if field != "display_name" else "Ana.R"
    assert kept in page
    assert Person.objects.count() == 1


def test_a_password_is_not_ones_name(client: Client) -> None:
    typed = {"username": "alder.gardener", "password1": "alder.gardener1", "password2": "alder.gardener1"}

    page = client.post("/account/signup/", ANA | typed).content.decode()

    assert "too similar to the sign-in name" in page
    assert not Person.objects.exists()


@pytest.mark.parametrize("name", ["ana", "ANA", "ana@house.example"])
def test_name_or_address_and_password_let_one_in(client: Client, name: str) -> None:
    ana = make_person("ana", email="ana@house.example")

    answer = client.post("/account/login/", {"login": name, "password": "correct horse ana"})

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(ana.pk)


def test_a_wrong_password_says_so_and_keeps_the_name(client: Client) -> None:
    make_person("ana")

    answer = client.post("/account/login/", {"login": "ana", "password": "wrong"})

    assert "Name and password do not fit together." in answer.content.decode()
    assert 'value="ana"' in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_whoever_has_left_does_not_come_in(client: Client) -> None:
    ana = make_person("ana")
    Person.objects.filter(pk=ana.pk).update(is_active=False)

    client.post("/account/login/", {"login": "ana", "password": "correct horse ana"})

    assert "_auth_user_id" not in client.session


def test_a_mailed_code_lets_one_in(client: Client) -> None:
    ana = make_person("ana", email="ana@house.example")

    client.post("/account/login/code/", {"email": "ana@house.example"})
    letter = mail.outbox[0]
    code = re.search(r"^ {4}(\S+)$", str(letter.body), re.MULTILINE)
    assert code is not None
    answer = client.post("/account/login/code/confirm/", {"code": code[1]})

    assert letter.subject == "Your code to sign in"
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(ana.pk)


def test_an_unknown_address_is_not_told_apart_on_the_page(client: Client) -> None:
    make_person("ana", email="ana@house.example")

    known = Client().post("/account/login/code/", {"email": "ana@house.example"})
    unknown = Client().post("/account/login/code/", {"email": "nobody@house.example"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_a_forgotten_password_is_replaced_by_a_mailed_code(client: Client) -> None:
    ana = make_person("ana", email="ana@house.example")

    client.post("/account/password/reset/", {"email": "ana@house.example"})
    code = re.search(r"^ {4}(\S+)$", str(mail.outbox[0].body), re.MULTILINE)
    assert code is not None
    step = client.post("/account/password/reset/confirm/", {"code": code[1]}, follow=True)
    new = "quite another garden gate"
    client.post(step.request["PATH_INFO"], {"password1": new, "password2": new})

    ana.refresh_from_db()
    assert ana.check_password(new)


def test_ending_other_sign_ins_ends_them(client: Client) -> None:
    make_person("ana")
    other = Client()
    for device in (client, other):
        device.post("/account/login/", {"login": "ana", "password": "correct horse ana"})
        device.get("/account/sessions/")

    asked = client.post("/account/sessions/")
    assert other.get("/account/sessions/").status_code == 200
    client.post(asked.headers["Location"], {"password": "correct horse ana"})

    assert client.get("/account/sessions/").status_code == 200
    assert other.get("/account/sessions/").status_code == 302


def test_colours_chosen_for_the_account_are_seen_on_this_device_too(client: Client) -> None:
    client.force_login(make_person("ana"))
    client.post("/face/", {"theme": "light"})

    form = {"display_name": "Ana", "mail": "digest", "language": "en", "theme": "dark", "once": "a-key-of-this-form"}
    answer = client.post("/settings/", form)

    assert answer.status_code == 303
    assert 'class="dark"' in client.get("/settings/").content.decode()
