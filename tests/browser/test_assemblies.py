"""An assembly with three browsers at once, from the call to the published minutes; and one whose connection breaks.

What is shown where stands in docs/assemblies.md.
"""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, expect
from pytest_django.live_server_helper import LiveServer

from core.models import Ballot, Proposal, Vote
from core.timekeeping import folkmoot_now
from councils.actions import door
from councils.models import Assembly, Attendance, MinuteLine, Turn
from tests import village
from tests.browser.screens import SOON, Screen, screen
from tests.councils.assemblies import Hall, add, confirmed, make_hall, opened, written_down

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

OFFLINE = ("farid", "gina")
"""Who comes while there is no connection; bruno too, but somebody else enters him meanwhile."""


def test_from_the_call_to_the_published_minutes(browser: Browser, live_server: LiveServer) -> None:
    hall = make_hall()
    ana, bruno, eva = (hall.people[name] for name in ("ana", "bruno", "eva"))
    with (
        screen(browser, live_server, ana, 1280) as guiding,
        screen(browser, live_server, bruno, 360) as phone,
        screen(browser, live_server, eva, 1280) as wall,
    ):
        assembly = called(guiding, hall)
        phone.go(f"/assemblies/{assembly.pk}/")
        phone.press("I do it")  # bruno takes notes
        phone.hears("Thank you.")
        proposal = prepared(guiding, hall, assembly)
        wall.go(f"/assemblies/{assembly.pk}/projector/")
        phone.go(f"/assemblies/{assembly.pk}/phone/")
        phone.reads("You are not on the list yet.")

        for name in ("Ana", "Bruno", "Eva", "Farid", "Gina"):
            guiding.press(name)
            expect(button_of(guiding, hall, "word", name)).to_be_visible(timeout=SOON)
        wall.reads("5 of 7 members with a voice are here. That is a quorum: it takes 4.")
        guiding.page.locator("#now").get_by_role("button", name=proposal.title).click()
        wall.reads(proposal.title)

        phone.reads("My hand")
        phone.press("I want to speak")
        phone.reads("Your hand is up: you are number 1.")
        guiding.press("Next: Bruno")
        wall.reads("Bruno is speaking.")
        phone.press("I agree")
        wall.reads("1 agree, 0 unsure, 0 disagree")
        a_phone_is_without_connection_for_ten_minutes(guiding, phone, wall, hall)
        waived(guiding, phone, assembly)
        vote = vote_opened(phone, proposal)
        wall.reads("The vote on this is open.")
        number = given_in_three_ways(guiding, phone, hall, vote)
        written(guiding, assembly)

        phone.go(f"/assemblies/{assembly.pk}/")
        phone.reads("The assembly ended. 5 members were still there.")
        phone.reads("The lamp has been dark since March.")
        phone.reads("Bring a ladder")
        phone.reads("Still open, also for who was not there:")
        everybody_is_counted_once(phone, vote, number)


def button_of(guiding: Screen, hall: Hall, what: str, name: str) -> Locator:
    """A button beside a name in the list of those in the room."""
    return guiding.page.locator(f"#{what}-{hall.member(name.lower()).pk}")


def called(guiding: Screen, hall: Hall) -> Assembly:
    """Ana calls an assembly, and facilitates."""
    starts = folkmoot_now() + timedelta(days=8)
    guiding.go(f"/b/{hall.body.slug}/assemblies/new/")
    guiding.page.get_by_label("What it is called").fill("Assembly of May")
    guiding.page.get_by_label("Place", exact=True).fill("The yard")
    guiding.page.get_by_label("Begins").fill(f"{starts:%Y-%m-%dT18:00}")
    guiding.page.get_by_label("Ends, as planned").fill(f"{starts:%Y-%m-%dT20:00}")
    guiding.press("Call it")
    guiding.reads("Assembly of May")
    guiding.press("I do it")
    guiding.hears("Thank you.")
    return Assembly.objects.get(title="Assembly of May")


def prepared(guiding: Screen, hall: Hall, assembly: Assembly) -> Proposal:
    """Time goes on to the evening, a proposal is put on the agenda, and the doors are opened."""
    assert assembly.starts_at is not None
    village.move_clock(assembly.starts_at - folkmoot_now())
    proposal = village.make_proposal(hall.body, hall.people["bruno"], title="A lamp for the yard")
    guiding.go(f"/assemblies/{assembly.pk}/")
    guiding.page.get_by_text("Put something on the agenda").click()
    guiding.page.get_by_label("A proposal").select_option(label=proposal.title)
    guiding.page.get_by_label("Votes of those present are taken here").check()
    guiding.press("Put it on the agenda")
    guiding.hears("It is on the agenda.")
    guiding.page.get_by_role("link", name="Guide the assembly").click()
    guiding.press("Open the assembly")
    guiding.reads("Who comes in?")
    return proposal


