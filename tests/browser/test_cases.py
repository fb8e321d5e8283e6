"""A case in real browsers: from the complaint over the lot and the sitting to the end of a mandate, and its appeal."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from core.actions.settling import settle
from core.models import Case, CaseSeat, Mandate
from tests import village
from tests.browser.test_every_page import findings
from tests.browser.test_talk import walk_of
from tests.browser.walking import Walk
from tests.core.cases.cast import ANSWER, COMPLAINT, REASONS, WORDS, Court, fresh, make_court, panel

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def court(transactional_db: None, seals_folder: Path) -> Court:
    return make_court()


def read(walk: Walk) -> None:
    """Read what was said; whoever's key is locked opens it first."""
    if walk.page.get_by_label("Your reading passphrase").count():
        walk.fill("Your reading passphrase", WORDS)
        walk.press("Open")
    walk.press("Read")


def complain(ana: Walk, court: Court) -> None:
    """Ana writes down what happened. What is refused is not lost."""
    ana.go(f"{court.body.get_absolute_url()}cases/")
    ana.follow("Open a case")
    ana.pick("About whom?", "Bruno")
    ana.fill("What happened?", COMPLAINT)
    ana.fill("Who else has to do with it?", "Nobody here", exact=False)
    ana.press("Open the case")
    ana.reads("Nobody here")
    assert ana.page.get_by_label("What happened?").input_value() == COMPLAINT
    ana.fill("Who else has to do with it?", "Carla", exact=False)
    ana.press("Open the case")
    ana.reads("The lot draws it within a minute.")
    assert findings(ana.page) == []


def sit_down(judges: list[Walk], case: Case) -> None:
    """One who was drawn gives the seat back, and the lot asks the next; the three take their seats."""
    for judge in judges:
        judge.go(case.get_absolute_url())
        judge.reads("The lot has drawn you")
        assert findings(judge.page) == []
        judge.press("I have no stake: take the seat")
    judges[0].go(case.get_absolute_url())
    judges[0].press("The first sitting has begun")
    judges[0].reads("First sitting")


def find(judges: list[Walk], case: Case) -> None:
    """One of the panel writes what should follow; another one reads it, and agrees."""
    first, second = judges[:2]
    read(first)
    first.reads(COMPLAINT)
    first.reads(ANSWER)
    first.unfold("Write what should follow, and why")
    first.page.get_by_label("The mandate ends").check()
    first.page.get_by_label("Which mandate would end?").select_option(label="Run the tool library")
    first.fill("The reasons", REASONS)
    first.press("Put it to the panel")
    first.reads("The mandate ends: Run the tool library")
    second.go(case.get_absolute_url())
    second.reads("Read the reasons first.")
    read(second)
    second.reads(REASONS)
    assert findings(second.page) == []
    second.press("I agree")


def test_from_a_complaint_to_the_end_of_a_mandate_and_its_appeal(
    browser: Browser, live_server: LiveServer, court: Court
) -> None:
    ana = walk_of(browser, live_server, court.ana)
    bruno = walk_of(browser, live_server, court.bruno, scripted=False)
    bruno.language = "es"
    bruno.page.context.add_cookies([{"name": "language", "value": "es", "url": live_server.url}])

    complain(ana, court)
    settle()  # the clock draws the panel
    case = fresh(Case.objects.get())
    busy = panel(case)[0]
    away = walk_of(browser, live_server, busy)
    away.go(case.get_absolute_url())
    away.press("Give the seat back")
    assert away.page.get_by_text("Thank you for saying so. The lot asks the next one.").is_visible()
    settle()
    assert busy not in panel(case)
    judges = [walk_of(browser, live_server, person) for person in panel(case)]
    sit_down(judges, case)

    bruno.go(case.get_absolute_url())
    bruno.unfold("Say something")
    bruno.fill("Your words", ANSWER)
    bruno.press("Seal and send")
    ana.go(case.get_absolute_url())
    read(ana)  # from now on it is sealed to the panel too
    ana.reads(ANSWER)
    find(judges, case)

    bruno.go(case.get_absolute_url())
    bruno.reads("The mandate ends")
    bruno.unfold("Appeal to the assembly")
    bruno.fill("What should the assembly know?", "Ask those who were there.")
    bruno.press("Ask the assembly")
    case = fresh(case)
    assert case.appeal is not None
    ana.go(case.get_absolute_url())
    ana.open(case.appeal.title)
    ana.reads("Ask those who were there.")
    assert Mandate.objects.get(pk=court.mandate.pk).ended_at is None
    court.vote(case, "yes")

    ana.go(case.get_absolute_url())
    ana.reads("The outcome stands")
    assert not CaseSeat.objects.standing().filter(case=case).exists()
    ana.go(court.mandate.get_absolute_url())
    ana.reads("A case panel has ended this mandate of")
    assert findings(ana.page) == []


def test_other_members_see_numbers_and_who_is_late_for_an_appeal_is_told(
    browser: Browser, live_server: LiveServer, court: Court
) -> None:
    case = court.up_to("decided")
    bruno = walk_of(browser, live_server, court.bruno, scripted=False, width=1280)
    drawn = {person.pk for person in panel(case)}
    other = next(person for person in court.members[3:] if person.pk not in drawn)
    carla = walk_of(browser, live_server, other, width=1280)

    carla.go(f"{court.body.get_absolute_url()}cases/")
    carla.reads("opened")
    assert "Bruno" not in carla.page.get_by_role("main").inner_text()
    bruno.go(case.get_absolute_url())
    village.move_clock(timedelta(days=7, minutes=1))
    bruno.unfold("Appeal to the assembly")
    bruno.fill("What should the assembly know?", "Ask those who were there.")
    bruno.press("Ask the assembly")

    bruno.reads("The time to appeal has passed: it was seven days.")
    assert bruno.page.get_by_text("Nothing was changed.").is_visible()
    assert fresh(case).appeal is None
