"""Tabs and search of the lists."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from core.words.rules import Words

LONGEST = 100


def words_asked(request: HttpRequest) -> str:
    """What is searched for."""
    return request.GET.get("q", "").strip().replace("\x00", "")[:LONGEST]


def tabs(name: str, labels: Mapping[str, Words], here: str, counts: Any = None) -> list[dict[str, Any]]:
    """The rows of components/tabs.html; `counts` has a number for each."""
    return [
        {"label": label, "url": f"?{name}={key}", "here": key == here, "n": getattr(counts, key, None)}
        for key, label in labels.items()
    ]


def query(name: str, here: str, words: str) -> str:
    """The other parameters of a page of a list, for components/pagination.html."""
    return urlencode({name: here, **({"q": words} if words else {})}) + "&"
