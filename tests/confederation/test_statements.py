"""Every page of confederations takes at most 12 SQL statements, as many with few rows as with many (DESIGN 13)."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import Person
from core.timekeeping import folkmoot_now
from tests.confederation import rows
from tests.confederation.valley import Valley, ask, member, seat_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rows_by_hand")]
AT_MOST = 12


def count(client: Client, person: Person, path: str) -> int:
    """The statements of one page."""
    client.force_login(person)
    assert client.get(path).status_code == 200, path
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len([query for query in asked if "SAVEPOINT" not in query["sql"]])


def test_every_page_asks_as_little_with_many_rows_as_with_few(client: Client, valley: Valley) -> None:
    ana, at = member(valley.dell), folkmoot_now()
    rows.delegate(seat_of(valley.dell), ana)
    task = rows.mandate(rows.granting(valley.valley, at), member(valley.alder), at)
    referral = ask(valley.valley)
    paths = [
        reverse("confederation:speaking-list"),
        reverse("confederation:above-list", args=["dell"]),
        reverse("confederation:seat-list", args=["valley"]),
        reverse("core:decision-list", args=["valley"]),
        referral.get_absolute_url(),
        referral.proposal.get_absolute_url(),
        task.get_absolute_url(),
        valley.valley.get_absolute_url(),
        valley.dell.get_absolute_url(),
    ]
    few = {path: count(client, ana, path) for path in paths}
    assert {path: number for path, number in few.items() if number > AT_MOST} == {}

    for number in range(4):
        street = rows.street(f"Fir {number}")
        rows.delegate(rows.seat(valley.valley, street), member(street))
        granted = rows.mandate(rows.granting(valley.valley, at), member(valley.birch, number), at)
        rows.delegate(rows.seat(rows.confederation(f"Shore {number}", [valley.dell, street]), valley.alder), ana)
        assert granted.pk
    for number in range(2):
        ask(valley.valley, f"Question {number}")
    assert {path: count(client, ana, path) for path in paths} == few
