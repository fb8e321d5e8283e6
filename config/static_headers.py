"""What files of the pages carry. The settings name it, so nothing of Django is read here."""

from collections.abc import MutableMapping


def for_our_pages_only(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """Other sites may not build with these files."""
    del path, url
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
