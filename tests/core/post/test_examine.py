"""What the application says of its own health, each thing found when it is so and not otherwise."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from core.management.commands import examine
from core.models import Body, Cause, Notice, RecordHead, SigningStop, VoteKey
from core.notices.fanning import fan_out
from core.signer import votes
from core.signer.folder import SignerFolder
from core.timekeeping import folkmoot_now
from tests import village

pytestmark = pytest.mark.django_db


@pytest.fixture
def street(signer_folder: SignerFolder, seals_folder: Path) -> Body:
    votes.stock(2)
    body = village.make_council("Alder Street", village.make_people("ana", "bruno", "carla"))
    for cause in Cause.objects.order_by("pk"):
        fan_out(cause.pk)
    return body


def seen() -> dict[str, str]:
    """What was found, by its weight; asked with the rights of the web role left aside (tests own the database)."""
    said = StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(examine, "rights", lambda: ("ok", "rights", ""))
        call_command("examine", stdout=said)
    return {each["what"]: each["weight"] for each in json.loads(said.getvalue())}


def test_nothing_is_found_where_all_is_well(street: Body) -> None:
    assert set(seen().values()) == {"ok"}


def test_a_vote_that_nobody_counts_is_found(street: Body) -> None:
    village.make_vote(street, street.memberships.get(person__sign_in_name="ana").person)
    Cause.objects.update(fanned_at=folkmoot_now())
    village.move_clock(timedelta(days=40))

    assert seen()["1 votes are past their close and not counted"] == "bad"


def test_boxes_that_nobody_opens_are_found(street: Body) -> None:
    people = village.make_people(*(f"late{number}" for number in range(7)))
    body = village.make_council("Late Street", people)
    village.open_recall(village.make_mandate(body, people, people[0], author=people[1]), people[1])
    village.move_clock(timedelta(days=4))

    assert seen()["1 secret votes have closed and nobody has opened their boxes"] == "bad"


def test_an_empty_stock_of_keys_is_found(street: Body) -> None:
    VoteKey.objects.update(lost_at=folkmoot_now())

    assert seen()["no key for a secret vote is ready, so recalls wait for one"] == "note"


def test_news_that_was_not_told_is_found(street: Body) -> None:
    Cause.objects.filter(pk=Cause.objects.latest("pk").pk).update(
        fanned_at=None, at=folkmoot_now() - timedelta(minutes=2)
    )

    assert seen()["1 pieces of news were not told yet"] == "bad"


def test_a_mail_that_waits_is_found(street: Body) -> None:
    Notice.objects.filter(pk=Notice.objects.latest("pk").pk).update(
        mail=Notice.Mail.DUE, at=folkmoot_now() - timedelta(minutes=20)
    )

    assert seen()["1 mails wait for the mail server"] == "note"


@pytest.mark.parametrize("damage", ["hash = repeat('0', 64)", "seq = seq + 1"])
def test_a_record_that_ends_elsewhere_is_found(street: Body, damage: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE core_recordhead DISABLE TRIGGER USER")
        cursor.execute(f"UPDATE core_recordhead SET {damage}")

    assert RecordHead.objects.count() == 1
    assert seen()["1 records do not end where they should"] == "bad"


def test_a_record_without_its_lines_is_found(street: Body) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("core_recordtext", "core_recordline"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"DELETE FROM {table}")

    assert seen()["1 records do not end where they should"] == "bad"


def test_lines_that_nobody_signs_are_found(street: Body) -> None:
    village.move_clock(timedelta(minutes=2))
    lines = street.record_lines.count()

    assert seen()[f"the signer is {lines} lines behind"] == "bad"


def test_a_record_that_the_signer_refuses_is_found(street: Body) -> None:
    SigningStop.objects.create(body=street, size=2, head="ab" * 32, at=folkmoot_now())

    assert seen()["1 records do not go on from their last checkpoint and are not signed"] == "bad"
