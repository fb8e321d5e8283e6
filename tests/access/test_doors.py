"""Ways in that nobody is meant to find, tried as a stranger and as a hostile member would."""

import logging
from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.core.internal.httpkit import get_client_ip
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from config import logs
from core.models import Body, Person, Proposal
from tests import scenes, village
from tests.access.addresses import arguments
from tests.access.scene import Scene, make_scene
from tests.access.sent import sent_to
from tests.access.table import TABLE
from tests.core.api.test_api import Caller

pytestmark = pytest.mark.django_db

scene = scenes.scene(make_scene)

PASSWORD = "correct horse ana"  # as the village makes it
ELSEWHERE = (
    "https://evil.example/", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
    "http:evil.example", "https:///evil.example", "javascript:alert(1)", "data:text/html,x",
    "//evil.example/%2e%2e", "\t//evil.example", "/\t/evil.example", "\x00//evil.example",
    "https://testserver@evil.example/", "https://testserver.evil.example/",
)  # fmt: skip


@pytest.fixture
def ana() -> Person:
    return village.make_person("ana")


@pytest.fixture
def council(ana: Person) -> Body:
    return village.make_council("Alder", [ana, *village.make_people("bruno", "carla")])


def sign_in(client: Client, **more: Any) -> Any:
    return client.post("/account/login/", {"login": "ana", "password": PASSWORD, **more})


def is_signed_in(client: Client) -> bool:
    return client.get("/settings/").status_code == 200


@pytest.mark.parametrize("address", ELSEWHERE)
def test_after_signing_in_nobody_is_led_elsewhere(client: Client, ana: Person, address: str) -> None:
    answer = sign_in(client, next=address)

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("address", ELSEWHERE)
@pytest.mark.parametrize("path", ["/face/", "/language/setlang/"])
def test_choosing_colours_or_a_language_leads_nobody_elsewhere(client: Client, path: str, address: str) -> None:
    answer = client.post(path, {"next": address, "language": "es", "theme": "dark"}, headers={"referer": address})

    assert answer.headers["Location"] == "/"


@pytest.mark.usefixtures("ana")
def test_signing_in_begins_a_new_session_and_signing_out_ends_it_for_good(client: Client) -> None:
    client.get("/account/login/")
    client.session.save()
    before = client.session.session_key
    sign_in(client)
    kept = client.cookies["session"].value
    assert is_signed_in(client)
    assert kept != before
    assert len(kept) >= 32

    answer = client.post("/account/logout/")

    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert not is_signed_in(client)
    client.cookies["session"] = kept
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "header",
    [{"host": "evil.example"}, {"host": "testserver:80@evil.example"}, {"host": "testserver.evil.example"}],
)
def test_a_house_answers_to_its_own_names_only(client: Client, header: dict[str, str]) -> None:
    assert client.get("/", headers=header).status_code == 400


def test_nobody_forges_what_a_front_would_say(client: Client, ana: Person) -> None:
    forged = {"x-forwarded-host": "evil.example", "x-forwarded-proto": "https", "x-forwarded-for": "10.0.0.1"}

    request = RequestFactory().get("/", headers=forged)

    assert (request.get_host(), request.is_secure(), request.META["REMOTE_ADDR"]) == ("testserver", False, "127.0.0.1")
    assert "evil.example" not in client.get("/", headers=forged).content.decode()


@pytest.mark.parametrize(("fronts", "address"), [(0, "127.0.0.1"), (1, "192.0.2.7")])
def test_the_callers_address_is_the_one_that_our_front_saw(settings: Settings, fronts: int, address: str) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = fronts  # with BEHIND_PROXY=yes it is one
    said = {"x-forwarded-for": "10.0.0.1, 192.0.2.7"}  # the caller wrote the first, the front added the second

    assert get_client_ip(RequestFactory().get("/", headers=said)) == address
    assert get_client_ip(RequestFactory().get("/")) == "127.0.0.1"


def test_no_form_of_another_site_is_taken(scene: Scene) -> None:
    """Every address that takes POST, as a member whose browser another site makes send it."""
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(scene.people["author"], backend="django.contrib.auth.backends.ModelBackend")
    taken = []
    for name, line in TABLE.items():
        address = reverse(name, kwargs=arguments(name, scene))
        kind = {"content_type": "application/json"} if name.startswith("api:") else {}
        answer: Any = strict.post(address, sent_to(name, scene), **kind)  # type: ignore[arg-type]
        if line.post["author"] != "405" and answer.status_code != 403:
            taken.append(name)

    assert taken == ["core:mail-stop"]  # its link is the proof, and it was forged here


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "TRACK", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", "/api/v1/schema/", "/settings/", "/health/"])
def test_methods_nobody_uses_are_refused(client: Client, ana: Person, method: str, path: str) -> None:
    client.force_login(ana, backend="django.contrib.auth.backends.ModelBackend")

    assert client.generic(method, path).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        ".git/config", ".git/HEAD", ".env", ".folkmoot/keys.env", "manage.py", "config/settings.py",
        "requirements.txt", "docker-compose.yml", "admin/", "debug/", "server-status", "static/", "static/css/",
        "static/../config/settings.py",
        "static/%2e%2e/manage.py", "static/..%2fmanage.py", "static//etc/passwd", "media/", "backups/", "phpinfo.php",
        "__debug__/", "metrics", "robots.txt/..", "api/v1/admin/", "api/", "static/css/base.css~",
        "static/css/base.css/",
    ],
)  # fmt: skip
def test_what_is_not_for_the_web_is_not_there(client: Client, path: str) -> None:
    assert client.get(f"/{path}").status_code == 404


