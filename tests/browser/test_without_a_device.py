"""Somebody without any device is invited, given a card, helped to vote, and finds the vote in the printed minutes."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from core.actions import applications
from core.actions.settling import settle
from core.models import Application, Ballot, EnteredBallot, Person
from core.timekeeping import folkmoot_now
from councils.actions import running
from tests import village
from tests.browser.walking import Walk, sign_in
from tests.core.people.cast import Street, make_street
from tests.councils.assemblies import Hall, call, for_ballots, guide, opened, over, published, put_to_the_vote

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PIN = "482613"


@pytest.fixture
def street(transactional_db: None) -> Street:
    return make_street()


def page_of(browser: Browser, address: str, person: Person | None = None) -> Walk:
    """One person at the desk's device, or nobody signed in."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}, locale="en-GB")
    if person is not None:
        sign_in(context, address, person)
    return Walk(context.new_page(), address)


def code_on(page: Page) -> str:
    """The code that the card shows."""
    found = re.search(r"([A-Z2-9]{5}-){3}[A-Z2-9]{5}", page.content())
    assert found is not None
    return found[0]


def test_from_the_card_to_the_printed_minutes(browser: Browser, live_server: LiveServer, street: Street) -> None:
    ana, bruno = (page_of(browser, live_server.url, person) for person in (street.ana, street.bruno))

    ana.go(f"/b/{street.body.slug}/desk/")
    ana.fill("Their name, or a pseudonym", "Hilde", exact=False)
    ana.fill("Their sign-in name", "hilde", exact=False)
    ana.page.locator("input[name=language][value=en]").check()
    ana.press("Make their card")
    ana.reads("Hilde")
    code = code_on(ana.page)
    applications.vouch(Application.objects.get(), by=street.bruno, at=folkmoot_now())
    village.move_clock(timedelta(hours=73))
    settle()

    hilde = page_of(browser, live_server.url)
    hilde.go("/sign-in/card/?code")
    hilde.fill("The code on your card", code, exact=False)
    hilde.fill("Choose a PIN", PIN, exact=False)
    hilde.press("Sign in")
    hilde.go(f"/b/{street.body.slug}/")
    hilde.reads(street.body.name)
    hilde.page.context.clear_cookies()

    village.move_clock(timedelta(days=8))
    hall = meeting(street)
    vote = put_to_the_vote(hall.assembly.items.get())
    ana.go(f"/assemblies/{hall.assembly.pk}/run/")
    ana.follow("Vote for those without a device")
    ana.page.get_by_label("Whose vote is it?").select_option(label="Hilde")
    ana.page.locator("input[name=way][value=desk]").check()
    ana.choose("agree")
    ana.press("Write it down")
    ana.reads("Waiting for a second member")
    bruno.go(f"{vote.proposal.get_absolute_url()}enter/")
    bruno.page.get_by_role("link", name="Confirm it").click()
    bruno.choose("agree")
    bruno.press("Confirm it")
    bruno.reads("it counts")
    assert Ballot.objects.get().way == "entered"

    for person in street.members:
        village.cast(vote, person, "agree")
    published(over(hall))
    village.close(vote)
    ana.go(f"/assemblies/{hall.assembly.pk}/")
    ana.reads("On the page: 5 · At the helper desk: 1.")
    ana.follow("Print the minutes, with the votes")
    number = EnteredBallot.objects.get().number
    line = ana.page.get_by_role("row").filter(has_text="Hilde")
    for words in (f"{number[:4]} {number[4:]}", "Agree", "At the helper desk by Ana and Bruno"):
        expect(line).to_contain_text(words)
    assert ana.page.pdf(prefer_css_page_size=True)  # it can be printed


def meeting(street: Street) -> Hall:
    """An assembly under way, at which a vote is taken that can be opened."""
    hall = Hall(street.body, call(street.body, street.ana), {"ana": street.ana, "eva": street.eva})
    guide(hall)
    item = for_ballots(hall, "ana")
    opened(hall, "ana", "eva", item=False)
    running.begin_item(item, by=street.ana, at=folkmoot_now())
    return hall
