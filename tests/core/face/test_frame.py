"""The frame of every page: colours, language, errors, weight, and what templates may not contain."""

import gzip
import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage
from django.template.loader import get_template, render_to_string
from django.test import Client

from config.static_files import HouseStaticFilesStorage
from house.places import CLONE

TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if "mail" not in path.relative_to(settings.BASE_DIR / "templates").parts[:1]]
LOADED = re.compile(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg|webmanifest))"')


@pytest.fixture(autouse=True)
def _demo(settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]


def _weight(data: bytes) -> int:
    return len(gzip.compress(data, 6))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("theme", "word"), [("light", 'class="light"'), ("dark", 'class="dark"'), ("system", 'class=""')]
)
def test_a_device_keeps_its_colours(client: Client, theme: str, word: str) -> None:
    answer = client.post("/face/", {"theme": theme, "next": "/account/login/"})

    assert answer.status_code == 302
    assert answer["Location"] == "/account/login/"
    assert word in client.get("/account/login/").content.decode()


@pytest.mark.django_db
def test_more_contrast_is_kept_and_given_up(client: Client) -> None:
    client.post("/face/", {"theme": "dark", "contrast": "on"})
    assert 'class="dark contrast"' in client.get("/account/login/").content.decode()

    client.post("/face/", {"theme": "dark"})
    assert 'class="dark"' in client.get("/account/login/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_choosing_colours_leads_nowhere_else(client: Client, elsewhere: str) -> None:
    answer = client.post("/face/", {"theme": "neon", "next": elsewhere})

    assert answer["Location"] == "/"
    assert "theme" not in answer.cookies


@pytest.mark.django_db
def test_the_page_speaks_the_chosen_language(client: Client) -> None:
    client.post("/language/setlang/", {"language": "es", "next": "/account/login/"})

    assert '<html lang="es" dir="ltr"' in client.get("/account/login/").content.decode()


@pytest.mark.django_db
def test_the_gallery_is_for_demo_and_debug_only(client: Client, settings: object) -> None:
    assert client.get("/gallery/").status_code == 200

    settings.DEMO = False  # type: ignore[attr-defined]

    assert client.get("/gallery/").status_code == 404


@pytest.mark.django_db
def test_a_first_visit_weighs_60_kb_at_most_and_a_later_page_15(client: Client) -> None:
    page = client.get("/gallery/").content
    files = {name for name in LOADED.findall(page.decode()) if not name.endswith("print.css")}
    assert len(files) >= 7  # four style sheets, two scripts, icon and manifest were found

    weights = {name: _weight(Path(str(finders.find(name))).read_bytes()) for name in files}

    assert _weight(page) <= 15_000
    assert _weight(page) + sum(weights.values()) <= 60_000, weights


@pytest.mark.django_db
def test_pages_travel_compressed(client: Client) -> None:
    answer = client.get("/gallery/", headers={"accept-encoding": "gzip"})

    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) <= 15_000


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "500.html", "503.html"])
def test_an_error_page_needs_nothing(name: str) -> None:
    page = render_to_string(name)

    assert "<h1>" in page
    assert '<html lang="en"' in page


@pytest.mark.django_db
def test_a_form_that_is_too_old_is_refused_in_plain_words() -> None:
    answer = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "ana", "password": "x"})

    assert answer.status_code == 403
    assert "This form no longer fits" in answer.content.decode()


@pytest.mark.django_db
def test_a_missing_page_offers_to_sign_in_and_come_back(client: Client) -> None:
    answer = client.get("/b/nowhere/?a=1&b=2")

    assert answer.status_code == 404
    assert 'href="/account/login/?next=%2Fb%2Fnowhere%2F%3Fa%3D1%26b%3D2"' in answer.content.decode()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(settings.BASE_DIR / "templates")))
def test_no_template_holds_what_the_security_policy_forbids(path: Path) -> None:
    source = re.sub(r"{% comment %}.*?{% endcomment %}", "", path.read_text(), flags=re.DOTALL)

    assert not re.search(r"<[^>]*\sstyle\s*=", source)
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", source)
    assert not re.search(r"<style\b", source)
    assert not re.search(r"\|\s*safe\b|autoescape off", source)
    for tag in re.findall(r"<script\b[^>]*>", source):
        assert "src=" in tag or 'type="application/json"' in tag, tag
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', source)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR / "templates")))
def test_every_template_can_be_read(path: Path) -> None:
    assert get_template(str(path.relative_to(settings.BASE_DIR / "templates")))


def test_manifest_names_its_icon_by_content(tmp_path: Path) -> None:
    sources = FileSystemStorage(CLONE / "static")
    files = {name: (sources, name) for name in ("manifest.webmanifest", "img/icon.svg")}
    for name in files:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(CLONE / "static" / name, tmp_path / name)

    named = {name: by_content for name, by_content, _done in HouseStaticFilesStorage(tmp_path).post_process(files)}

    assert f'"src":"{named["img/icon.svg"]}"' in (tmp_path / named["manifest.webmanifest"]).read_text()
    assert named["img/icon.svg"] != "img/icon.svg"
