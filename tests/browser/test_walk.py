"""The walk of a newcomer, from the invitation to the end of a mandate, with its steps counted."""

from datetime import timedelta

import pytest
from django.utils.translation import gettext, override
from playwright.sync_api import Browser, BrowserContext, expect
from pytest_django.live_server_helper import LiveServer

from core.actions import applications, confidence, mandates, opening, proposals
from core.actions.settling import settle
from core.models import Application, Ballot, Mandate, Proposal, Stage
from core.timekeeping import folkmoot_now
from tests import village
from tests.browser.walking import Walk, sign_in
from tests.core.people.cast import Street, link, make_street

pytestmark = pytest.mark.django_db(transaction=True)

WAYS = [
    pytest.param("en", False, id="English, without JavaScript"),
    pytest.param("es", True, id="Spanish, with JavaScript", marks=pytest.mark.slow),
    pytest.param("en", True, id="English, with JavaScript", marks=pytest.mark.slow),
    pytest.param("es", False, id="Spanish, without JavaScript", marks=pytest.mark.slow),
]
# What docs/face.md tells: acts of the person, from opening the link to the end of the mandate.
STEPS = {"join": 8, "comment": 3, "decide": 3, "recall": 4, "confidence": 2, "notices": 2}


@pytest.fixture
def street(transactional_db: None) -> Street:
    return make_street()


def phone(browser: Browser, language: str, scripted: bool) -> BrowserContext:
    """A small phone that asks for pages in that language."""
    return browser.new_context(
        java_script_enabled=scripted,
        viewport={"width": 360, "height": 740},
        locale={"en": "en-GB", "es": "es-MX"}[language],
    )


def offer(street: Street) -> Proposal:
    """Ana proposes that bruno run the tool library; bruno has accepted."""
    at = folkmoot_now()
    proposal = proposals.draft(
        street.body, by=street.ana, at=at, title="Tool library", text="Bruno lends out the tools.", kind="mandate"
    )
    terms = mandates.Terms(street.bruno, "Lend out the tools.", "Spend nothing.", term_days=180, report_days=30)
    mandates.offer(proposal, terms, by=street.ana)
    proposals.put_up(proposal, by=street.ana, at=at)
    mandates.accept(proposal, by=street.bruno, at=at)
    return proposal


@pytest.mark.parametrize(("language", "scripted"), WAYS)
def test_from_the_invitation_to_the_end_of_a_mandate(
    browser: Browser, live_server: LiveServer, street: Street, language: str, scripted: bool
) -> None:
    proposal, (_row, token) = offer(street), link(street, street.ana)
    context = phone(browser, language, scripted)
    walk = Walk(context.new_page(), live_server.url, language)

    join(walk, token)
    applications.vouch(Application.objects.get(), by=street.bruno, at=folkmoot_now())
    village.move_clock(timedelta(hours=73))
    settle()

    with walk.part("comment"):
        walk.go(proposal.get_absolute_url())
        walk.reads("Discussion")
        walk.page.get_by_role("main").get_by_text("Bruno lends out the tools.").wait_for()
        walk.fill("your words", "Ask him for a deposit box, please.")
        walk.press("Say it")
        expect(walk.page.get_by_role("main")).to_contain_text("Ask him for a deposit box, please.")

    village.move_clock(timedelta(days=8))
    vote = opening.open_vote(proposal, by=street.ana)
    with walk.part("decide"):
        walk.go(proposal.get_absolute_url())
        walk.choose("agree")
        walk.press("Give my position")
        walk.reads("Your position counts. You can change it below.")
    for person in street.members:
        village.cast(vote, person, "agree")
    village.close(vote)

    walk.page.goto(live_server.url + proposal.get_absolute_url())
    walk.reads("Carried out")
    mandate = Mandate.objects.get(granted_by=proposal)

    with walk.part("recall"):
        walk.go(mandate.get_absolute_url())
        walk.unfold("Open a recall")
        walk.fill("Your reason", "The library was closed for a month.")
        walk.press("Open the recall now")
        walk.reads("Counts are shown after the close, so that nobody votes with an eye on the others.")
    for person in (street.ana, street.carla, street.eva):
        confidence.withdraw(mandate, by=person)

    walk.page.goto(live_server.url + mandate.get_absolute_url())
    with walk.part("confidence"):
        walk.unfold("Withdraw my confidence")
        walk.press("Withdraw my confidence now")
        walk.reads("ended")
    mandate.refresh_from_db()
    assert mandate.ended_at is not None
    assert Proposal.objects.get(kind="recall").stage == Stage.OVERTAKEN

    with walk.part("notices"):
        walk.go("/notices/")
        walk.reads(
            "%(name)s has lost the confidence of %(body)s. The mandate has ended.", name="Bruno", body="Alder Street"
        )
        walk.press("Mark all as seen")
        walk.reads("You have seen everything.")
    assert walk.counted == STEPS
    context.close()

    his = browser.new_context()
    sign_in(his, live_server.url, street.bruno)
    page = his.new_page()
    page.goto(f"{live_server.url}/notices/")
    expect(page.get_by_role("main")).to_contain_text("has ended")
    his.close()


def join(walk: Walk, token: str) -> None:
    """From the link to an account and an application."""
    with walk.part("join"):
        walk.go(f"/join/{token}/")
        walk.reads("You are invited to %(body)s", body="Alder Street")
        walk.follow("I am new here")
        walk.fill("Your name, or a pseudonym", "Ines")
        walk.fill("Sign-in name", "ines")
        walk.fill("Password", "four words in a row")
        walk.fill("Password, once more", "four words in a row")
        walk.press("Make my account")
        walk.press("Accept the invitation")
        walk.reads("You ask to join")


@pytest.mark.parametrize("scripted", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_one_votes_by_keyboard_alone(browser: Browser, live_server: LiveServer, street: Street, scripted: bool) -> None:
    vote = village.make_vote(street.body, street.ana)
    context = browser.new_context(java_script_enabled=scripted, viewport={"width": 360, "height": 740})
    sign_in(context, live_server.url, street.eva)
    page = context.new_page()
    page.goto(live_server.url + vote.proposal.get_absolute_url())

    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "position":
            break
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "submit":
            break
    page.keyboard.press("Enter")

    with override("en"):
        expect(page.get_by_role("main")).to_contain_text(gettext("Your position counts. You can change it below."))
    assert Ballot.objects.get(roll__person=street.eva).position == "agree"
    context.close()
