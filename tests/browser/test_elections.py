"""An election in a real browser: standing, ranking without JavaScript, and a count that fits on a phone."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from core.actions import ballots, candidacies, opening
from core.models import Ballot, Candidacy, Proposal
from core.rules.secrecy import show_of
from core.signer import votes
from core.signer.folder import SignerFolder
from core.timekeeping import folkmoot_now
from tests import village
from tests.browser.test_every_page import LOOKS, findings
from tests.browser.walking import Walk, sign_in
from tests.core.people.cast import Street, make_street
from tests.core.secret.scene import Court, make_court

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def street(transactional_db: None) -> Street:
    return make_street()


@pytest.fixture
def court(transactional_db: None, signer_folder: SignerFolder) -> Court:
    return make_court()


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


@pytest.mark.slow
@pytest.mark.parametrize(
    ("terms", "scripted"),
    [
        pytest.param({}, False, id="approval, without JavaScript"),
        pytest.param({"ranked": True}, True, id="Schulze, with JavaScript"),
        pytest.param({"ranked": True, "seats": 2}, False, id="STV, without JavaScript"),
    ],
)
def test_a_secret_election_by_each_rule(
    browser: Browser, live_server: LiveServer, court: Court, terms: dict[str, Any], scripted: bool
) -> None:
    votes.stock(2)
    vote = village.open_election(court.body, court.ana, *court.people[2:5], **terms)
    context = browser.new_context(java_script_enabled=scripted, viewport={"width": 360, "height": 740})
    sign_in(context, live_server.url, court.ana)
    walk = Walk(context.new_page(), live_server.url)

    walk.go(vote.proposal.get_absolute_url())
    choose_farid_then_eva(walk, ranked="ranked" in terms, scripted=scripted)
    code = walk.page.get_by_label("Your code").input_value()
    walk.press("Put my ballot into the box")
    walk.reads("Your ballot is in its box.")
    for person in court.people[1:7]:
        village.cast_secretly(vote, person, (2, 1) if "ranked" in terms else (1, 2))
    village.close(vote)

    walk.go(vote.proposal.get_absolute_url())
    elected = walk.page.locator(".elected .name").all_inner_texts()
    assert sorted(elected) == (["Eva", "Farid"] if "seats" in terms else [elected[0]])
    walk.follow("The ballots of this secret vote, and where yours is")
    expect(walk.page.locator(f"#show-{show_of(vote.pk, code)}")).to_be_visible()
    if scripted:
        assert findings(walk.page) == []
    context.close()


def choose_farid_then_eva(walk: Walk, *, ranked: bool, scripted: bool) -> None:
    """With JavaScript by tapping the names in this order, without by lists; or yes to both."""
    for place, name in enumerate(("Farid", "Eva"), start=1):
        if not ranked:
            walk.page.get_by_role("group", name=name, exact=True).get_by_label("Yes").check()
        elif scripted:
            walk.page.locator(".rank label", has_text=name).click()
            expect(walk.page.get_by_label(name, exact=True)).to_have_value(f"{place:02}")
        else:
            walk.pick(name, str(place))


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
@pytest.mark.parametrize(("width", "language"), LOOKS)
def test_axe_finds_nothing_and_nothing_is_cut(
    browser: Browser, live_server: LiveServer, street: Street, width: int, language: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, locale=language)
    sign_in(context, live_server.url, street.carla)
    page, wrong = context.new_page(), []

    for name, proposal in elections_of(street).items():
        page.goto(f"{live_server.url}{proposal.get_absolute_url()}")
        page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })")
        wrong += [(name, each) for each in findings(page)]

    assert wrong == []
