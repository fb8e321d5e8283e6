"""Bodies of bodies in a real browser: a question comes down, a free delegate says something else, a bound one cannot, a
neighbour calls the decision down; one street proposes a confederation to another. The delegate has no JavaScript.
"""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from confederation.models import Call, Deviation, Founding, Referral
from core.models import Body, Proposal
from tests.browser.test_every_page import findings
from tests.browser.test_talk import walk_of
from tests.browser.walking import Walk
from tests.confederation import rows, valley
from tests.confederation.valley import Valley

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def sound(walk: Walk) -> None:
    """Axe finds nothing on the page, in the dark and in the light, and nothing is cut."""
    assert findings(walk.page) == []


@pytest.fixture
def here(transactional_db: None) -> Valley:
    return valley.make_valley()


def test_a_question_goes_down_and_up_and_is_called_down(
    browser: Browser, live_server: LiveServer, here: Valley
) -> None:
    ana, carla = valley.member(here.alder), valley.member(here.cedar)
    free, bound = valley.member(here.birch, 1), valley.member(here.alder, 1)
    rows.delegate(valley.seat_of(here.birch), free, bound=False)
    rows.delegate(valley.seat_of(here.alder), bound, bound=True)
    rows.ceded(here.valley)
    neighbour = walk_of(browser, live_server, ana)
    across = walk_of(browser, live_server, carla, width=1280)
    speaker = walk_of(browser, live_server, free, scripted=False)

    referral = valley.ask(here.valley)
    asked(neighbour, here, referral)
    valley.all_say(referral, {here.alder: "agree", here.birch: "disagree", here.cedar: "agree", here.dell: "agree"})
    deviates(speaker, referral)
    cannot(walk_of(browser, live_server, bound), valley.station(referral, here.alder).pk)
    for level in (1, 2):
        valley.until_closed(referral, level=level)
    for walk in (neighbour, across):
        walk.go(referral.get_absolute_url())
        sound(walk)
    neighbour.press("Call it down")
    neighbour.reads("You call it down.")
    sound(neighbour)

    assert Deviation.objects.get().says == "agree"
    assert Call.objects.get().person == ana
    proposes(neighbour, here)


def asked(walk: Walk, here: Valley, referral: Referral) -> None:
    """The question at home says who asks; above it all levels stand."""
    question = Proposal.objects.get(station__referral=referral, body=here.alder)
    walk.go(question.get_absolute_url())
    walk.reads("All bodies are asked at once, each decides for itself.")
    sound(walk)
    walk.follow("Where it is, and what others say")
    walk.reads("Where it is")
    sound(walk)
    for body in (here.valley, here.alder):
        walk.go(body.get_absolute_url())
        sound(walk)
    walk.go(reverse("confederation:seat-list", args=[here.valley.slug]))
    sound(walk)


def deviates(walk: Walk, referral: Referral) -> None:
    """Who was sent free says something else than home, and why."""
    walk.go(reverse("confederation:speaking-list"))
    walk.page.get_by_role("link", name="Say something else").click()
    walk.page.get_by_label("Agree", exact=True).check()
    walk.fill("Why?", "They had not seen the new price.")
    walk.press("Say it")
    walk.go(referral.get_absolute_url())
    walk.reads("The delegate says something else, and why")


def cannot(walk: Walk, station: int) -> None:
    """Who is bound is told why not, and what was typed stays."""
    walk.go(reverse("confederation:deviation-new", args=[station]))
    walk.page.get_by_label("Do not agree").check()
    walk.fill("Why?", "I would rather not.")
    walk.press("Say it")
    walk.reads("You are bound: what counts above is what your body has decided.")


def proposes(walk: Walk, here: Valley) -> None:
    """One street proposes a confederation to another, and is first told what is missing."""
    mill: Body = rows.street("Mill")
    walk.go(reverse("confederation:above-list", args=[here.alder.slug]))
    sound(walk)
    walk.follow("Found one with others")
    sound(walk)
    walk.fill("What is it called?", "Riverside")
    walk.press("Put it up for discussion")
    assert walk.page.get_by_label("What is it called?").input_value() == "Riverside"
    walk.page.get_by_label("Mill").check()
    walk.fill("What is it for?", "The bank of the river.")
    walk.fill("On which points do all of you agree?", "Each decides for itself.")
    walk.page.locator("[name=words1]").fill("The bank")
    walk.fill("Why?", "We share it.")
    walk.press("Put it up for discussion")
    founding = Founding.objects.get()
    assert (founding.name, founding.matters.get().words) == ("Riverside", "The bank")
    assert founding.accord.sides.filter(body=mill).exists()
