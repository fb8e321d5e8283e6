"""The page of one's reading passphrase, and a key that is open for a quarter of an hour."""

import time
from typing import Any

import pytest
from django.test import Client

from core.models import DoneOnce, ReadingKey
from core.sealing import pairs
from tests import village
from tests.core.people.cast import as_, text_of
from tests.core.sealed.cast import CANARY, OTHER, WORDS, Archive, rows

pytestmark = pytest.mark.django_db

PAGE, OPEN, CLOSE = "/settings/reading/", "/settings/reading/open/", "/settings/reading/close/"


def chosen(act: str, **fields: str) -> dict[str, str]:
    """The form, filled in."""
    return {"act": act, "once": f"a-key-for-{act}", "new": WORDS, "again": WORDS, **fields}


@pytest.fixture
def gina(db: None) -> Client:
    """The browser of somebody without a password, who is not asked for it again."""
    return as_(*village.make_people("gina"))


def test_reading_key_is_chosen_changed_and_begun_anew(gina: Client) -> None:
    assert "Choose a reading passphrase" in text_of(gina.get(PAGE))

    assert gina.post(PAGE, chosen("make", again="other words")).status_code == 422
    assert gina.post(PAGE, chosen("make")).status_code == 303
    assert gina.post(PAGE, chosen("make") | {"once": "b"}).status_code == 409
    first = ReadingKey.objects.get()
    assert gina.post(PAGE, chosen("change", former=OTHER, new=OTHER, again=OTHER)).status_code == 403
    assert gina.post(PAGE, chosen("change", former=WORDS, new=OTHER, again=OTHER)).status_code == 303
    assert gina.post(PAGE, chosen("anew")).status_code == 422  # without the tick
    assert gina.post(PAGE, chosen("anew", sure="on")).status_code == 303

    assert ReadingKey.objects.standing().get().pk != first.pk


def test_reading_open_carries_the_key_in_cookie_and_session_and_close_ends_it(archive: Archive) -> None:
    browser = as_(archive.ana)

    assert browser.post(OPEN, {"passphrase": OTHER}).status_code == 403
    answer = browser.post(OPEN, {"passphrase": WORDS, "next": "https://elsewhere.example/"})

    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    cookie = answer.cookies["reading"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", 900)
    assert "Your key is open" in text_of(browser.get(PAGE))
    box = bytes.fromhex(browser.session["reading"]["box"])
    private = pairs.carried(browser.session["reading"]["pair"], bytes.fromhex(cookie.value), box).private
    assert private.private_bytes_raw() not in box
    assert browser.post(CLOSE, {"next": PAGE}).status_code == 303
    assert "Your key is locked" in text_of(browser.get(PAGE))
    assert "reading" not in browser.session


@pytest.mark.parametrize("spoilt", ["no cookie", "another cookie", "too late", "ended elsewhere"])
def test_a_key_is_locked_again(archive: Archive, spoilt: str, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = as_(archive.ana)
    browser.post(OPEN, {"passphrase": WORDS})
    assert "Your key is open" in text_of(browser.get(PAGE))

    if spoilt == "no cookie":
        del browser.cookies["reading"]
    elif spoilt == "another cookie":
        browser.cookies["reading"] = "00" * 32
    elif spoilt == "too late":
        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now + 901)
    else:
        browser.post(PAGE, chosen("anew", sure="on"))

    assert "Your key is locked" in text_of(browser.get(PAGE))


def test_reading_key_by_the_api(archive: Archive) -> None:
    address, browser = "/api/v1/me/reading-key/", as_(archive.carla)

    def send(**fields: Any) -> Any:
        return browser.post(address, fields, content_type="application/json", headers={"Idempotency-Key": "one"})

    assert browser.get(address).json() == {"public": None, "made_at": None}
    assert send(passphrase="short").status_code == 422
    made = send(passphrase=WORDS)
    assert (made.status_code, len(made.json()["public"])) == (200, 64)
    assert send(passphrase=OTHER, former="not these words at all").status_code == 403
    assert send(passphrase=OTHER, former=WORDS).json()["public"] == made.json()["public"]
    assert send(passphrase=WORDS, lost=True).json()["public"] != made.json()["public"]
    assert not DoneOnce.objects.filter(person=archive.carla).exists()


def test_no_table_holds_words_or_passphrases(archive: Archive) -> None:
    """Whatever was written, read, opened and refused in this test."""
    browser = as_(archive.ana)
    browser.post(OPEN, {"passphrase": WORDS})
    browser.post(PAGE, chosen("change", former=WORDS, new=OTHER, again=OTHER))
    archive.read(archive.bruno)

    tables = [name for (name,) in rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    for canary in (CANARY, "7f3a-canary-91", WORDS, OTHER):
        for looked_for in (canary, canary.encode().hex()):
            for table in tables:
                assert rows(f'SELECT count(*) FROM "{table}" x WHERE x::text LIKE %s', f"%{looked_for}%") == [(0,)]
