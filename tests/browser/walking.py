"""Walks in a real browser that count their steps and speak the language of the page."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext, override
from playwright.sync_api import BrowserContext, Page, expect

from core.models import Person
from tests.core.people.cast import as_


def sign_in(context: BrowserContext, address: str, person: Person) -> None:
    """The cookie of somebody signed in."""
    context.add_cookies([{"name": "session", "value": as_(person).cookies["session"].value, "url": address}])


CLICKS = {"press", "follow", "choose", "unfold"}


@dataclass
class Walk:
    """One person on one device. A step is what costs the person an act: a page opened, a click, a field filled."""

    page: Page
    address: str
    language: str = "en"
    steps: list[str] = field(default_factory=list)
    counted: dict[str, int] = field(default_factory=dict)
    words: int = 0

    @property
    def clicks(self) -> int:
        """Links, buttons, choices."""
        return sum(step.split()[0] in CLICKS for step in self.steps)

    @property
    def fields(self) -> int:
        """What was typed."""
        return sum(step.startswith("fill ") for step in self.steps)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Count the steps of one part of the walk."""
        before = len(self.steps)
        yield
        self.counted[name] = len(self.steps) - before

    def say(self, words: str, **values: Any) -> str:
        """The words as the page says them in this walk's language."""
        with override(self.language):
            return gettext(words) % values if values else gettext(words)

    def go(self, path: str) -> None:
        """Open an address, as from a bookmark or a message."""
        self.steps.append(f"open {path}")
        self.page.goto(f"{self.address}{path}")

    def read(self) -> None:
        """Count the words of the page: who reads everything reads so many."""
        self.words += len(self.page.get_by_role("main").inner_text().split())

    def fill(self, label: str, text: str, *, exact: bool = True) -> None:
        """Type into the field of that label; not `exact` where the label says more, as that it is optional."""
        self.steps.append(f"fill {label}")
        self.page.get_by_label(capfirst(self.say(label)), exact=exact).fill(text)

    def write(self, name: str, text: str) -> None:
        """Type into the field of that name, where the label's words stand elsewhere too."""
        self.steps.append(f"fill {name}")
        self.page.locator(f"[name={name}]").fill(text)

    def pick(self, label: str, choice: str) -> None:
        """Choose from the list of that label."""
        self.steps.append(f"pick {choice} for {label}")
        self.page.get_by_label(label, exact=True).select_option(label=choice)

    def press(self, name: str, **values: Any) -> None:
        """Press the button of that name in the page itself."""
        self.steps.append(f"press {name}")
        self.page.get_by_role("main").get_by_role("button", name=self.say(name, **values), exact=True).click()
        self.read()

    def open(self, title: str) -> None:
        """Follow a link that people wrote themselves: the title of a proposal, a mandate."""
        self.steps.append(f"follow {title}")
        self.page.get_by_role("main").get_by_role("link", name=title).first.click()
        self.read()

    def follow(self, name: str, **values: Any) -> None:
        """Follow the link of that name."""
        self.steps.append(f"follow {name}")
        self.page.get_by_role("link", name=self.say(name, **values), exact=True).first.click()
        self.read()

    def choose(self, position: str) -> None:
        """Choose a position in the ballot box."""
        self.steps.append(f"choose {position}")
        self.page.locator(f"input[name=position][value={position}]").check()

    def unfold(self, title: str) -> None:
        """Open a confirmation."""
        self.steps.append(f"unfold {title}")
        self.page.locator("summary", has_text=self.say(title)).click()

    def reads(self, words: str, **values: Any) -> None:
        """The page says it."""
        expect(self.page.get_by_role("main")).to_contain_text(self.say(words, **values))
