"""What a password may be: long enough and no first guess, and nothing else is asked of it."""

import pytest
from django.test import Client

from core.models import Person
from tests import village

pytestmark = pytest.mark.django_db


def sign_up(password: str) -> Client:
    """A browser after making an account with that password."""
    client = Client()
    name = {"display_name": "Ana", "username": "ana", "email": ""}
    client.post("/account/signup/", {**name, "password1": password, "password2": password})
    return client


@pytest.mark.parametrize(
    "password",
    [
        "abcdefghi", "1234567890", "qwertyuiop", "password123", "iloveyou123", "Folkmoot2026!", "the council 12",
        "folkmoot-mandate",
    ],
)  # fmt: skip
def test_first_guesses_are_refused(password: str) -> None:
    sign_up(password)

    assert not Person.objects.exists()


@pytest.mark.parametrize(
    "password",
    [
        "kettle lamp!", "ΑΒΓδεζ ηθικλ", "        x   y", "0918273645", "x" * 64, "a council of eleven kettles" * 5,
        "漢字" * 5,
    ],
)  # fmt: skip
def test_any_other_password_is_taken_as_it_is(password: str) -> None:
    sign_up(password)

    assert Person.objects.get().check_password(password)
    for other in (password.swapcase(), password[:-1], password + " "):
        assert other == password or not Person.objects.get().check_password(other)


def test_fields_hide_what_is_typed_and_let_password_managers_fill_them(client: Client) -> None:
    for path, words in {"/account/login/": "current-password", "/account/signup/": "new-password"}.items():
        page = client.get(path).content.decode()
        fields = [tag for tag in page.split("<input")[1:] if 'name="password' in tag.partition(">")[0]]
        assert fields
        for field in fields:
            assert 'type="password"' in field.partition(">")[0]
            assert f'autocomplete="{words}"' in field.partition(">")[0]
        assert "onpaste" not in page


def test_a_new_password_takes_the_old_one(client: Client) -> None:
    ana = village.make_person("ana")
    client.force_login(ana, backend="django.contrib.auth.backends.ModelBackend")
    new = {"password1": "kettle lamp garden", "password2": "kettle lamp garden"}

    client.post("/account/password/change/", {"oldpassword": "not the old one", **new})
    ana.refresh_from_db()
    assert ana.check_password("correct horse ana")

    client.post("/account/password/change/", {"oldpassword": "correct horse ana", **new})
    ana.refresh_from_db()
    assert ana.check_password("kettle lamp garden")
