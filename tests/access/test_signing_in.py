"""What a thief of a password, a mailbox or a code can do with it."""

import logging
import re
import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from core.actions.settling import settle
from core.models import Cause, Person
from tests import village

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def ana() -> Person:
    return village.confirm(village.make_person("ana"), "ana@house.example")


@pytest.fixture
def guarded(ana: Person) -> Person:
    """Ana with an app for digits."""
    totp.TOTP.activate(ana, SECRET)
    return ana


def digits() -> str:
    """What the app shows now."""
    return str(totp.format_hotp_value(totp.hotp_value(SECRET, int(time.time()) // 30)))


def is_signed_in(client: Client) -> bool:
    return client.get("/settings/").status_code == 200


def try_password(client: Client, password: str) -> None:
    client.post("/account/login/", {"login": "ana", "password": password})


def code_in_the_mail() -> str:
    return str(re.findall(r"^ {4}(\S+)$", str(mail.outbox[-1].body), re.M)[0])


def test_the_sixth_wrong_password_waits_and_the_right_one_too(client: Client, ana: Person, settings: Settings) -> None:
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "100/m/ip,5/300s/key"}
    for number in range(5):
        try_password(client, f"guess {number}")

    try_password(client, "correct horse ana")
    assert not is_signed_in(client)

    cache.clear()
    try_password(client, "correct horse ana")
    assert is_signed_in(client)


@pytest.mark.usefixtures("guarded")
def test_the_digits_of_an_app_work_once() -> None:
    cache.clear()
    first, second, code = Client(), Client(), digits()
    for client in (first, second):
        try_password(client, "correct horse ana")
        assert not is_signed_in(client)
        client.post("/account/2fa/authenticate/", {"code": code})

    assert (is_signed_in(first), is_signed_in(second)) == (True, False)


def forget(client: Client, **also: str) -> None:
    """Ask for a new password with ana's mailbox, and choose one."""
    client.post("/account/password/reset/", {"email": "ana@house.example"})
    step = client.post("/account/password/reset/confirm/", {"code": code_in_the_mail()}, follow=True)
    words = {"password1": "kettle lamp garden", "password2": "kettle lamp garden"}
    client.post(step.request["PATH_INFO"], words | also)


def test_a_forgotten_password_does_not_go_around_the_second_proof(client: Client, guarded: Person) -> None:
    """The mailbox alone replaces nothing where there is a second proof; with both, signing in still asks for it."""
    cache.clear()
    for guess in ({}, {"code": "000000"}):
        forget(client, **guess)
        guarded.refresh_from_db()
        assert not guarded.check_password("kettle lamp garden")

    forget(client, code=digits())
    guarded.refresh_from_db()
    assert guarded.check_password("kettle lamp garden")

    assert not is_signed_in(client)
    thief = Client()
    try_password(thief, "kettle lamp garden")
    assert not is_signed_in(thief)


def test_the_new_password_of_a_delegate_waits_and_is_told(client: Client, ana: Person) -> None:
    cache.clear()
    people = [ana, *village.make_people("bruno", "carla")]
    council = village.make_council("Alder Street", people)
    village.make_mandate(council, people, ana, author=people[1])

    forget(client)

    ana.refresh_from_db()
    assert not ana.check_password("kettle lamp garden")
    assert Cause.objects.filter(what=Cause.What.RECOVERY_WAITS, body=council).exists()
    village.move_clock(timedelta(hours=73))
    settle()
    ana.refresh_from_db()
    assert ana.check_password("kettle lamp garden")


def test_a_mailed_code_is_of_no_use_in_another_browser(ana: Person) -> None:
    cache.clear()
    hers, thief = Client(), Client()
    hers.post("/account/login/code/", {"email": "ana@house.example"})
    code = code_in_the_mail()

    thief.post("/account/login/code/confirm/", {"code": code})
    assert not is_signed_in(thief)

    hers.post("/account/login/code/confirm/", {"code": code})
    assert is_signed_in(hers)


def test_the_log_tells_of_every_proof_that_does_not_fit(
    client: Client, guarded: Person, caplog: pytest.LogCaptureFixture
) -> None:
    cache.clear()
    caplog.set_level(logging.INFO)

    def failed() -> list[list[str]]:
        told = [record.msg for record in caplog.records if isinstance(record.msg, dict)]
        caplog.clear()
        return [each["ways"] for each in told if each["event"] == "sign-in failed"]

    client.post("/account/login/code/", {"email": "ana@house.example"})
    client.post("/account/login/code/confirm/", {"code": "wrong"})
    assert failed() == [["code"]]
    Client().post("/account/2fa/webauthn/login/", {"credential": "{}"})
    assert failed() == [["mfa"]]
    half_in = Client()
    try_password(half_in, "a wrong guess")
    assert failed() == [["password"]]
    try_password(half_in, "correct horse ana")
    half_in.post("/account/2fa/authenticate/", {"code": "000000"})
    assert failed() == [["mfa"]]
    half_in.post("/account/2fa/authenticate/", {"credential": "{}"})
    assert failed() == [["mfa"]]
    client.force_login(guarded, backend="django.contrib.auth.backends.ModelBackend")
    client.post("/account/reauthenticate/", {"password": "a wrong guess"})
    assert failed() == [["password"]]
    client.post("/account/2fa/reauthenticate/", {"code": "000000"})
    assert failed() == [["mfa"]]
    Authenticator.objects.create(user=guarded, type=Authenticator.Type.WEBAUTHN, data={"name": "phone"})
    client.post("/account/2fa/webauthn/reauthenticate/", {"credential": "{}"})
    assert failed() == [["mfa"]]


@pytest.mark.parametrize("known", ["ana", "ANA", "ana@house.example"])
def test_a_wrong_password_costs_the_same_whether_the_name_is_known_or_not(
    ana: Person, known: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hashing is what takes time: it is counted, so that the answer tells nobody by its lateness."""
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(*given: Any) -> str:
        hashed.append("")
        return encode(*given)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    costs = []
    for name in (known, known.replace("ana", "nobody").replace("ANA", "NOBODY")):
        hashed.clear()
        Client().post("/account/login/", {"login": name, "password": "a wrong guess"})
        costs.append(len(hashed))

    assert costs[0] == costs[1] > 0
