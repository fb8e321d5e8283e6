"""Pages of confederations: who reads what, and the ways around them."""

import pytest
from django.test import Client
from django.urls import reverse

from confederation.forms.questions import WHATS
from core.models import Person
from tests import village
from tests.confederation import valley

pytestmark = pytest.mark.django_db


def seen(client: Client, person: Person | None, path: str) -> str:
    """A page as somebody reads it."""
    client.logout()
    if person is not None:
        client.force_login(person)
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def test_pages_of_a_confederation(client: Client) -> None:
    here = valley.make_valley()
    ana = valley.member(here.alder)
    [dario] = village.make_people("dario")
    referral = valley.ask(here.valley)

    for path in (reverse("confederation:seat-list", args=[here.valley.slug]), referral.get_absolute_url()):
        client.force_login(dario)
        assert client.get(path).status_code == 404
    public = seen(client, None, here.valley.get_absolute_url())
    inside = seen(client, ana, here.valley.get_absolute_url())

    assert "Hill" in public
    assert "Alder" in public
    assert "A pump for the well" not in public
    assert "A pump for the well" in inside
    for name in ("above-list", "confederation-new", "seat-join"):
        seen(client, ana, reverse(f"confederation:{name}", args=[here.alder.slug]))
    for what in WHATS:
        path = reverse("confederation:forward-new", args=[here.alder.slug, here.valley.slug])
        seen(client, ana, f"{path}?what={what}")
    question = referral.stations.get(body=here.alder).proposal
    assert question is not None
    assert "Valley asks us" in seen(client, ana, question.get_absolute_url())
    seen(client, ana, reverse("confederation:speaking-list"))
    assert "0 of 4 have decided" in seen(client, ana, referral.get_absolute_url())
    under = referral.stations.get(body=here.hill).pk
    assert "The bodies in Hill" in seen(client, ana, f"{referral.get_absolute_url()}?under={under}")
