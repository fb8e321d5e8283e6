"""A catalyst group founds a council in real browsers, without JavaScript, and is refused after the hand-over."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from core.models import Body, Person
from core.timekeeping import folkmoot_now
from councils.models import Board
from tests import village
from tests.browser.test_every_page import LOOKS, findings
from tests.browser.walking import Walk, sign_in
from tests.councils.founding import scene as made
from tests.councils.founding.scene import Founding

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

Phone = Callable[[Person], Walk]


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer) -> Phone:
    """A small phone without JavaScript, in which somebody is signed in."""

    def opened(person: Person) -> Walk:
        context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
        sign_in(context, live_server.url, person)
        return Walk(context.new_page(), live_server.url)

    return opened


@pytest.fixture
def group(transactional_db: None) -> Founding:
    return made.make_group()


def test_a_group_founds_a_council_and_is_refused_afterwards(phone: Phone, group: Founding) -> None:
    eva = phone(group.eva)
    board = listen_and_form(eva, group)
    link = print_the_kit(eva, board)
    for person in group.neighbours[:5]:
        come_in(phone(person), link)
    catalyst = phone(group.farid)
    catalyst.go(link)
    catalyst.press("Accept the invitation")
    catalyst.reads("You can join once it has been handed over.")

    council = meet_and_adopt(eva, board, phone, group)
    made.first_mandate(group)
    ana = phone(group.ana)
    ana.go(board)
    ana.press("Hand over")
    ana.reads("Handed over")

    eva.go(board)
    expect(eva.page.get_by_role("main")).not_to_contain_text("Ana")
    expect(eva.page.get_by_role("button", name="Note it")).to_have_count(0)
    for form in ("scope", "kit", "assembly", "attendance"):
        eva.go(f"{board}{form}/")
        eva.reads("This founding is over.")
        expect(eva.page.get_by_role("main")).not_to_contain_text("Ana")
    eva.go(link)
    expect(eva.page.get_by_role("main")).to_contain_text("This invitation was taken back.")
    eva.go(f"/b/{council.slug}/")
    expect(eva.page.get_by_role("main")).to_contain_text("Ask to join")
    vote = village.make_vote(council, group.ana)
    for path in (f"/b/{council.slug}/members/", vote.proposal.get_absolute_url()):
        eva.go(path)
        expect(eva.page).to_have_title("Nothing here · Folkmoot")


def listen_and_form(walk: Walk, group: Founding) -> str:
    """A board, two needs, the scope; the address of the board."""
    walk.go(f"/b/{group.group.slug}/")
    walk.follow("Open a founding board")
    walk.fill("What council is this about?", "A council for Birch Street")
    walk.press("Open the board")
    for theme, doors in (("A warm room in winter", "12"), ("Shade at the bus stop", "7")):
        if walk.page.locator("#needs details").get_attribute("open") is None:
            walk.unfold("Note what you heard")
        walk.fill("What do people need?", theme)
        walk.fill("At how many doors did you hear it?", doors)
        walk.fill("At how many doors have you been, in all?", "30")
        walk.press("Note it")
    walk.follow("Say whom the council is for")
    walk.fill("What will it be called?", "Birch Street Council")
    walk.fill("Who is affected by what it decides?", "All who live there.")
    walk.fill("What will it be for?", "What the street can settle itself.")
    walk.press("Form the council")
    walk.reads("Invite, and call the first assembly")
    walk.follow("Call the first assembly")
    walk.fill("When?", f"{folkmoot_now() + timedelta(days=2):%Y-%m-%dT%H:%M}")
    walk.fill("Where?", "The hall")
    walk.press("Call the assembly")
    group.board = Board.objects.get()
    return group.board.get_absolute_url()


def print_the_kit(walk: Walk, board: str) -> str:
    """The path of the link on the printed pages, of which there are four."""
    walk.follow("Print the invitation kit")
    walk.press("Make the pages")
    expect(walk.page.locator(".leaf-page")).to_have_count(4)
    walk.page.emulate_media(media="print")
    expect(walk.page.locator("header.top")).to_be_hidden()
    expect(walk.page.locator(".leaf-page").first).to_be_visible()
    printed = walk.page.locator(".come .small").first.text_content() or ""
    walk.page.emulate_media(media="screen")
    return "/" + printed.strip().split("/", 3)[3]


def come_in(walk: Walk, link: str) -> None:
    """A neighbour accepts the invitation."""
    walk.go(link)
    walk.press("Accept the invitation")
    walk.reads("How this council is founded")


def meet_and_adopt(walk: Walk, board: str, phone: Phone, group: Founding) -> Body:
    """The first assembly, and a charter that one objects to until she does no longer."""
    village.move_clock(timedelta(days=3))
    walk.go(board)
    walk.follow("Note who came")
    for name in ("Ana", "Bruno", "Carla"):
        walk.page.get_by_label(name, exact=True).check()
    walk.press("Note who came")
    path = f"/b/{group.council.slug}/charter/"
    ines = phone(group.neighbours[4])
    ines.go(path)
    ines.unfold("Object to this draft")
    ines.fill("Why?", "Seven days are too short.")
    ines.press("I object")
    for person in group.neighbours[:5]:
        neighbour = phone(person)
        neighbour.go(path)
        neighbour.press("Adopt this charter")
    still = group.council
    assert still.adopted_at is None
    ines.go(path)
    ines.press("I object no longer")
    council = group.council
    assert council.adopted_at is not None
    return council


@pytest.mark.parametrize(("width", "language"), LOOKS)
def test_axe_finds_nothing_on_the_board_and_the_kit(
    browser: Browser, live_server: LiveServer, transactional_db: None, width: int, language: str
) -> None:
    ready = made.ready()
    context = browser.new_context(viewport={"width": width, "height": 800}, locale=language)
    sign_in(context, live_server.url, ready.ana)
    page, wrong = context.new_page(), []
    for path in (ready.board.get_absolute_url(), f"/b/{ready.council.slug}/", "/charters/"):
        page.goto(f"{live_server.url}{path}")
        wrong += [(path, each) for each in findings(page)]
    catalyst = browser.new_context(viewport={"width": width, "height": 800}, locale=language)
    sign_in(catalyst, live_server.url, ready.eva)
    page = catalyst.new_page()
    page.goto(f"{live_server.url}{ready.board.get_absolute_url()}kit/")
    page.get_by_role("main").locator("button[type=submit]").click()
    expect(page.locator(".leaf-page")).to_have_count(4)
    wrong += [("kit", each) for each in findings(page)]
    assert wrong == []
