"""Ten things that people come for, walked as a small phone without JavaScript: what each asks (docs/ease.md)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from core.models import Amendment, Ballot, Mandate, Person, Proposal, Report, Vote, Withdrawal
from core.rules.positions import Position
from tests import village
from tests.browser.walking import Walk, sign_in
from tests.core.people.cast import Street, link, make_street

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

EASE = Path(__file__).resolve().parents[2] / "docs" / "ease.md"
ROW = re.compile(r"^\| (?P<task>[a-z][^|]+) \| (\d+) of (\d+) \| (\d+) of (\d+) \| (\d+) of (\d+) \|$", re.MULTILINE)
WORDS_MAY_DIFFER = 0.1  # a sentence here or there; beyond it the table is no longer true


@dataclass(frozen=True)
class Told:
    """One line of the table: (counted, allowed) of clicks, fields and words."""

    clicks: tuple[int, int]
    fields: tuple[int, int]
    words: tuple[int, int]


@dataclass(frozen=True)
class Scene:
    """The street with what ten tasks need; and whoever walks."""

    street: Street
    vote: Vote
    talk: Proposal
    mandate: Mandate
    found: Proposal


def table() -> dict[str, Told]:
    """The table in docs/ease.md, by task."""
    rows = {}
    for row in ROW.finditer(EASE.read_text()):
        n = [int(each) for each in row.groups()[1:]]
        rows[row["task"]] = Told((n[0], n[1]), (n[2], n[3]), (n[4], n[5]))
    return rows


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    """A year of the street: old decisions, a mandate, a talk, an open vote."""
    street = make_street()
    decided = village.decide(street.body, street.members, street.ana, title="A bench under the linden tree")
    village.decide(street.body, street.members, street.bruno, title="Paint the fence")
    village.move_clock(timedelta(days=250))
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    vote = village.make_vote(street.body, street.ana)
    talk = village.make_proposal(street.body, street.bruno, title="Lamps for the yard")
    return Scene(street, vote, talk, mandate, decided)


def join(walk: Walk, scene: Scene) -> None:
    walk.follow("I am new here")
    walk.fill("Your name, or a pseudonym", "Ines")
    walk.fill("Sign-in name", "ines")
    walk.fill("Password", "four words in a row")
    walk.fill("Password, once more", "four words in a row")
    walk.press("Make my account")
    walk.press("Accept the invitation")
    walk.reads("You ask to join")
    assert Person.objects.filter(sign_in_name="ines").exists()


def vote(walk: Walk, scene: Scene) -> None:
    walk.open("Open the corner lot")
    walk.choose("agree")
    walk.press("Give my position")
    walk.reads("Your position counts. You can change it below.")
    assert Ballot.objects.get(vote=scene.vote).position == Position.AGREE


def change(walk: Walk, scene: Scene) -> None:
    walk.open("Open the corner lot")
    walk.choose("abstain")
    walk.press("Change my position")
    walk.reads("Your position counts. You can change it below.")
    assert Ballot.objects.get(vote=scene.vote).position == Position.ABSTAIN


def propose(walk: Walk, scene: Scene) -> None:
    walk.follow("Alder Street")
    walk.follow("Write a proposal")
    walk.fill("Title", "A shelf for books")
    walk.fill("What we decide", "We put a shelf for books at the gate.")
    walk.press("Put it up for discussion")
    walk.reads("Discussion")
    assert Proposal.objects.filter(title="A shelf for books", stage="discussion").exists()


def amend(walk: Walk, scene: Scene) -> None:
    walk.open("Lamps for the yard")
    walk.follow("Passage by passage: say something, propose other words")
    walk.open("Propose other words")
    walk.write("words", "We take over the empty lot at the corner as a garden for all.")
    walk.write("reason", "It is plainer.")
    walk.press("Propose these words")
    assert Amendment.objects.filter(proposal=scene.talk).count() == 1


def block(walk: Walk, scene: Scene) -> None:
    walk.open("Open the corner lot")
    walk.choose("block")
    walk.write("reason", "The lot is not ours to open.")
    walk.press("Give my position")
    walk.reads("Your position counts. You can change it below.")
    assert Ballot.objects.get(vote=scene.vote).position == Position.BLOCK


def to_the_mandate(walk: Walk) -> None:
    walk.follow("Alder Street")
    walk.follow("Mandates")
    walk.open("Run the tool library")


def recall(walk: Walk, scene: Scene) -> None:
    to_the_mandate(walk)
    walk.unfold("Open a recall")
    walk.fill("Your reason", "The library was closed for a month.")
    walk.press("Open the recall now")
    assert Proposal.objects.filter(kind="recall", mandate=scene.mandate).exists()


def withdraw(walk: Walk, scene: Scene) -> None:
    to_the_mandate(walk)
    walk.unfold("Withdraw my confidence")
    walk.press("Withdraw my confidence now")
    walk.reads("You have withdrawn your confidence.")
    assert Withdrawal.objects.filter(mandate=scene.mandate).count() == 1


def report(walk: Walk, scene: Scene) -> None:
    to_the_mandate(walk)
    walk.fill("What was done, and what comes next?", "Forty tools lent, two mended.", exact=False)
    walk.press("Give the report")
    expect(walk.page.get_by_role("main")).to_contain_text("Forty tools lent, two mended.")
    assert Report.objects.filter(mandate=scene.mandate).count() == 1


def find(walk: Walk, scene: Scene) -> None:
    walk.follow("Alder Street")
    walk.follow("Decisions")
    walk.fill("Search title and text", "bench")
    walk.press("Search")
    walk.open("A bench under the linden tree")
    walk.reads("Adopted")


TASKS: dict[str, tuple[str, Callable[[Walk, Scene], None]]] = {
    "join by an invitation": ("nobody", join),
    "vote": ("eva", vote),
    "change the vote": ("farid", change),
    "propose": ("eva", propose),
    "amend a proposal": ("eva", amend),
    "block, with the reason": ("eva", block),
    "open a recall": ("eva", recall),
    "withdraw confidence": ("eva", withdraw),
    "report as delegate": ("bruno", report),
    "find what was decided last spring": ("eva", find),
}


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer) -> Iterator[Walk]:
    """A small phone without JavaScript."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}, locale="en-GB")
    yield Walk(context.new_page(), live_server.url)
    context.close()


@pytest.mark.parametrize("task", TASKS)
def test_a_task_asks_no_more_than_its_budget(phone: Walk, scene: Scene, task: str) -> None:
    who, walked = TASKS[task]
    if who == "farid":
        village.cast(scene.vote, scene.street.farid, Position.AGREE)
    if who == "nobody":
        phone.page.goto(f"{phone.address}/join/{link(scene.street, scene.street.ana)[1]}/")
    else:
        sign_in(phone.page.context, phone.address, getattr(scene.street, who))
        phone.page.goto(phone.address)
    phone.read()

    walked(phone, scene)

    told = table()[task]
    assert phone.clicks == told.clicks[0] <= told.clicks[1], phone.steps
    assert phone.fields == told.fields[0] <= told.fields[1], phone.steps
    assert phone.words <= told.words[1]
    assert abs(phone.words - told.words[0]) <= told.words[0] * WORDS_MAY_DIFFER


def test_every_task_of_the_table_is_walked() -> None:
    assert set(table()) == set(TASKS)
