"""Bodies of bodies in a real browser: streets found a neighbourhood, neighbourhoods a city; a question comes down and
goes up, delegates speak bound and free, neighbours call the decision down, and the people decide.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from confederation.models import Deviation, Forward, PeopleQuestion, Referral
from core.actions import confidence
from core.models import Accord, Body, Mandate, Proposal, Stage
from tests import village
from tests.browser.test_every_page import findings
from tests.browser.test_talk import walk_of
from tests.browser.walking import Walk
from tests.confederation import rows, valley
from tests.confederation.scene import Quarter, agree, everybody_agrees, make_quarter, make_streets, settle_all
from tests.confederation.valley import Valley

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def sound(walk: Walk) -> None:
    """Axe finds nothing on the page, and nothing is cut."""
    assert findings(walk.page) == []


def put_up(walk: Walk, verb: str, **values: str) -> None:
    """Press it, and be on the page of the proposal that it makes."""
    walk.press(verb, **values)
    walk.page.wait_for_url("**/proposals/*/")


def fill_founding(walk: Walk, name: str, *others: str) -> None:
    """What a confederation is to be, and with whom."""
    for other in others:
        walk.page.get_by_label(other).check()
    walk.fill("What is it called?", name)
    walk.fill("What is it for?", "The brook and its banks.")
    walk.fill("On which points do all of you agree?", "Each street decides for itself.")
    walk.write("words1", "The water of the brook")
    walk.fill("Why?", "It floods all of us.")
    put_up(walk, "Put it up for discussion")


def test_three_streets_found_a_neighbourhood_and_two_neighbourhoods_a_city(
    browser: Browser, live_server: LiveServer, transactional_db: None
) -> None:
    streets = make_streets(3)
    alder, *others = streets.bodies
    ana = walk_of(browser, live_server, streets.of(alder)[0])
    ana.go(reverse("confederation:above-list", args=[alder.slug]))
    ana.follow("Found one with others")
    sound(ana)
    ana.press("Put it up for discussion")
    ana.fill("What is it called?", "Brook")
    ana.press("Put it up for discussion")
    assert ana.page.get_by_label("What is it called?").input_value() == "Brook"  # refused, and nothing is lost
    fill_founding(ana, "Brook", *(body.name for body in others))
    accord = Accord.objects.get()
    agree(in_streets(accord, alder), streets)
    settle_all()
    for body in others:
        walk = walk_of(browser, live_server, streets.of(body)[0], scripted=False)
        walk.go(accord.get_absolute_url())
        put_up(walk, "Put it up for discussion in %(body)s", body=body.name)
    agree(in_streets(accord, *others), streets)
    settle_all()
    brook = Body.objects.get(confederation__accord=accord)
    ana.go(brook.get_absolute_url())
    for body in streets.bodies:
        ana.reads(body.name)
    sound(ana)

    mill = make_quarter(3, name="Mill", first=3)
    found_a_city(ana, Quarter(brook, streets), mill)


def in_streets(accord: Accord, *bodies: Body) -> list[Proposal]:
    """What these have before them."""
    sides = accord.sides.filter(body__in=bodies).select_related("proposal").order_by("pk")
    return [side.proposal for side in sides if side.proposal is not None]


def found_a_city(walk: Walk, brook: Quarter, mill: Quarter) -> None:
    """A street proposes that its neighbourhood founds a city with another one; all streets of both are asked."""
    alder = brook.bodies[0]
    walk.go(reverse("confederation:above-list", args=[alder.slug]))
    walk.page.get_by_role("link", name="that it founds one with others").click()
    fill_founding(walk, "Hill", "Mill")
    forward = Forward.objects.get()
    agree([forward.proposal], brook.streets)
    forward.refresh_from_db()
    assert forward.made is not None
    assert forward.accord is not None
    everybody_agrees(forward.made)
    forward.made.refresh_from_db()
    assert forward.made.stage == Stage.ADOPTED
    in_mill = forward.accord.sides.get(body=mill.body).proposal
    assert in_mill is not None
    everybody_agrees(in_mill)

    hill = Body.objects.get(confederation__accord=forward.accord)
    walk.go(hill.get_absolute_url())
    for name in ("Brook", "Mill", "Elder Street"):
        walk.reads(name)
    sound(walk)


def test_a_question_goes_down_and_up_is_called_down_and_decided_by_the_people(
    browser: Browser, live_server: LiveServer, transactional_db: None
) -> None:
    here = valley.make_valley()
    ana, carla, dora = (valley.member(body) for body in (here.alder, here.cedar, here.dell))
    free, bound = valley.member(here.birch, 1), valley.member(here.alder, 1)
    sent = rows.delegate(valley.seat_of(here.birch), free, bound=False)
    rows.delegate(valley.seat_of(here.alder), bound, bound=True)
    neighbour = walk_of(browser, live_server, ana)
    across = walk_of(browser, live_server, carla, width=1280)

    referral = valley.ask(here.valley)
    asked(neighbour, here, referral)
    valley.all_say(referral, dict.fromkeys(here.streets, "agree"))
    speaker = walk_of(browser, live_server, free)
    deviates(speaker, referral)
    cannot(walk_of(browser, live_server, bound, scripted=False), valley.station(referral, here.alder).pk)
    loses_confidence(sent, here.birch)
    for level in (1, 2):
        valley.until_closed(referral, level=level)
    for walk in (neighbour, across):
        walk.go(referral.get_absolute_url())
        sound(walk)
        walk.press("Call it down")
        walk.reads("You call it down.")
    last = walk_of(browser, live_server, dora, scripted=False)
    last.go(referral.get_absolute_url())
    last.press("Call it down")
    rows.settle_all()

    neighbour.go(referral.get_absolute_url())
    neighbour.reads("It was called down. The people decide.")
    sound(neighbour)
    the_people_refuse(neighbour, here, referral)
    across.go(referral.get_absolute_url())
    across.reads("The people's vote")
    sound(across)


def asked(walk: Walk, here: Valley, referral: Referral) -> None:
    """The question at home says who asks; above it all levels stand, and whoever is below speaks there."""
    question = Proposal.objects.get(station__referral=referral, body=here.alder)
    walk.go(question.get_absolute_url())
    walk.reads("All bodies are asked at once, each decides for itself.")
    sound(walk)
    walk.follow("Where it is, and what others say")
    walk.fill("Your words", "Our pump is twenty years old.")
    walk.press("Say it")
    walk.reads("Our pump is twenty years old.")
    sound(walk)
    for body in (here.valley, here.alder):
        walk.go(body.get_absolute_url())
        sound(walk)
    walk.go(reverse("confederation:seat-list", args=[here.valley.slug]))
    sound(walk)


def deviates(walk: Walk, referral: Referral) -> None:
    """Who was sent free says something else than home, and why."""
    walk.go(reverse("confederation:speaking-list"))
    sound(walk)
    walk.page.get_by_role("link", name="Say something else").click()
    sound(walk)
    walk.page.get_by_label("Do not agree").check()
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
    assert walk.page.get_by_label("Why?").input_value() == "I would rather not."


def loses_confidence(mandate: Mandate, body: Body) -> None:
    """More than half of those at home withdraw their confidence: the mandate is over at once."""
    for membership in body.memberships.order_by("pk")[:4]:
        confidence.withdraw(mandate, by=membership.person)
    mandate.refresh_from_db()
    assert mandate.ending == Mandate.Ending.CONFIDENCE
    assert Deviation.objects.get().says == "disagree"


def the_people_refuse(walk: Walk, here: Valley, referral: Referral) -> None:
    """Ana votes on the page, most others by their ballots: nearly all are against it."""
    village.move_clock(timedelta(days=7, seconds=1))
    rows.settle_all()
    for body in here.streets:
        question = PeopleQuestion.objects.get(vote__referral=referral, body=body).proposal
        assert question is not None
        if body == here.alder:
            walk.go(question.get_absolute_url())
            sound(walk)
            walk.choose("disagree")
            walk.press("Give my position")
        else:
            rows.vote_of(question, "disagree", 6)
    village.move_clock(timedelta(days=7))
    rows.settle_all()
    referral.refresh_from_db()
    assert referral.proposal.stage == Stage.NOT_ADOPTED