def waived(guiding: Screen, phone: Screen, assembly: Assembly) -> None:
    """Those present waive the rest of the discussion: bruno by phone, the others aloud. Bruno, who guides too and has
    entered nobody's yes, counts.
    """
    guiding.press("Ask to waive the rest of the discussion")
    phone.reads("Shall we waive what is left of the discussion?")
    phone.press("yes")
    phone.reads("You said yes.")
    for name in ("Ana", "Eva", "Gina"):
        guiding.page.locator("#says").select_option(label=name)
        guiding.press("says yes")
    guiding.reads("4 yes, 0 no, of 5 with a voice.")
    guiding.press("Count the answers")
    guiding.reads("Another who guides counts: two have to hear it.")
    phone.go(f"/assemblies/{assembly.pk}/run/")
    phone.press("Count the answers")
    phone.reads("4 of 5 agreed, nobody was against.")


def vote_opened(phone: Screen, proposal: Proposal) -> Vote:
    """Bruno, whose proposal it is, opens the vote as always."""
    phone.go(proposal.get_absolute_url())
    phone.reads("an assembly waived what was left of it")
    phone.press("Open the vote", exact=False)
    phone.reads("Give my position")
    return proposal.votes.get()


def a_phone_is_without_connection_for_ten_minutes(guiding: Screen, phone: Screen, wall: Screen, hall: Hall) -> None:
    """Bruno's hand is kept and comes up when it was raised; one that was called by another way meanwhile is told so."""
    guiding.press("The turn is over")
    wall.reads("Nobody is speaking.")
    raised_at = folkmoot_now()
    phone.page.context.set_offline(True)
    phone.press("I want to speak")
    phone.reads("Kept on this device There is no connection.")
    phone.press("I agree")
    phone.reads("This needs the connection.")
    village.move_clock(timedelta(minutes=10))
    phone.page.context.set_offline(False)
    phone.reads("Your hand is up: you are number 1.")
    assert abs(Turn.objects.get(called_at__isnull=True).raised_at - raised_at) < timedelta(minutes=5)

    guiding.press("Next: Bruno")
    phone.reads("You are speaking.")
    guiding.press("The turn is over")
    phone.reads("Nobody is speaking.")
    wall.reads("Nobody is speaking.")
    phone.page.context.set_offline(True)
    phone.press("I want to speak")
    phone.reads("Kept on this device There is no connection.")
    a_minute_passes(guiding)
    button_of(guiding, hall, "word", "Bruno").click()
    wall.reads("Bruno is speaking.")
    phone.page.context.set_offline(False)
    phone.reads("Not taken What was entered here no longer fits.")
    phone.reads("I want to speak – This hand was raised before the last turn to speak.")
    phone.press("We have seen it")
    guiding.press("The turn is over")
    wall.reads("Nobody is speaking.")
    assert Turn.objects.count() == 3


def a_minute_passes(guiding: Screen) -> None:
    """Two devices know the clock of the house to a second or so: what is to be later than the other's is so clearly."""
    village.move_clock(timedelta(minutes=1))
    heard = "at => Date.parse(document.getElementById('room').dataset.now) >= Date.parse(at)"
    guiding.page.wait_for_function(heard, arg=folkmoot_now().isoformat())


def given_in_three_ways(guiding: Screen, phone: Screen, hall: Hall, vote: Vote) -> str:
    """Ana, bruno and eva vote by phone, farid and gina aloud, hugo on a paper, whose number this tells.

    Ana writes down, bruno confirms. They do it for farid and hugo here, and for eva, who had voted already.
    """
    phone.choose("position", "agree")
    phone.press("Give my position")
    phone.reads("Change my position")
    for name in ("ana", "eva"):
        village.cast(vote, hall.people[name], "agree")
    confirmed(hall, written_down(hall, vote, "gina", "aside"))

    guiding.page.get_by_role("link", name="Print paper ballots").click()
    guiding.page.locator("[name=count]").fill("2")
    guiding.press("Make the sheet")
    hers, his = guiding.page.locator(".keep code").all_inner_texts()
    guiding.go(f"/proposals/{vote.proposal_id}/enter/")
    entered_by_two(guiding, phone, "Farid", "named")
    phone.hears("The vote of Farid counts. They are told.")
    entered_by_two(guiding, phone, "Hugo", "paper", his)
    phone.hears("The vote of Hugo counts. They are told.")
    entered_by_two(guiding, phone, "Eva", "paper", hers)
    phone.hears("Eva had voted already, and that stands. Both sides are told.")
    return his


def entered_by_two(guiding: Screen, phone: Screen, name: str, way: str, number: str = "") -> None:
    """Ana writes down that somebody agrees; bruno sees it on his phone, or types from the paper, and confirms."""
    guiding.page.get_by_label("Whose vote is it?").select_option(label=name)
    guiding.choose("way", way)
    guiding.page.locator("[name=number]").fill(number)
    guiding.choose("position", "agree")
    guiding.press("Write it down")
    guiding.hears("Written down. It counts when another member confirms it.")
    phone.go(guiding.page.url.removeprefix(guiding.address))
    phone.page.locator("#waiting li", has_text=name).get_by_role("link", name="Confirm it").click()
    if number:
        phone.page.locator("[name=number]").fill(number)
        phone.choose("position", "agree")
    phone.press("Confirm it")


