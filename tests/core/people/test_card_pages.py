"""Cards on their pages: the printed code, the PIN, and signing in with them."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client

from core.actions import cards
from core.models import Person, SignInCard
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.people.cast import proven, text_of

pytestmark = pytest.mark.django_db

PIN = "482613"


def code_on(page: Any) -> str:
    found = re.search(r"[A-Z2-9]{5}(-[A-Z2-9]{5}){3}", page.content.decode())
    assert found is not None
    return found[0]


def test_card_print_shows_the_code_once(gina: Person) -> None:
    browser = proven(gina)

    page = browser.post("/settings/card/", {"once": "k"})

    assert SignInCard.objects.get().code_hash == cards.hashed(code_on(page))
    assert "<svg" in page.content.decode()
    later = browser.get("/settings/card/")
    assert code_on(page) not in later.content.decode()
    assert "You have printed a card that was not used yet." in text_of(later)


def test_card_print_sent_twice_makes_one_card_and_says_so(gina: Person) -> None:
    browser = proven(gina)
    first = browser.post("/settings/card/", {"once": "k"})

    second = browser.post("/settings/card/", {"once": "k"})

    assert "This was sent twice." in text_of(second)
    assert SignInCard.objects.get().code_hash == cards.hashed(code_on(first))


def test_card_sign_in_with_the_code_then_with_the_pin(gina: Person, client: Client) -> None:
    code = cards.make(gina, at=folkmoot_now())
    assert 'name="code"' in client.get("/sign-in/card/?code").content.decode()

    answer = client.post("/sign-in/card/", {"code": code, "pin": PIN})

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/settings/").status_code == 200
    again = Client()
    assert again.post("/sign-in/card/", {"sign_in_name": "gina", "pin": PIN}).status_code == 302
    assert again.get("/settings/").status_code == 200
    assert UserSession.objects.filter(user=gina).count() == 2


def test_card_sign_in_gives_the_session_a_new_key(gina: Person, client: Client) -> None:
    code = cards.make(gina, at=folkmoot_now())
    session = client.session
    session["planted"] = "yes"
    session.save()
    before = session.session_key

    client.post("/sign-in/card/", {"code": code, "pin": PIN})

    assert client.session.session_key != before


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ({"sign_in_name": "gina", "pin": "739152"}, 403, "Sign-in name and PIN do not fit."),
        ({"sign_in_name": "nobody", "pin": PIN}, 403, "Sign-in name and PIN do not fit."),
        ({"sign_in_name": "", "pin": PIN}, 422, "This is missing. Fill it in."),
        ({"code": "AAAAA-AAAAA-AAAAA-AAAAA", "pin": "739152"}, 410, "This code does not work."),
        ({"code": "", "pin": PIN}, 422, "This is missing. Fill it in."),
    ],
)
def test_card_sign_in_refuses_in_words(
    gina: Person, client: Client, typed: dict[str, str], status: int, sentence: str
) -> None:
    cards.begin(cards.make(gina, at=folkmoot_now()), PIN, at=folkmoot_now())

    page = client.post("/sign-in/card/", typed)

    assert page.status_code == status
    assert sentence in text_of(page)
    assert PIN not in page.content.decode()
    assert client.get("/settings/").status_code == 302


def test_card_sign_in_with_a_weak_pin_keeps_the_code(gina: Person, client: Client) -> None:
    code = cards.make(gina, at=folkmoot_now())

    page = client.post("/sign-in/card/", {"code": code, "pin": "123456"})

    assert page.status_code == 422
    assert "Choose a PIN that is harder to guess." in text_of(page)
    assert code in page.content.decode()
    assert SignInCard.objects.get().used_at is None


def test_card_sign_in_is_slowed_down(gina: Person, client: Client) -> None:
    cards.begin(cards.make(gina, at=folkmoot_now()), PIN, at=folkmoot_now())
    for _try in range(10):
        assert client.post("/sign-in/card/", {"sign_in_name": "gina", "pin": "739152"}).status_code == 403

    page = client.post("/sign-in/card/", {"sign_in_name": "gina", "pin": PIN})

    assert page.status_code == 429
    assert "Too many tries." in text_of(page)
    assert client.get("/settings/").status_code == 302


def with_pin(person: Person) -> None:
    """This person has used a card and set the PIN."""
    cards.begin(cards.make(person, at=folkmoot_now()), PIN, at=folkmoot_now())


def test_a_pin_does_not_go_around_the_second_proof(gina: Person, client: Client) -> None:
    with_pin(gina)
    Authenticator.objects.create(user=gina, type=Authenticator.Type.TOTP, data={"secret": "x"})

    answer = client.post("/sign-in/card/", {"sign_in_name": "gina", "pin": PIN})

    assert (answer.status_code, answer["Location"]) == (302, "/account/2fa/authenticate/")
    assert "_auth_user_id" not in client.session


def test_a_stranger_who_uses_up_the_tries_does_not_lock_out_a_known_device(gina: Person, client: Client) -> None:
    with_pin(gina)
    typed = {"sign_in_name": "Gina", "pin": PIN}
    assert client.post("/sign-in/card/", typed).status_code == 302
    client.post("/account/logout/")
    stranger = Client()

    for _try in range(12):
        last = stranger.post("/sign-in/card/", {"sign_in_name": "gina", "pin": "000111"})

    assert last.status_code == 429
    assert stranger.post("/sign-in/card/", typed).status_code == 429
    assert client.post("/sign-in/card/", typed).status_code == 302
    assert "_auth_user_id" in client.session


def test_the_mark_of_a_device_counts_for_its_owner_only(gina: Person, client: Client) -> None:
    with_pin(gina)
    client.post("/sign-in/card/", {"sign_in_name": "gina", "pin": PIN})
    client.post("/account/logout/")
    hugo = village.make_person("hugo")
    with_pin(hugo)

    answers = [client.post("/sign-in/card/", {"sign_in_name": "hugo", "pin": "000111"}) for _try in range(11)]

    assert [each.status_code for each in answers] == [403] * 10 + [429]
    assert Client().post("/sign-in/card/", {"sign_in_name": "hugo", "pin": PIN}).status_code == 429