def test_nobody_sets_what_a_form_does_not_ask(client: Client, ana: Person, council: Body) -> None:
    client.force_login(ana, backend="django.contrib.auth.backends.ModelBackend")
    asked = {"display_name": "Ana", "mail": "none", "language": "en", "theme": "dark"}
    more = {"sign_in_name": "root", "is_active": "", "password": "x", "email": "x@evil.example", "id": 0, "pk": 0}

    assert client.post("/settings/", asked | more).status_code == 303

    ana.refresh_from_db()
    assert (ana.sign_in_name, ana.is_active, ana.email, ana.theme) == ("ana", True, None, "dark")
    assert ana.check_password(PASSWORD)


def test_nobody_sets_what_a_call_does_not_take(ana: Person, council: Body) -> None:
    bruno = Person.objects.get(sign_in_name="bruno")
    more = {"stage": "adopted", "author": bruno.pk, "body": 0, "closed_at": "2026-01-01T00:00:00Z", "stands": True}

    status, made = Caller(ana).post("bodies/alder/proposals/new/", {"title": "Bikes", "text": "Racks.", **more})

    assert (status, made["stage"], made["author"]["id"], made["closed_at"]) == (201, "discussion", ana.pk, None)
    assert Proposal.objects.get().body == council


def test_the_key_of_another_person_opens_and_blocks_nothing(ana: Person, council: Body) -> None:
    words, key = {"title": "Bikes", "text": "Racks."}, {"Idempotency-Key": "one"}
    _status, hers = Caller(ana).post("bodies/alder/proposals/new/", words, headers=key)

    bruno = Caller(Person.objects.get(sign_in_name="bruno"))
    status, his = bruno.post("bodies/alder/proposals/new/", words, headers=key)

    assert (status, his["author"]["display_name"]) == (201, "Bruno")
    assert his["id"] != hers["id"]


def test_files_are_not_kept(settings: Settings) -> None:
    sent = {"text": "words", "file": SimpleUploadedFile("../../x.html", b"<script>" * 1000)}

    request = RequestFactory().post("/", sent)

    assert list(request.POST.lists()) == [("text", ["words"])]
    assert not request.FILES


@pytest.mark.parametrize("fields", [{"text": "x" * (6 * 1024 * 1024 + 1)}, {f"f{n}": "" for n in range(501)}])
@pytest.mark.parametrize("multipart", [True, False])
def test_what_is_larger_than_any_form_is_refused(client: Client, fields: dict[str, str], *, multipart: bool) -> None:
    if multipart:
        answer = client.post("/account/login/", fields)
    else:
        answer = client.post("/account/login/", urlencode(fields), content_type="application/x-www-form-urlencoded")

    assert answer.status_code in (400, 413)


def test_a_file_larger_than_any_form_is_refused_before_it_is_read(client: Client) -> None:
    large = SimpleUploadedFile("x.bin", b"x" * (6 * 1024 * 1024 + 1))

    assert client.post("/account/login/", {"login": "ana", "file": large}).status_code in (400, 413)


def said(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """What our own code has logged."""
    return [record.msg for record in caplog.records if isinstance(record.msg, dict)]


def test_the_log_tells_of_ways_in_and_refusals_and_of_no_person(
    client: Client, ana: Person, council: Body, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    sign_in(client, password="wrong")
    sign_in(client)
    client.post("/account/logout/")
    Client().get(f"/api/v1/bodies/{council.slug}/")
    client.get("/join/a-secret-token/")

    told = [{name: each.get(name) for name in ("event", "ways", "route", "status")} for each in said(caplog)]
    assert {"event": "sign-in failed", "ways": ["password"], "route": None, "status": None} in told
    assert {"event": "signed in", "ways": ["password"], "route": None, "status": None} in told
    assert {"event": "signed out", "ways": None, "route": None, "status": None} in told
    assert {"event": "refused", "ways": None, "route": "api:body-read", "status": 401} in told
    everything = repr(said(caplog)).lower()
    assert not [word for word in ("ana", "a-secret-token", "127.0.0.1", "alder") if word in everything]


@pytest.mark.parametrize("as_json", [True, False])
def test_nobody_writes_a_line_of_their_own_into_the_log(*, as_json: bool) -> None:
    described = logs.configure(as_json=as_json, level="INFO")["formatters"]["house"]
    formatter = described.pop("()")(**described)
    record = logging.LogRecord("x", logging.INFO, "x.py", 1, {"event": "tried", "what": "a\r\nb\x1b[2J"}, (), None)

    line = formatter.format(record)

    assert "tried" in line
    assert not {"\r", "\n", "\x1b"} & set(line)
