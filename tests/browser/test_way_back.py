"""Somebody has lost every way in: two friends open the door again, and nothing of it needs JavaScript."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from core.models import Person
from tests import village
from tests.browser.walking import sign_in

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

NEW = "kettle lamp garden"


def door(browser: Browser, address: str, person: Person | None = None) -> Page:
    """A phone without JavaScript, on which somebody may be signed in."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    if person is not None:
        sign_in(context, address, person)
    return context.new_page()


def show_password(page: Page, person: Person) -> None:
    """Before a way in is changed the house asks for the password again; nothing typed is lost."""
    page.get_by_label("Your password").fill(f"correct horse {person.sign_in_name}")
    page.get_by_role("button", name="Go on").click()


def test_two_friends_let_somebody_back_in(browser: Browser, live_server: LiveServer) -> None:
    cache.clear()
    ana, bruno, carla, eva = (village.make_person(name) for name in ("ana", "bruno", "carla", "eva"))
    village.make_council("Alder Street", [ana, bruno, carla, eva])
    hers = door(browser, live_server.url, ana)
    hers.goto(f"{live_server.url}/settings/way-back/")
    for label, name in (("First friend", "Bruno"), ("Second friend", "Carla"), ("Third friend", "Eva")):
        hers.get_by_label(label).select_option(name)
    hers.get_by_role("button", name="These are my friends").click()
    show_password(hers, ana)
    expect(hers.get_by_text("Your friends are told.")).to_be_visible()
    village.move_clock(timedelta(hours=73))

    lost = door(browser, live_server.url)
    lost.goto(f"{live_server.url}/account/login/")
    lost.get_by_role("link", name="Let friends help me in").click()
    lost.get_by_label("Sign-in name").fill("ana")
    lost.get_by_label("New password").fill(NEW)
    lost.get_by_role("button", name="Show me the code for my friends").click()
    code = lost.locator("code.big").inner_text()
    for friend in (bruno, eva):
        page = door(browser, live_server.url, friend)
        page.goto(f"{live_server.url}/settings/friends/")
        page.get_by_label("The code they told you").fill(code)
        page.get_by_label("I met them, or I know their voice: it is them").check()
        page.get_by_role("button", name="It is them").click()
        show_password(page, friend)
        expect(page.get_by_text("Thank you.")).to_be_visible()

    lost.goto(f"{live_server.url}/account/login/?next=/settings/way-back/")
    lost.get_by_label("Sign-in name or e-mail address").fill("ana")
    lost.get_by_label("Password").fill(NEW)
    lost.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()

    expect(lost.get_by_text("Your new password works")).to_be_visible()
    hers.goto(f"{live_server.url}/settings/")
    expect(hers.get_by_role("heading", name="Sign in")).to_be_visible()
