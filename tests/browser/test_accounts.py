"""Signing in as a person would, in a real browser: with a password, with a passkey, and without JavaScript."""

import re

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.village import make_person

pytestmark = pytest.mark.django_db(transaction=True)

INSIDE = "/account/2fa/"


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complains about; a breach of the security policy is among it."""
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            heard.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def sign_in(page: Page, address: str, name: str) -> None:
    """By password, ending on the page about ways to sign in."""
    page.goto(f"{address}/account/login/?next={INSIDE}")
    page.get_by_label("Sign-in name or e-mail address").fill(name)
    page.get_by_label("Password").fill(f"correct horse {name}")
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Ways to sign in")).to_be_visible()


def give_device(page: Page) -> None:
    """A device with a fingerprint reader, made of air."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    device = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = device | {"isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.mark.slow
def test_a_passkey_is_made_and_lets_one_in(page: Page, live_server: LiveServer, complaints: list[str]) -> None:
    make_person("ana")
    give_device(page)
    sign_in(page, live_server.url, "ana")

    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Your password").fill("correct horse ana")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_text("The passkey is made.")).to_be_visible()
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/account/login/?next={INSIDE}")
    page.get_by_role("button", name="Use a passkey of this device").click()

    expect(page.get_by_role("heading", name="Ways to sign in")).to_be_visible()
    expect(page.get_by_role("link", name="Look at your passkey")).to_be_visible()
    assert complaints == []


def test_a_passkey_that_fails_is_said_on_the_page(page: Page, live_server: LiveServer) -> None:
    page.add_init_script("navigator.credentials.get = () => Promise.reject(new Error('nobody touched it'))")
    page.goto(f"{live_server.url}/account/login/")

    page.get_by_role("button", name="Use a passkey of this device").click()

    expect(page.get_by_role("alert")).to_contain_text("The passkey was not read.")


def test_a_wrong_password_is_read_first(page: Page, live_server: LiveServer) -> None:
    make_person("ana")
    page.goto(f"{live_server.url}/account/login/")
    page.get_by_label("Sign-in name or e-mail address").fill("ana")
    page.get_by_label("Password").fill("wrong")

    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()

    expect(page.get_by_role("alert").filter(has_text="do not fit together")).to_be_focused()
    expect(page.get_by_label("Sign-in name or e-mail address")).to_have_value("ana")


@pytest.mark.slow
def test_without_javascript_one_makes_an_account_and_signs_out(browser: Browser, live_server: LiveServer) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/account/signup/?next={INSIDE}")

    page.get_by_label("Your name, or a pseudonym").fill("Carla of the bridge")
    page.get_by_label("Sign-in name").fill("carla")
    page.get_by_label("Password", exact=True).fill("quite ordinary garden words")
    page.get_by_label("Password, once more").fill("quite ordinary garden words")
    page.get_by_role("button", name="Make my account").click()

    expect(page.get_by_role("heading", name="Ways to sign in")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("passkey"))).to_have_count(0)
    page.locator("summary").filter(has_text="Carla of the bridge").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{live_server.url}{INSIDE}")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
