"""Every component in a real browser: nothing for axe to find, nothing wider than a phone, in all colours."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PLACES = ["/gallery/", "/account/login/", "/account/signup/"]


@pytest.fixture(autouse=True)
def _demo(settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]


def findings(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds, by rule and place."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [(rule["id"], [str(node["target"]) for node in rule["nodes"]]) for rule in found]


@pytest.mark.parametrize(
    ("width", "scheme", "contrast"),
    [
        (360, "light", "no-preference"),
        (1280, "dark", "no-preference"),
        (1280, "light", "more"),
        (360, "dark", "more"),
    ],
)
def test_axe_finds_nothing(browser: Browser, live_server: LiveServer, width: int, scheme: str, contrast: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]
        contrast=contrast,  # type: ignore[arg-type]
    )
    page = context.new_page()

    for place in PLACES:
        page.goto(f"{live_server.url}{place}")

        assert findings(page) == [], place
        assert page.evaluate("document.documentElement.scrollWidth") <= width, place
    context.close()


@pytest.mark.parametrize(("chosen", "device"), [("Dark", "light"), ("Light", "dark")])
def test_chosen_colours_overrule_the_device(
    browser: Browser, live_server: LiveServer, chosen: str, device: str
) -> None:
    context = browser.new_context(color_scheme=device, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{live_server.url}/gallery/")

    page.get_by_text("Language and colours").click()
    page.get_by_label("Colours").select_option(label=chosen)
    page.get_by_label("More contrast").check()
    page.get_by_role("button", name="Change colours").click()

    expect(page.locator("html")).to_have_class(f"{chosen.lower()} contrast")
    ink = "rgb(238, 241, 236)" if chosen == "Dark" else "rgb(28, 36, 33)"
    expect(page.locator("h1")).to_have_css("color", ink)
    context.close()


def test_everything_to_touch_is_44_high(browser: Browser, live_server: LiveServer) -> None:
    page = browser.new_context(viewport={"width": 360, "height": 800}).new_page()
    page.goto(f"{live_server.url}/gallery/")

    low = page.locator(".button, .tabs a, .top a, summary, select, .choice, .tick").evaluate_all(
        "all => all.filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.9).map(e => e.outerHTML)"
    )

    assert low == []


def test_the_keyboard_reaches_the_page_first(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/account/signup/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect(page.get_by_label("Your name, or a pseudonym")).to_be_focused()


def test_a_menu_closes_with_escape(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/gallery/")
    menu = page.locator("details.menu").first
    menu.locator("summary").click()
    expect(menu).to_have_attribute("open", "")

    page.keyboard.press("Escape")

    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()
