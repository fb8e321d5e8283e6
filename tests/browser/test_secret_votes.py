"""A secret vote in a real browser: the code made where it says, changed, found again, and nothing kept; axe."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from core.models import SealedBallot, Vote
from core.rules.secrecy import grouped, normal, show_of
from core.signer import votes
from core.signer.folder import SignerFolder
from tests import village
from tests.browser.test_every_page import findings
from tests.browser.walking import sign_in
from tests.core.secret.scene import Court, make_court, recall

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

WIDTHS = [360, 1280]


@pytest.fixture
def court(transactional_db: None, signer_folder: SignerFolder) -> Court:
    return make_court()


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(java_script_enabled=request.param, viewport={"width": 360, "height": 740})
    yield made
    made.close()


def scripted(context: BrowserContext) -> bool:
    """Whether this browser runs scripts."""
    page = context.new_page()
    page.set_content("<noscript>no</noscript>")
    found = not page.get_by_text("no", exact=True).is_visible()
    page.close()
    return found


def vote_on(page: Page, address: str, vote: Vote, choice: str) -> str:
    """Read, choose, write down the code, send; the code."""
    page.goto(f"{address}{vote.proposal.get_absolute_url()}")
    code = page.get_by_label("Your code").input_value()
    page.get_by_label(choice).check()
    page.get_by_role("button", name="Put my ballot into the box").click()
    expect(page.get_by_text("Your ballot is in its box.")).to_be_visible()
    return code


def test_a_ballot_is_cast_changed_and_found_in_the_list(
    context: BrowserContext, live_server: LiveServer, court: Court
) -> None:
    vote = recall(court)
    sign_in(context, live_server.url, court.eva)
    page = context.new_page()
    made_here = "Your own browser made this code." if scripted(context) else "This server made the code"

    page.goto(f"{live_server.url}{vote.proposal.get_absolute_url()}")
    expect(page.get_by_text(made_here)).to_be_visible()
    code = vote_on(page, live_server.url, vote, "Yes")
    expect(page.get_by_text(code, exact=True)).to_be_in_viewport()
    if scripted(context):
        expect(page.locator("#ballot-box [role=status]")).to_be_focused()
    expect(page.get_by_text(grouped(show_of(vote.pk, code), 4), exact=True)).to_be_visible()
    page.goto(f"{live_server.url}{vote.proposal.get_absolute_url()}")
    assert code not in page.content()
    page.get_by_label("Your code").fill(code.replace("-", " ").lower())
    page.get_by_label("No").check()
    page.get_by_role("button", name="Change my ballot").click()
    expect(page.get_by_text("Your ballot is changed.")).to_be_visible()
    assert SealedBallot.objects.count() == 1

    for person in court.people[3:8]:
        village.cast_secretly(vote, person, "yes")
    village.close(vote)
    votes.destroy_counted()
    page.goto(f"{live_server.url}{reverse('core:secret-count', args=[vote.proposal_id, 1])}")
    row = page.locator(f"#show-{show_of(vote.pk, code)}")
    expect(row).to_contain_text("No")
    if scripted(context):
        find(page, code, row)
    else:
        expect(page.get_by_label("Or type your code")).to_be_hidden()


def find(page: Page, code: str, row: Any) -> None:
    """By the form in the page, with the line cut: nothing is sent."""
    page.context.set_offline(True)
    for typed, said in (
        ("nonsense", "This is not a code"),
        ("7Q2M4-ZX9RT-0KCVB-3HN5D", "No ballot in this list has this code."),
        (code, "Here it is: the marked line in the list."),
    ):
        page.get_by_label("Or type your code").fill(typed)
        page.get_by_role("button", name="Show me my ballot").click()
        expect(page.get_by_text(said)).to_be_visible()
    expect(row).to_have_attribute("data-found", "")
    page.context.set_offline(False)


def test_going_back_shows_no_code_that_was_sent(browser: Browser, live_server: LiveServer, court: Court) -> None:
    vote = recall(court)
    context = browser.new_context()
    sign_in(context, live_server.url, court.eva)
    page = context.new_page()
    code = vote_on(page, live_server.url, vote, "Yes")
    page.goto(f"{live_server.url}/")
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert code not in kept
    assert normal(code) not in kept
    page.goto(f"{live_server.url}{vote.proposal.get_absolute_url()}")
    assert code not in page.content()
    context.close()


def test_two_tabs_have_two_codes_and_only_one_ballot(browser: Browser, live_server: LiveServer, court: Court) -> None:
    vote = recall(court)
    context = browser.new_context()
    sign_in(context, live_server.url, court.eva)
    one, other = context.new_page(), context.new_page()
    for tab in (one, other):
        tab.goto(f"{live_server.url}{vote.proposal.get_absolute_url()}")
        tab.get_by_label("Yes").check()
    assert one.get_by_label("Your code").input_value() != other.get_by_label("Your code").input_value()
    one.get_by_role("button", name="Put my ballot into the box").click()
    expect(one.get_by_text("Your ballot is in its box.")).to_be_visible()
    other.get_by_role("button", name="Put my ballot into the box").click()
    expect(other.get_by_text("You have voted in this vote already, and not with this code.")).to_be_visible()
    assert SealedBallot.objects.count() == 1
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_and_nothing_is_cut(
    browser: Browser, live_server: LiveServer, court: Court, width: int
) -> None:
    vote = recall(court)
    context = browser.new_context(viewport={"width": width, "height": 800})
    sign_in(context, live_server.url, court.eva)
    page = context.new_page()
    page.goto(f"{live_server.url}{vote.proposal.get_absolute_url()}")
    look(page, f"ballot-{width}")
    vote_on(page, live_server.url, vote, "Yes")
    look(page, f"sent-{width}")
    page.goto(f"{live_server.url}{vote.proposal.get_absolute_url()}")
    look(page, f"again-{width}")
    for person in court.people[3:8]:
        village.cast_secretly(vote, person, "yes")
    village.close(vote)
    page.goto(f"{live_server.url}{reverse('core:secret-count', args=[vote.proposal_id, 1])}")
    look(page, f"list-{width}")
    context.close()


def look(page: Page, name: str) -> None:
    """What axe finds; whether the page is wider than the screen; a picture, where one is asked for."""
    assert findings(page) == []
    if os.environ.get("PICTURES"):
        page.screenshot(path=Path(os.environ["PICTURES"]) / f"{name}.png", full_page=True)
