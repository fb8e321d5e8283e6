"""An assembly with three browsers at once, from the call to the published minutes; and one whose connection breaks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from core.models import Person, Proposal
from core.timekeeping import folkmoot_now
from councils.actions import door
from councils.models import Assembly, Attendance, MinuteLine, Turn
from tests import village
from tests.browser.walking import sign_in
from tests.councils.assemblies import Hall, add, make_hall, opened

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SOON = 15_000
"""Milliseconds in which a picture that renews itself shows what happened elsewhere."""

OFFLINE = ("farid", "gina")
"""Who comes while there is no connection; bruno too, but somebody else enters him meanwhile."""


@dataclass
class Screen:
    """One browser of one person."""

    page: Page
    address: str

    def go(self, path: str) -> None:
        """Open a page."""
        self.page.goto(f"{self.address}{path}")

    def press(self, name: str, *, exact: bool = True) -> None:
        """Press a button of the page itself."""
        self.page.get_by_role("main").get_by_role("button", name=name, exact=exact).first.click()

    def hears(self, words: str) -> None:
        """The house answers so to what was just done."""
        expect(self.page.locator(".messages")).to_contain_text(words, timeout=SOON)

    def reads(self, words: str) -> None:
        """The page says it, sooner or later."""
        expect(self.page.locator("main")).to_contain_text(words, timeout=SOON)


@contextmanager
def screen(
    browser: Browser, server: LiveServer, person: Person, width: int, *, scripted: bool = True
) -> Iterator[Screen]:
    """A browser in which somebody is signed in."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, locale="en-GB", java_script_enabled=scripted
    )
    context.set_default_timeout(SOON)
    sign_in(context, server.url, person)
    yield Screen(context.new_page(), server.url)
    context.close()


def test_from_the_call_to_the_published_minutes(browser: Browser, live_server: LiveServer) -> None:
    hall = make_hall()
    ana, bruno, eva = (hall.people[name] for name in ("ana", "bruno", "eva"))
    with (
        screen(browser, live_server, ana, 1280) as guiding,
        screen(browser, live_server, bruno, 360) as phone,
        screen(browser, live_server, eva, 1280) as wall,
    ):
        assembly = called(guiding, hall)
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
        waived(guiding, phone)
        vote_opened(phone, proposal)
        written(guiding, proposal)

        phone.go(f"/assemblies/{assembly.pk}/")
        phone.reads("The assembly ended. 5 members were still there.")
        phone.reads("The lamp has been dark since March.")
        phone.reads("Bring a ladder")


def button_of(guiding: Screen, hall: Hall, what: str, name: str) -> Locator:
    """A button beside a name in the list of those in the room."""
    return guiding.page.locator(f"#{what}-{hall.member(name.lower()).pk}")


def called(guiding: Screen, hall: Hall) -> Assembly:
    """Ana calls an assembly, and takes both duties."""
    starts = folkmoot_now() + timedelta(days=8)
    guiding.go(f"/b/{hall.body.slug}/assemblies/new/")
    guiding.page.get_by_label("What it is called").fill("Assembly of May")
    guiding.page.get_by_label("Place", exact=True).fill("The yard")
    guiding.page.get_by_label("Begins").fill(f"{starts:%Y-%m-%dT18:00}")
    guiding.page.get_by_label("Ends, as planned").fill(f"{starts:%Y-%m-%dT20:00}")
    guiding.press("Call it")
    guiding.reads("Assembly of May")
    for _role in range(2):
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
    guiding.press("Put it on the agenda")
    guiding.hears("It is on the agenda.")
    guiding.page.get_by_role("link", name="Guide the assembly").click()
    guiding.press("Open the assembly")
    guiding.reads("Who comes in?")
    return proposal


def waived(guiding: Screen, phone: Screen) -> None:
    """Those present waive the rest of the discussion: bruno by phone, the others aloud."""
    guiding.press("Ask to waive the rest of the discussion")
    phone.reads("Shall we waive what is left of the discussion?")
    phone.press("yes")
    phone.reads("You said yes.")
    for name in ("Ana", "Eva", "Gina"):
        guiding.page.locator("#says").select_option(label=name)
        guiding.press("says yes")
    guiding.reads("4 yes, 0 no, of 5 with a voice.")
    guiding.press("Count the answers")
    guiding.reads("4 of 5 agreed, nobody was against.")


def vote_opened(phone: Screen, proposal: Proposal) -> None:
    """Bruno, whose proposal it is, opens the vote as always."""
    phone.go(proposal.get_absolute_url())
    phone.reads("an assembly waived what was left of it")
    phone.press("Open the vote", exact=False)
    phone.reads("Give my position")


def written(guiding: Screen, proposal: Proposal) -> None:
    """A note, an errand, the end, and the minutes published."""
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
