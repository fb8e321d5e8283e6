"""Looking at a page as a person does."""

import re

from django.test import Client

from core.models import Mandate, Person


def as_(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(response: object) -> str:
    """What a person reads: no tags, no keys of forms."""
    html = response.content.decode()  # type: ignore[attr-defined]
    html = re.sub(r"<(style|script|head)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("&#x27;", "'").split())


def bare(response: object) -> str:
    """The page without what differs at each load."""
    html = response.content.decode()  # type: ignore[attr-defined]
    html = re.sub(r'name="once" value="[^"]*"', "", html)
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", html)


def path(mandate: Mandate, act: str = "") -> str:
    return f"/mandates/{mandate.pk}/{act}"
