"""Pictures of the main pages of a running demo: at 360 and 1280 px, light and dark. Run by `./folkmoot shots`."""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from house import browsers

WIDTHS = {"phone": 360, "desk": 1280}
SCHEMES = ("light", "dark")
PASSWORD = "neighbours in the demo"


def main() -> None:
    """Take them all; a line per page."""
    words = parse()
    words.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsers.find(), args=browsers.ARGUMENTS)
        state = sign_in(browser, words.address, words.person)
        pages = list(places(browser, words.address, state))
        for number, (name, path, signed_in) in enumerate(pages, start=1):
            print(f"{number:3} of {len(pages)}  {name}  {path}", flush=True)
            for width_name, width in WIDTHS.items():
                for scheme in SCHEMES:
                    picture = words.out / f"{name}.{width_name}.{scheme}.png"
                    look = {
                        "viewport": {"width": width, "height": 800},
                        "color_scheme": scheme,
                        "locale": words.language,
                    }
                    if signed_in:
                        look["storage_state"] = state
                    shoot(browser, f"{words.address}{path}", picture, look)
        browser.close()
    print(f"In {words.out}")


def parse() -> argparse.Namespace:
    """What to look at, as whom, and where the pictures go."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", default=os.environ.get("FOLKMOOT_ADDRESS", "http://127.0.0.1:8000"))
    parser.add_argument("--person", default="ana")
    parser.add_argument("--language", default="en", choices=("en", "es"))
    parser.add_argument("--out", type=Path, default=Path(os.environ.get("FOLKMOOT_DATA", ".folkmoot")) / "shots")
    return parser.parse_args()


def sign_in(browser: Browser, address: str, person: str) -> dict[str, object]:
    """Sign in as a person would, and keep the cookies."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/account/login/")
    page.fill("input[name=login]", person)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{address}/")
    state = context.storage_state()
    context.close()
    return dict(state)


def places(browser: Browser, address: str, state: dict[str, object]) -> Iterator[tuple[str, str, bool]]:
    """Name, path, and whether signed in: fixed pages, then one of each sort that the API names."""
    yield from (("landing", "/", False), ("sign-in", "/account/login/", False), ("sign-up", "/account/signup/", False))
    yield from (("card-sign-in", "/sign-in/card/", False), ("home", "/", True), ("notices", "/notices/", True))
    yield from (("settings", "/settings/", True), ("bodies", "/bodies/", True), ("body-new", "/bodies/new/", True))
    context = browser.new_context(storage_state=state)  # type: ignore[arg-type]
    slugs = [body["slug"] for body in get(context.new_page(), f"{address}/api/v1/bodies/")]
    own = [slug for slug in slugs if is_member(context.new_page(), f"{address}/b/{slug}/members/")]
    for slug in own[:2]:
        yield from of_body(slug)
        yield from of_proposals(context.new_page(), address, slug)
    context.close()


def of_body(slug: str) -> Iterator[tuple[str, str, bool]]:
    """The rooms of a body."""
    yield f"{slug}-body", f"/b/{slug}/", True
    yield f"{slug}-body-outside", f"/b/{slug}/", False
    for room in ("proposals", "proposals/new", "decisions", "mandates", "mandates/new", "members", "record", "charter"):
        yield f"{slug}-{room.replace('/', '-')}", f"/b/{slug}/{room}/", True
    for room in ("charter/change", "invitations", "leave"):
        yield f"{slug}-{room.replace('/', '-')}", f"/b/{slug}/{room}/", True


def of_proposals(page: Page, address: str, slug: str) -> Iterator[tuple[str, str, bool]]:
    """One proposal of each kind and stage, and two mandates."""
    seen = set()
    for row in get(page, f"{address}/api/v1/bodies/{slug}/proposals/"):
        sort = (row["kind"], row["stage"])
        if sort not in seen:
            seen.add(sort)
            yield f"{slug}-{row['kind']}-{row['stage']}", f"/proposals/{row['id']}/", True
    for row in get(page, f"{address}/api/v1/bodies/{slug}/mandates/"):
        sort = ("mandate", row["ending"])
        if sort not in seen:
            seen.add(sort)
            yield f"{slug}-mandate-{row['ending'] or 'in-force'}", f"/mandates/{row['id']}/", True


def get(page: Page, url: str) -> list[dict[str, str]]:
    """The first page of a list of the API."""
    results: list[dict[str, str]] = page.request.get(url).json()["results"]
    return results


def is_member(page: Page, url: str) -> bool:
    """Whether a page for members opens."""
    return page.request.get(url).ok


def shoot(browser: Browser, url: str, picture: Path, look: dict[str, Any]) -> None:
    """One picture of a whole page, in a context of that look."""
    context = browser.new_context(**look)
    page = context.new_page()
    page.goto(url)
    page.screenshot(path=picture, full_page=True)
    context.close()


if __name__ == "__main__":
    main()
