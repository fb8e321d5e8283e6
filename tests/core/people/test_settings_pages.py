"""One's own pages: settings, card, tokens, leaving; and the ways in by card and by the first link."""

import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from core.actions import cards, invitations, tokens
from core.models import ApiToken, Body, Invitation, Person, SignInCard
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.people.cast import Street, as_, is_member, text_of

pytestmark = pytest.mark.django_db

PIN = "482613"
SETTINGS = {"once": "k", "display_name": "Gina of 12", "mail": "none", "language": "es", "theme": "dark"}


def proven(person: Person) -> Client:
    """Their browser, just after they typed their password again."""
    browser = as_(person)
    answer = browser.post("/account/reauthenticate/", {"password": f"correct horse {person.sign_in_name}"})
    assert answer.status_code == 302
    return browser


@pytest.fixture
def gina(db: None) -> Person:
    cache.clear()
    return village.make_person("gina")


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
        ({"sign_in_name": "", "pin": PIN}, 422, "This field is required."),
        ({"code": "AAAAA-AAAAA-AAAAA-AAAAA", "pin": "739152"}, 410, "This code does not work."),
        ({"code": "", "pin": PIN}, 422, "This field is required."),
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


# The first person of an empty house

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
        ({"sign_in_name": "Ana Maria"}, "Enter a valid value."),
        ({"display_name": ""}, "This field is required."),
        ({"body": "  "}, "This field is required."),
        ({"purpose": ""}, "This field is required."),
        ({"template": "none"}, "Select a valid choice."),
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
