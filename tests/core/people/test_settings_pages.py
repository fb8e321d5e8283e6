"""One's own pages: settings, tokens, passwords, leaving."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from core.actions import cards, tokens
from core.models import ApiToken, Person, SignInCard
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.people.cast import Street, as_, is_member, proven, text_of

pytestmark = pytest.mark.django_db

SETTINGS = {"once": "k", "display_name": "Gina of 12", "mail": "none", "language": "es", "theme": "dark"}


@pytest.mark.parametrize("path", ["/settings/", "/settings/card/", "/settings/tokens/", "/settings/leave/"])
def test_ones_own_pages_ask_guests_to_sign_in(client: Client, db: None, gina: Person, path: str) -> None:
    assert client.get(path).status_code == 302
    assert client.post(path, SETTINGS).status_code == 302
    page = as_(gina).get(path)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]


def test_settings_are_saved_and_speak_the_new_language(gina: Person) -> None:
    browser = as_(gina)

    answer = browser.post("/settings/", SETTINGS)

    assert (answer.status_code, answer["Location"]) == (303, "/settings/")
    gina.refresh_from_db()
    assert (gina.display_name, gina.mail, gina.language, gina.theme) == ("Gina of 12", "none", "es", "dark")
    assert '<html lang="es"' in browser.get("/settings/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"display_name": ""}, {"display_name": "x" * 61}, {"mail": "hourly"}, {"language": "xx"}, {"theme": "pink"}],
)
def test_settings_out_of_range_are_refused(gina: Person, wrong: dict[str, str]) -> None:
    page = as_(gina).post("/settings/", {**SETTINGS, **wrong})

    assert page.status_code == 422
    gina.refresh_from_db()
    assert (gina.display_name, gina.mail, gina.language) == ("Gina", "digest", "en")


def test_settings_take_a_name_with_markup_as_words(gina: Person) -> None:
    browser = as_(gina)
    browser.post("/settings/", {**SETTINGS, "language": "en", "display_name": "<script>x</script>"})

    assert "<script>x" not in browser.get("/settings/").content.decode()


NEW_TOKEN = {"once": "k", "name": "calendar", "scope": "read", "days": "30"}


def test_token_list_shows_the_secret_once(gina: Person) -> None:
    browser = proven(gina)

    page = browser.post("/settings/tokens/", NEW_TOKEN)

    secret = re.search(r"<code>([\w-]{40,})</code>", page.content.decode())
    assert secret is not None
    row = ApiToken.objects.get()
    assert (row.name, row.scope) == ("calendar", "read")
    assert secret[1] not in browser.get("/settings/tokens/").content.decode()
    twice = browser.post("/settings/tokens/", NEW_TOKEN)
    assert "This was sent twice." in text_of(twice)
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"name": ""}, {"scope": "all"}, {"days": "0"}, {"days": "366"}])
def test_token_list_out_of_range_is_refused(gina: Person, wrong: dict[str, str]) -> None:
    page = proven(gina).post("/settings/tokens/", {**NEW_TOKEN, **wrong})

    assert page.status_code == 422
    assert ApiToken.objects.count() == 0


def test_token_list_beyond_twenty_is_refused(gina: Person) -> None:
    for _each in range(20):
        tokens.make(gina, name="one", scope="read", days=30, at=folkmoot_now())

    page = proven(gina).post("/settings/tokens/", NEW_TOKEN)

    assert page.status_code == 422
    assert "You have 20 tokens already. End one first." in text_of(page)
    assert ApiToken.objects.count() == 20


def test_token_end_is_for_ones_own(gina: Person, client: Client) -> None:
    row, _secret = tokens.make(gina, name="calendar", scope="read", days=30, at=folkmoot_now())
    path = f"/settings/tokens/{row.pk}/end/"
    (hugo,) = village.make_people("hugo")

    assert as_(hugo).post(path, {"once": "k"}).status_code == 404
    assert client.post(path).status_code == 302
    assert as_(gina).get(path).status_code == 405
    row.refresh_from_db()
    assert row.ended_at is None
    assert as_(gina).post(path, {"once": "k"}).status_code == 303

    assert ApiToken.objects.get(pk=row.pk).ended_at is not None
    assert "calendar" not in text_of(as_(hugo).get("/settings/tokens/"))


def test_account_leave_takes_the_name_typed(street: Street) -> None:
    browser = as_(street.bruno)
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    assert f"Your mandate “{mandate.title}” ends." in text_of(browser.get("/settings/leave/"))

    page = browser.post("/settings/leave/", {"once": "k", "sign_in_name": "ana"})

    assert page.status_code == 422
    assert "This is not your sign-in name." in text_of(page)
    assert is_member(street, street.bruno)


def test_account_leave_ends_everything(street: Street) -> None:
    browser = as_(street.bruno)

    answer = browser.post("/settings/leave/", {"once": "k", "sign_in_name": " Bruno "})

    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert browser.get("/settings/").status_code == 302
    assert not is_member(street, street.bruno)
    assert "Bruno" not in text_of(as_(street.ana).get("/b/alder-street/members/"))


@pytest.mark.parametrize(
    ("path", "typed", "made"),
    [("/settings/card/", {"once": "k"}, SignInCard), ("/settings/tokens/", NEW_TOKEN, ApiToken)],
)
def test_a_card_or_a_token_takes_the_password_again_and_nothing_typed_is_lost(
    gina: Person, path: str, typed: dict[str, Any], made: Any
) -> None:
    browser = as_(gina)

    asked = browser.post(path, typed)

    assert asked["Location"].startswith("/account/reauthenticate/")
    assert not made.objects.exists()
    wrong = browser.post(asked["Location"], {"password": "a guess"})
    assert "This is not your password." in text_of(wrong)
    assert not made.objects.exists()
    done = browser.post(asked["Location"], {"password": "correct horse gina", "next": path})
    assert (done.status_code, made.objects.count()) == (200, 1)


def test_a_new_password_ends_card_and_tokens(gina: Person) -> None:
    cards.make(gina, at=folkmoot_now())
    token, _secret = tokens.make(gina, name="calendar", scope="act", days=9, at=folkmoot_now())
    old, new = "correct horse gina", "four other words now"

    proven(gina).post("/account/password/change/", {"oldpassword": old, "password1": new, "password2": new})

    gina.refresh_from_db()
    token.refresh_from_db()
    assert gina.check_password(new)
    assert not SignInCard.objects.exists()
    assert token.ended_at is not None


def test_the_first_password_leaves_the_card_alone(gina: Person) -> None:
    gina.set_unusable_password()
    gina.save()
    cards.make(gina, at=folkmoot_now())
    new = "four other words now"

    as_(gina).post("/account/password/set/", {"password1": new, "password2": new})

    gina.refresh_from_db()
    assert gina.check_password(new)
    assert SignInCard.objects.filter(person=gina).exists()


def test_a_name_is_one_line(gina: Person) -> None:
    as_(gina).post("/settings/", {**SETTINGS, "display_name": "Gina\r\nof\u202e 12"})

    gina.refresh_from_db()
    assert gina.display_name == "Gina of 12"
    Person.objects.filter(pk=gina.pk).update(display_name="Gi\nna")
    gina.refresh_from_db()
    assert gina.display_name == "Gi na"


def test_signing_up_tells_nobody_whose_address_is_known_and_blocks_nobody(gina: Person, client: Client) -> None:
    village.confirm(gina, "gina@example.org")
    words = {"display_name": "Someone", "password1": "four other words now", "password2": "four other words now"}

    known = Client().post("/account/signup/", {**words, "username": "one", "email": "gina@example.org"})
    fresh = Client().post("/account/signup/", {**words, "username": "two", "email": "new@example.org"})

    assert (known.status_code, known["Location"]) == (fresh.status_code, fresh["Location"])
    assert Person.objects.filter(sign_in_name__in=["one", "two"]).count() == 2
    owners = EmailAddress.objects.filter(email="gina@example.org", verified=True)
    assert [address.user_id for address in owners] == [gina.pk]
