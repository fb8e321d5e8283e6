"""An election in a real browser: standing, ranking without JavaScript, and a count that fits on a phone."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from core.actions import ballots, candidacies, opening
from core.models import Ballot, Candidacy, Proposal
from core.timekeeping import folkmoot_now
from tests import village
from tests.browser.test_every_page import LOOKS, findings
from tests.browser.walking import Walk, sign_in
from tests.core.people.cast import Street, make_street

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def street(transactional_db: None) -> Street:
    return make_street()


@pytest.mark.parametrize("scripted", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_from_standing_to_the_count(browser: Browser, live_server: LiveServer, street: Street, scripted: bool) -> None:
    proposal = village.make_election(street.body, street.ana, street.bruno, seats=2, ranked=True)
    context = browser.new_context(java_script_enabled=scripted, viewport={"width": 360, "height": 740})
    sign_in(context, live_server.url, street.carla)
    walk = Walk(context.new_page(), live_server.url)

    walk.go(proposal.get_absolute_url())
    walk.unfold("Stand yourself")
    walk.fill("What members should know about you", "I would go every week.", exact=False)
    walk.press("I stand")
    walk.reads("I would go every week.")
    assert Candidacy.objects.get(person=street.carla).stands

    village.move_clock(timedelta(days=8))
    vote = opening.open_vote(proposal, by=street.ana)
    walk.go(proposal.get_absolute_url())
    walk.pick("Bruno", "2")
    walk.pick("Carla", "2")
    walk.press("Cast my ballot")
    walk.reads("You gave the number 2 to more than one: Bruno, Carla. Give each another number.")
    expect(walk.page.get_by_label("Bruno", exact=True)).to_have_value("2")
    walk.pick("Carla", "1")
    walk.press("Cast my ballot")
    walk.reads("1 Carla, 2 Bruno")
    assert Ballot.objects.get(vote=vote).choice == "[2,1]"

    for person in (street.ana, street.bruno, street.eva):
        ballots.cast(vote, (1, 2), by=person)
    village.close(vote)
    walk.go(proposal.get_absolute_url())
    walk.reads("Every ballot lies with its first choice. The quota is 2.")
    walk.reads("Bruno has more votes than the quota: what is over goes on to the next choices.")


def elections_of(street: Street) -> dict[str, Proposal]:
    """One election in each state, and one counted by each method."""
    people = (street.bruno, street.carla, street.eva)
    found: dict[str, Proposal] = {}

    def made(name: str, seats: int, ranked: bool, **choices: Any) -> None:
        vote = village.open_election(street.body, street.ana, *people, title=name, seats=seats, ranked=ranked)
        found[name] = vote.proposal
        for who, choice in choices.items():
            ballots.cast(vote, choice, by=getattr(street, who))
        if choices:
            village.close(vote)

    made("stv", 2, True, ana=(1, 2, 3), bruno=(1, 2), carla=(2, 1), eva=(3, 0))
    made("schulze", 1, True, ana=(1, 2), bruno=(1, 0, 3), carla=(2, 1), eva=(3, 1, 2))
    made("approval", 2, False, ana=(1, 2), bruno=(1,), carla=(1, 2, 3), eva=(1, 3))
    made("marking", 2, False)
    made("ranking", 2, True)
    found["looking"] = village.make_election(street.body, street.ana, street.bruno, title="looking")
    candidacies.propose(found["looking"], street.carla, by=street.ana, at=folkmoot_now())
    return found


@pytest.mark.slow
@pytest.mark.parametrize("look", [pytest.param(look.values, id=look.id) for look in LOOKS])
def test_axe_finds_nothing_and_nothing_is_cut(
    browser: Browser, live_server: LiveServer, street: Street, look: tuple[Any, ...]
) -> None:
    width, scheme, language = look
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, locale=language)
    sign_in(context, live_server.url, street.carla)
    page, wrong = context.new_page(), []

    for name, proposal in elections_of(street).items():
        page.goto(f"{live_server.url}{proposal.get_absolute_url()}")
        page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })")
        found = findings(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(("wider than the screen", str(page.evaluate("document.documentElement.scrollWidth"))))
        wrong += [(name, each) for each in found]

    assert wrong == []
