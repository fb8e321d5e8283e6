"""Every answer carries its headers: each route of the table, as nobody and as a member, errors and files too."""

import json
import os
import re
import secrets
import subprocess
import sys
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from config.middleware import PERMISSIONS_POLICY
from house.places import CLONE
from tests import scenes
from tests.access.addresses import arguments
from tests.access.scene import Scene, make_scene
from tests.access.table import TABLE
from tests.access.test_access import client_of

pytestmark = pytest.mark.django_db

scene = scenes.scene(make_scene)

SAME_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Cache-Control": "no-store",
}
POLICY = (
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'", "frame-ancestors 'none'",
    "base-uri 'none'",
)  # fmt: skip


def missing(answer: Any) -> list[str]:
    """What an answer lacks."""
    headers = answer.headers
    lacks = [name for name, words in SAME_EVERYWHERE.items() if words not in headers.get(name, "")]
    policy = headers.get("Content-Security-Policy", "")
    directives = [each.strip() for each in policy.split(";")]
    lacks += [each for each in POLICY if each not in directives]
    lacks += [word for word in ("unsafe", "http:", "https:", "*") if word in policy]
    lacks += [f"open to {name}" for name in headers if name.startswith("Access-Control-")]
    return lacks if is_what_it_says(answer) else [*lacks, f"is no {headers.get('Content-Type')}"]


def is_what_it_says(answer: Any) -> bool:
    """Whether the body is of the type that the answer names, in UTF-8."""
    kind = answer.headers.get("Content-Type", "")
    if kind == "application/zip":  # the verifier, a program to take along
        return b"PK\x03\x04" in answer.getvalue() and answer.headers["Content-Disposition"].startswith("attachment")
    body: str = answer.getvalue().decode()
    if kind == "application/json":
        return json.loads(body) is not None
    if kind == "application/jsonl; charset=utf-8":
        return all(json.loads(line) for line in body.splitlines())
    if kind == "text/plain; charset=utf-8":  # notes of the signer, taken as files
        return answer.headers["Content-Disposition"].startswith("attachment") and "<" not in body
    if kind == "application/vnd.oai.openapi; charset=utf-8":
        return body.startswith(("openapi:", "detail:"))
    return not body or (kind == "text/html; charset=utf-8" and body.lower().startswith("<!doctype html>"))


@pytest.mark.parametrize("kind", ["nobody", "member"])
def test_every_answer_of_every_route_has_all_headers(kind: str, scene: Scene) -> None:
    client, found, statuses = client_of(kind, scene), [], set()
    for name in TABLE:
        address = reverse(name, kwargs=arguments(name, scene))
        for method in ("get", "put"):
            answer = getattr(client, method)(address)
            statuses.add(answer.status_code)
            found += [f"{name} {method} {answer.status_code}: {each}" for each in missing(answer)]
    assert not found, "\n".join(found)
    assert statuses >= {200, 404, 405}


def test_errors_have_all_headers(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    nothing, forged = strict.get("/nowhere/"), strict.post("/account/login/", {"login": "ana"})
    monkeypatch.setattr("core.views.home.render_page", lambda *_given, **_words: 1 / 0)
    broken = strict.get("/")

    assert [nothing.status_code, forged.status_code, broken.status_code] == [404, 403, 500]
    assert [missing(answer) for answer in (nothing, forged, broken)] == [[], [], []]


def test_files_are_for_our_own_pages(client: Client) -> None:
    answer = client.get("/static/css/base.css")

    assert answer.status_code == 200
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in answer.headers


SECURE = {"FOLKMOOT_ADDRESS": "https://elm.example.org", "SECRET_KEY": secrets.token_hex(30), "RATE_LIMITS": "yes"}
ASK = """
import django, json; django.setup()
from django.conf import settings as s
from django.core.checks import run_checks
from django.test import Client
s.ALLOWED_HOSTS = ["*"]
answer = Client(headers={"host": "elm.example.org"}).get("/account/login/", secure=True)
plain = Client(headers={"host": "elm.example.org"}).get("/account/login/")
call = Client(headers={"host": "elm.example.org"}).get("/api/v1/me/")
from config.flash import OurCookieStorage
from core.views import _shell, signing_in
print(json.dumps({
    "names": [s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME, OurCookieStorage.cookie_name,
              _shell.THEME_COOKIE, _shell.CONTRAST_COOKIE, signing_in.KNOWN_DEVICE, s.READING_COOKIE_NAME],
    "warnings": [str(each) for each in run_checks(include_deployment_checks=True)],
    "hsts": answer.headers["Strict-Transport-Security"],
    "to": plain.headers["Location"],
    "call": [call.status_code, call.json()["detail"]],
    "cookies": {name: cookie.output(header="") for name, cookie in answer.cookies.items()},
}))
"""


@pytest.fixture(scope="module")
def over_https() -> dict[str, Any]:
    """What the application says of itself where its address begins with https."""
    environment = {**os.environ, **SECURE, "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(CLONE)}
    del environment["DJANGO_ALLOW_ASYNC_UNSAFE"]  # which only tests in a browser want
    environment["STATIC_ROOT"] = str(CLONE / "static_built")
    done = subprocess.run(
        [sys.executable, "-c", ASK], capture_output=True, text=True, env=environment, cwd=CLONE, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_django_has_nothing_to_warn_of_in_a_house_with_https(over_https: dict[str, Any]) -> None:
    assert not over_https["warnings"], "\n".join(over_https["warnings"])


def test_https_is_kept_for_two_years_and_the_way_there_is_shown(over_https: dict[str, Any]) -> None:
    assert over_https["hsts"] == "max-age=63072000; includeSubDomains; preload"
    assert over_https["to"] == "https://elm.example.org/account/login/"


def test_a_call_without_https_is_refused_and_not_led_on(over_https: dict[str, Any]) -> None:
    assert over_https["call"] == [403, "Call the address that begins with https."]


def test_cookies_stay_with_this_host_and_out_of_scripts(over_https: dict[str, Any]) -> None:
    assert set(over_https["cookies"]) == {"__Host-csrf"}
    for words in over_https["cookies"].values():
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= {each.strip() for each in words.split(";")}
        assert "Domain" not in words


def test_every_cookie_of_ours_is_bound_to_its_host(over_https: dict[str, Any]) -> None:
    assert [name for name in over_https["names"] if not name.startswith("__Host-")] == []

    code = [path for room in ("config", "core") for path in (CLONE / room).rglob("*.py")]
    setters = {path.name for path in code if re.search(r"set_(signed_)?cookie\(|cookie_name =", path.read_text())}
    assert setters == {"face.py", "settings.py", "signing_in.py", "flash.py", "_reading.py"}  # whose names stand above