def everybody_is_counted_once(phone: Screen, vote: Vote, number: str) -> None:
    """The count is the sum of the three ways, and everybody who gave a vote stands in the printed minutes."""
    village.close(vote)
    phone.page.reload()
    phone.reads("Adopted: 5 of 6 who took part agree and nobody blocks.")
    phone.reads("On the page: 3 · By name, in the meeting: 2 · On paper: 1.")
    assert sum(vote.counts.values()) == Ballot.objects.filter(vote=vote).count() == 3 + 2 + 1
    phone.page.get_by_role("link", name="Print the minutes, with the votes").click()
    rows = phone.page.locator("tbody tr")
    expect(rows).to_have_count(6)
    expect(rows.filter(has_text="Hugo")).to_contain_text(number)
    expect(rows.filter(has_text="Farid")).to_contain_text("By name, in the meeting by Ana and Bruno")
    expect(rows.filter(has_text="Eva")).to_contain_text("On the page")


def written(guiding: Screen, assembly: Assembly) -> None:
    """A note, an errand, the end, and the minutes published."""
    guiding.go(f"/assemblies/{assembly.pk}/run/")
    guiding.page.get_by_label("Write a note").fill("The lamp has been dark since March.")
    guiding.press("Into the minutes")
    guiding.reads("The lamp has been dark since March.")
    guiding.page.get_by_text("Somebody will do something").click()
    guiding.page.get_by_label("What", exact=True).fill("Bring a ladder")
    guiding.press("Write it down")
    guiding.reads("To do: Bring a ladder (Nobody yet).")
    guiding.press("This item is done")
    guiding.reads("Nothing is being talked over now.")
    guiding.page.locator("summary", has_text="End the assembly").click()
    guiding.press("End the assembly now")
    guiding.press("Publish the minutes")
    guiding.hears("The minutes are published. All members are told.")


def test_ten_minutes_without_connection_lose_nothing(browser: Browser, live_server: LiveServer) -> None:
    hall = opened(make_hall(), "ana", "eva")
    add(hall, "The gate")
    with screen(browser, live_server, hall.ana, 1280) as guiding:
        wrong_clock(guiding.page.context)
        asked_at = folkmoot_now()
        guiding.go(f"/assemblies/{hall.assembly.pk}/run/")
        guiding.page.context.set_offline(True)
        before = counts()
        for name in ("Bruno", "Farid", "Gina"):
            guiding.press(name)
        button_of(guiding, hall, "word", "Eva").click()
        guiding.page.get_by_label("Write a note").fill("It is raining in.")
        guiding.press("Into the minutes")
        button_of(guiding, hall, "leave", "Eva").click()
        guiding.reads("Kept on this device There is no connection.")
        guiding.reads("Note: It is raining in.")
        expect(guiding.page.locator("[data-waiting] li")).to_have_count(6)
        guiding.page.locator("summary", has_text="End the assembly").click()
        guiding.press("End the assembly now")
        guiding.reads("This needs the connection.")
        assert counts() == before

        village.move_clock(timedelta(minutes=10))
        other_device(hall)
        guiding.page.context.set_offline(False)
        expect(guiding.page.locator("[data-kept]")).to_be_hidden(timeout=SOON)

    assert sorted(names()) == ["Ana", "Bruno", "Farid", "Gina"]
    assert MinuteLine.objects.get(kind="note").text == "It is raining in."
    arrived = {name: Attendance.objects.get(membership=hall.member(name)).arrived_at - asked_at for name in OFFLINE}
    assert all(
        timedelta() < each < timedelta(minutes=5) for each in arrived.values()
    )  # when it was, not when it was sent
    assert Turn.objects.get().ended_at is not None  # who leaves while speaking stops


def wrong_clock(context: BrowserContext) -> None:
    """The clock of this laptop is two years ahead."""
    context.add_init_script("const real = Date.now; Date.now = () => real() + 2 * 365 * 86400000;")


def counts() -> tuple[int, int, int]:
    """How much has come in."""
    return Attendance.objects.count(), Turn.objects.count(), MinuteLine.objects.count()


def names() -> list[str]:
    """Who is in the room."""
    rows = Attendance.objects.filter(left_at__isnull=True)
    return list(rows.values_list("membership__person__display_name", flat=True))


def other_device(hall: Hall) -> None:
    """Meanwhile somebody enters Bruno on another device: he is on the list once."""
    door.arrive(hall.assembly, hall.member("bruno"), by=hall.people["eva"], at=folkmoot_now())
