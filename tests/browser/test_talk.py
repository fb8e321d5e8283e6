"""The talk in a real browser: other words from a phone without JavaScript and by marking them with the mouse, then a
vote between texts, and pages that axe and a small screen can live with.
"""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from core.actions import amendments, ballots, comments, opening, proposals, summaries, temperatures
from core.actions.comments import About
from core.models import Amendment, Proposal
from core.rules.choices import Marked
from core.timekeeping import folkmoot_now
from tests import village
from tests.browser.test_every_page import LOOKS, findings
from tests.browser.walking import Walk, sign_in
from tests.core.people.cast import Street, make_street

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

TEXT = "We open the lot at the corner.\n\nIt costs 200.\n\nWe look again in May."


@pytest.fixture
def street(transactional_db: None) -> Street:
    return make_street()


def talked_over(street: Street) -> Proposal:
    """A proposal of ana in discussion."""
    idea = proposals.draft(street.body, by=street.ana, at=folkmoot_now(), title="The lot", text=TEXT)
    return proposals.put_up(idea, by=street.ana, at=folkmoot_now())


def walk_of(browser: Browser, server: LiveServer, person: Any, *, scripted: bool = True, width: int = 360) -> Walk:
    """Somebody on a phone, or at a desk."""
    context = browser.new_context(java_script_enabled=scripted, viewport={"width": width, "height": 740})
    sign_in(context, server.url, person)
    return Walk(context.new_page(), server.url)


def test_from_other_words_to_a_vote_between_texts(browser: Browser, live_server: LiveServer, street: Street) -> None:
    proposal = talked_over(street)
    bruno = walk_of(browser, live_server, street.bruno, scripted=False)
    ana = walk_of(browser, live_server, street.ana, scripted=False)
    carla = walk_of(browser, live_server, street.carla, width=1280)

    bruno.go(proposal.get_absolute_url())
    bruno.follow("Passage by passage: say something, propose other words")
    bruno.page.locator("#p2").get_by_role("link", name="Propose other words").click()
    bruno.fill("The words as they are", "It costs 300.")
    bruno.fill("The words you propose", "It costs 150.")
    bruno.fill("Why", "It is cheaper.")
    bruno.press("Propose these words")
    bruno.reads("These words do not stand in the text.")
    bruno.fill("The words as they are", "It costs 200.")
    bruno.press("Propose these words")
    bruno.reads("What would change")

    ana.go(proposal.get_absolute_url())
    ana.follow("1 proposal for other words waits for your answer")
    ana.follow("1: Bruno")
    ana.unfold("Do not take them over")
    ana.fill("Why not", "We asked for 200.")
    ana.press("Say why not")
    ana.reads("We asked for 200.")

    bruno.go(Amendment.objects.get().get_absolute_url())
    bruno.press("Let it stand as an alternative")
    expect(bruno.page.get_by_role("button", name="Let it stand as an alternative")).to_have_count(0)

    carla.go(f"/proposals/{proposal.pk}/passages/")
    carla.page.locator("#p3 p").first.dblclick(position={"x": 90, "y": 12})
    chosen = carla.page.evaluate("document.getSelection().toString().trim()")
    carla.page.locator("#p3 a.button").click()
    expect(carla.page.get_by_label("The words as they are")).to_have_value(chosen)
    carla.go(proposal.get_absolute_url())
    carla.press("Not sure")
    carla.reads("your answer")

    village.move_clock(timedelta(days=8))
    vote = opening.open_vote(proposal, by=street.ana)
    for walk, marks in ((carla, (2,)), (bruno, (1, 2)), (ana, (1, 2))):
        walk.go(proposal.get_absolute_url())
        for number in marks:
            walk.page.locator(f"#id_marks_{number}").check()
        walk.choose("aside")
        walk.press("Cast my ballot")
        walk.reads("You can change it below.")
    assert {ballot.choice for ballot in vote.ballots.all()} == {"[2]", "[1,2]"}
    village.close(vote)

    carla.go(proposal.get_absolute_url())
    carla.reads("Text 2 came first: most could live with it. The rule was applied to it alone.")
    carla.reads("It costs 150.")


def pages_of(street: Street) -> list[str]:
    """Everything of the talk: in discussion, in a vote, decided."""
    found, at = [], folkmoot_now()
    for stage in ("talked over", "voting", "decided"):
        proposal = talked_over(street)
        about = About(1, "It costs 200.")
        comments.write(proposal, "Too much.", by=street.eva, at=at, about=about)
        temperatures.feel(proposal, "cold", by=street.eva, at=at)
        summaries.write(proposal, "talk", "Eva finds it dear.", by=street.ana, at=at, seen=0)
        words = amendments.propose(proposal, "200", "150", "Cheaper.", by=street.carla, at=at, seen=1)
        amendments.let_stand(words, by=street.carla, at=at)
        found += [proposal.get_absolute_url(), words.get_absolute_url(), f"/proposals/{proposal.pk}/passages/"]
        found += [f"/proposals/{proposal.pk}/summary/talk/"]
        if stage == "talked over":
            found += [f"/proposals/{proposal.pk}/amend/?paragraph=2"]
            continue
        village.move_clock(timedelta(days=8))
        vote = opening.open_vote(proposal, by=street.ana)
        for person in (street.ana, street.bruno, street.eva):
            ballots.cast(vote, Marked("aside", (1, 2) if person == street.ana else (2,)), by=person, reason="So.")
        if stage == "decided":
            village.close(vote)
        at = folkmoot_now()
    return found


@pytest.mark.parametrize(("width", "language"), LOOKS)
def test_axe_finds_nothing_and_nothing_is_cut(
    browser: Browser, live_server: LiveServer, street: Street, width: int, language: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, locale=language)
    sign_in(context, live_server.url, street.carla)
    page, wrong = context.new_page(), []

    for path in pages_of(street):
        page.goto(f"{live_server.url}{path}")
        page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })")
        wrong += [(path, each) for each in findings(page)]

    assert wrong == []
