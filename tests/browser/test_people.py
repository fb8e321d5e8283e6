"""People coming and going, in a real browser: with and without JavaScript, narrow and wide, light and dark; axe."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer

from core.actions import applications, bodies, charters, invitations
from core.actions.settling import settle
from core.models import Application, Body, Membership, Person
from core.rules.charter import CharterNumbers
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.people.cast import Street, as_, ask, link, make_street, vouched

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

LOOKS = [(360, "dark")]


@pytest.fixture
def street(transactional_db: None) -> Street:
    return make_street()


def sign_in(context: BrowserContext, address: str, person: Person) -> None:
    """The cookie of somebody signed in."""
    context.add_cookies([{"name": "session", "value": as_(person).cookies["session"].value, "url": address}])


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(java_script_enabled=request.param, viewport={"width": 360, "height": 740})
    yield made
    made.close()


def test_from_a_link_to_a_member(context: BrowserContext, live_server: LiveServer, street: Street) -> None:
    _invitation, token = link(street, street.ana)
    page = context.new_page()

    page.goto(f"{live_server.url}/join/{token}/")
    expect(page.get_by_role("heading", name="You are invited to Alder Street")).to_be_visible()
    page.get_by_role("link", name="I am new here").click()
    page.get_by_label("Your name, or a pseudonym").fill("Ines")
    page.get_by_label("Sign-in name").fill("ines")
    page.get_by_label("Password", exact=True).fill("four words in a row")
    page.get_by_label("Password, once more").fill("four words in a row")
    page.get_by_role("main").get_by_role("button").last.click()
    page.get_by_role("button", name="Accept the invitation").click()
    expect(page.get_by_role("heading", name="You ask to join")).to_be_visible()
    applications.vouch(Application.objects.get(), by=street.bruno, at=folkmoot_now())
    village.move_clock(timedelta(hours=73))
    settle()
    page.goto(f"{live_server.url}/b/alder-street/")

    expect(page.get_by_text("You can talk and propose from the first day.")).to_be_visible()
    assert Membership.objects.get(person__sign_in_name="ines").invited_by == village.membership(street.body, street.ana)


def test_a_link_is_made_and_shown_with_its_code(
    context: BrowserContext, live_server: LiveServer, street: Street
) -> None:
    sign_in(context, live_server.url, street.ana)
    page = context.new_page()

    page.goto(f"{live_server.url}/b/alder-street/invitations/")
    page.get_by_label("For how many people?").fill("3")
    page.get_by_role("button", name="Make the link").click()

    shown = page.locator("a[href*='/join/']").inner_text()
    expect(page.get_by_role("img", name="QR code with the link")).to_be_visible()
    token = shown.rstrip("/").rsplit("/", 1)[1]
    assert invitations.open_with(token, at=folkmoot_now()).uses_left == 3


def test_an_objection_keeps_what_was_typed_until_it_has_a_reason(
    context: BrowserContext, live_server: LiveServer, street: Street
) -> None:
    application = vouched(street)
    sign_in(context, live_server.url, street.carla)
    page = context.new_page()

    page.goto(f"{live_server.url}/applications/{application.pk}/")
    page.locator("summary", has_text="Object").click()
    page.get_by_role("button", name="Object, and say why").click()
    expect(page.get_by_role("alert")).to_contain_text("This is missing. Fill it in.")
    page.get_by_label("Why?").fill("We do not know her.")
    page.get_by_role("button", name="Object, and say why").click()

    expect(page.get_by_text("Carla objects")).to_be_visible()
    application.refresh_from_db()
    assert application.stage == "deciding"


def test_a_card_is_printed_used_and_used_again(
    context: BrowserContext, browser: Browser, live_server: LiveServer, street: Street
) -> None:
    sign_in(context, live_server.url, street.eva)
    page = context.new_page()
    page.goto(f"{live_server.url}/settings/card/")
    page.get_by_role("button", name="Make a new card").click()
    code = page.locator(".sheet code").inner_text()
    context.clear_cookies()

    page.goto(f"{live_server.url}/sign-in/card/?code")
    page.get_by_label("The code on your card").fill(code)
    page.get_by_label("Choose a PIN").fill("482613")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{live_server.url}/")
    context.clear_cookies()
    page.goto(f"{live_server.url}/sign-in/card/")
    page.get_by_label("Sign-in name").fill("eva")
    page.get_by_label("PIN").fill("482613")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()

    page.goto(f"{live_server.url}/b/alder-street/")
    expect(page.get_by_text("Who carries what")).to_be_visible()


@pytest.fixture
def places(street: Street) -> dict[str, tuple[Person | None, str]]:
    """Who looks at what: each page of this part of the house, filled."""
    village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    waiting, contested = ask(street, street.hugo), vouched(street)
    village.make_proposal(street.body, street.carla, title="Plant two trees before the school")
    link(street, street.ana, note="number 12", uses=20)
    _row, token = link(street, street.ana, note="the baker")
    farid = village.membership(street.body, street.farid).pk
    forming = make_forming(street)
    return {
        "bodies": (street.ana, "/bodies/"),
        "body": (street.ana, "/b/alder-street/"),
        "body-outside": (None, "/b/alder-street/"),
        "body-forming": (street.ana, f"/b/{forming.slug}/"),
        "body-new": (street.ana, "/bodies/new/"),
        "body-leave": (street.bruno, "/b/alder-street/leave/"),
        "charter": (street.ana, "/b/alder-street/charter/"),
        "charter-forming": (street.ana, f"/b/{forming.slug}/charter/"),
        "charter-change": (street.ana, "/b/alder-street/charter/change/"),
        "charter-redraft": (street.ana, f"/b/{forming.slug}/charter/redraft/"),
        "members": (street.ana, "/b/alder-street/members/"),
        "member-remove": (street.ana, f"/members/{farid}/remove/"),
        "invitations": (street.ana, "/b/alder-street/invitations/"),
        "invitation": (None, f"/join/{token}/"),
        "invitation-over": (None, "/join/forged/"),
        "application-new": (street.dario, "/b/alder-street/join/"),
        "application-waiting": (street.ana, f"/applications/{waiting.pk}/"),
        "application-objections": (street.carla, f"/applications/{contested.pk}/"),
        "application-own": (street.gina, f"/applications/{contested.pk}/"),
        "settings": (street.ana, "/settings/"),
        "card": (street.ana, "/settings/card/"),
        "tokens": (street.ana, "/settings/tokens/"),
        "account-leave": (street.bruno, "/settings/leave/"),
        "card-sign-in": (None, "/sign-in/card/"),
        "card-sign-in-code": (None, "/sign-in/card/?code"),
    }


def make_forming(street: Street) -> Body:
    """A body whose charter one of two members has adopted."""
    content = charters.Draft("We look after the **court**.", "We hear everybody.", CharterNumbers())
    body = bodies.form("Elm Court", content, by=street.bruno, at=folkmoot_now())
    _row, token = invitations.invite(body, by=street.bruno, at=folkmoot_now())
    invitations.accept(token, by=street.ana, at=folkmoot_now())
    bodies.adopt(body.charters.get(), by=street.bruno, at=folkmoot_now())
    return body


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_page_fits_and_axe_finds_nothing(
    browser: Browser,
    live_server: LiveServer,
    places: dict[str, tuple[Person | None, str]],
    width: int,
    scheme: Any,
) -> None:
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    for name, (person, path) in places.items():
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        if person is not None:
            sign_in(context, live_server.url, person)
        page = context.new_page()
        page.on("console", hear)
        page.goto(f"{live_server.url}{path}")
        keep_picture(page, f"{name}-{width}-{scheme}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        found = Axe().run(page).response["violations"]
        assert found == [], f"{name}: {[(each['id'], each['nodes'][0]['html']) for each in found]}"
        context.close()
    assert complaints == []


def keep_picture(page: Page, name: str) -> None:
    """For looking at, where PICTURES names a folder."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
