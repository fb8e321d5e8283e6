"""Every page that the access table names, and every page about signing in: axe, and nothing wider than the screen."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests import village
from tests.access.addresses import arguments
from tests.access.scene import Scene, make_scene
from tests.access.table import TABLE
from tests.browser.walking import sign_in

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

FILES = (
    "core:record-file",
    "core:verifier",
    "core:checkpoint-file",
    "core:receipt-file",
    "core:house-keys-file",
    "councils:assembly-fresh",
)
NOT_PAGES = ("api:", "schema", "core:notice-open", *FILES)
SIGNING_IN = ("account_login", "account_signup", "account_reset_password", "account_request_login_code")
SIGNED_IN = ("account_email", "account_change_password", "account_logout", "mfa_index", "usersessions_list")
LOOKS = [pytest.param(360, "es", id="a phone in Spanish"), pytest.param(1280, "en", id="a desk in English")]
"""Each page is loaded once in each: on the phone in the dark, at the desk in the light. Those that other tests look at
with `findings` are seen both ways in both.
"""
SCHEMES: dict[int, Any] = {360: "dark", 1280: "light"}
AXE = Axe().axe_script
LOOK = """async (options) => {
  const { violations } = await axe.run(document, options);
  return violations.map((rule) => [rule.id, rule.nodes[0].html]);
}"""
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}


def pages(scene: Scene) -> Iterator[tuple[str, str]]:
    """Who opens which address: for each page the first kind of person to whom the table shows it."""
    for name, line in TABLE.items():
        if name.startswith(NOT_PAGES):
            continue
        for kind in ("member", "author", "holder"):
            if line.get[kind] == "ok":
                yield kind, reverse(name, kwargs=arguments(name, scene))
                break
    yield from (("nobody", path) for path in ("/", "/nothing-here/"))
    yield from (("nobody", reverse(name)) for name in SIGNING_IN)
    yield from (("member", reverse(name)) for name in SIGNED_IN)


def findings(page: Page) -> list[tuple[str, str]]:
    """What axe finds in the dark, by rule, with the first place of each; in the light only colours can differ.

    Motion is reduced: else axe looks while one colour turns into the other.
    """
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found = violations(page)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return found + violations(page, **CONTRAST) + cut(page)


def violations(page: Page, **only: Any) -> list[tuple[str, str]]:
    """What axe finds in the page as it is seen now. Half a megabyte, it is brought once to each page, where the context
    does not bring it along.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(LOOK, {"resultTypes": ["violations"], **only})
    return [(rule, place) for rule, place in found]


def cut(page: Page) -> list[tuple[str, str]]:
    """Whether the page is wider than the screen."""
    wide = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    return [("wider than the screen", str(wide))] if wide[0] > wide[1] else []


@pytest.mark.parametrize(("width", "language"), LOOKS)
def test_axe_finds_nothing_and_nothing_is_cut(
    browser: Browser, live_server: LiveServer, width: int, language: str
) -> None:
    scene = make_scene()
    opened: dict[str, Page] = {}
    wrong, seen = [], 0
    village.make_vote(scene.body, scene.people["member"], title="A vote that is open")

    for kind, path in pages(scene):
        if kind not in opened:
            context = browser.new_context(
                viewport={"width": width, "height": 800}, locale=language, color_scheme=SCHEMES[width]
            )
            context.add_init_script(AXE)
            if kind != "nobody":
                sign_in(context, live_server.url, scene.people[kind])
            opened[kind] = context.new_page()
        page = opened[kind]
        page.goto(f"{live_server.url}{path}")
        found = violations(page) + cut(page)
        if page.locator("html").get_attribute("lang") != language:
            found.append(("language", str(page.locator("html").get_attribute("lang"))))
        wrong += [(path, each) for each in found]
        seen += 1
    for page in opened.values():
        page.context.close()

    assert wrong == []
    assert seen >= 40
