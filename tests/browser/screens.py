"""Several browsers at once: each is one person's, and sees sooner or later what the others do."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from core.models import Person
from tests.browser.walking import sign_in

SOON = 45_000
"""Milliseconds in which a picture that renews itself shows what happened elsewhere."""
IN_HASTE = """
  const hasten = (words) => words.replace(/every \\ds/, "every 700ms");
  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[hx-trigger]").forEach((each) => {
    each.setAttribute("hx-trigger", hasten(each.getAttribute("hx-trigger")));
  }));
  document.addEventListener("htmx:beforeSwap", (event) => {
    event.detail.serverResponse = hasten(event.detail.serverResponse);
  });
"""
"""The same pictures, renewed more often, so that a test need not wait as people do."""


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

    def choose(self, name: str, value: str) -> None:
        """Choose one of the answers to a question of a form."""
        self.page.locator(f"input[name={name}][value={value}]").check()

    def hears(self, words: str) -> None:
        """The house answers so to what was just done."""
        expect(self.page.locator(".messages")).to_contain_text(words, timeout=SOON)

    def reads(self, words: str) -> None:
        """The page shows it, sooner or later; what is there and hidden is not shown."""
        expect(self.page.locator("main")).to_contain_text(words, timeout=SOON, use_inner_text=True)


@contextmanager
def screen(browser: Browser, server: LiveServer, person: Person, width: int) -> Iterator[Screen]:
    """A browser in which somebody is signed in."""
    context = browser.new_context(viewport={"width": width, "height": 800}, locale="en-GB")
    context.set_default_timeout(SOON)
    context.add_init_script(IN_HASTE)
    sign_in(context, server.url, person)
    yield Screen(context.new_page(), server.url)
    context.close()
