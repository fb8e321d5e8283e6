"""The settle loop and the demo's clock."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test import override_settings

from core.management.commands import settle as command
from core.models import Cause, ClockOffset, Notice, Person, Stage
from core.timekeeping import folkmoot_now
from tests import village

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def _clock(db: None) -> None:
    """The row of the clock: a transactional test before this one may have flushed it."""
    village.move_clock(timedelta(0))


@pytest.fixture
def people() -> list[Person]:
    return village.make_people("ana", "bruno", "carla", "dario", "eva")


@pytest.mark.django_db
def test_settle_closes_and_tells_without_a_broker(people: list[Person]) -> None:
    street = village.make_council("Alder Street", people)
    vote = village.make_vote(street, people[0])
    for person in people:
        village.cast(vote, person, "agree")
    village.move_clock(timedelta(days=8))

    call_command("settle", stdout=StringIO())
    village.move_clock(timedelta(seconds=6))
    call_command("settle", stdout=StringIO())

    vote.proposal.refresh_from_db()
    assert vote.proposal.stage == Stage.ADOPTED
    assert Notice.objects.filter(cause__what=Cause.What.PROPOSAL_CLOSED).count() == 5


@pytest.mark.django_db
def test_the_web_role_may_do_all_that_a_pass_does(people: list[Person], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "close_old_connections", lambda: None)  # it would end the test's transaction
    for person, how in ((people[1], Person.Mail.EACH), (people[2], Person.Mail.DIGEST)):
        village.confirm(person, f"{person.sign_in_name}@example.org")
        Person.objects.filter(pk=person.pk).update(mail=how)
    street = village.make_council("Alder Street", people)
    mandate = village.make_mandate(street, people, people[1], author=people[0])
    vote = village.make_vote(street, people[0])
    village.move_clock(timedelta(days=181))

    for _day in range(2):
        with connection.cursor() as cursor:
            cursor.execute(f'SET LOCAL ROLE "{settings.DATABASE_WEB_ROLE}"')
        assert command.one_pass(with_digests=True)
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
        village.move_clock(timedelta(days=1))

    vote.refresh_from_db()
    mandate.refresh_from_db()
    assert vote.counted_at is not None
    assert mandate.ending == mandate.Ending.TERM
    assert {sent.to[0] for sent in mail.outbox} == {"bruno@example.org", "carla@example.org"}


@pytest.mark.django_db
def test_a_pass_outlives_a_lost_database(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def away() -> int:
        calls.append("settle")
        if len(calls) == 1:
            raise OperationalError
        return 0

    monkeypatch.setattr(command, "close_old_connections", lambda: None)
    monkeypatch.setattr(command, "settle", away)
    monkeypatch.setattr(connection, "close", lambda: None)

    assert not command.one_pass()
    assert command.one_pass()
    assert len(calls) == 2


def test_the_loop_ends_when_it_is_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    passes = []
    enough = threading.Event()

    def one(*, with_digests: bool) -> bool:
        passes.append(with_digests)
        if len(passes) == 3:
            enough.set()
        return True

    monkeypatch.setattr(command, "one_pass", one)
    monkeypatch.setattr(command, "EVERY_SECONDS", 0.01)

    command.loop(enough)

    assert passes == [True, False, False]  # digests once a minute


@pytest.mark.django_db(transaction=True)
def test_the_loop_closes_a_vote_after_its_connections_were_cut_and_ends_at_sigterm(people: list[Person]) -> None:
    street = village.make_council("Alder Street", people)
    vote = village.make_vote(street, people[0])
    owner = connection.settings_dict
    address = f"postgresql://{owner['USER']}:{owner['PASSWORD']}@/{owner['NAME']}?host={owner['HOST']}"
    env = os.environ | {"DATABASE_OWNER_URL": address, "DATABASE_CONN_MAX_AGE": "600"}
    starter = (
        "from core.management.commands import settle; settle.EVERY_SECONDS = 0.2\n"
        "from django.core.management import call_command; call_command('settle', '--loop')"
    )
    script = f"import django; django.setup()\n{starter}"
    process = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, env=env | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    )
    try:
        wait_for(lambda: cut_others() > 0)  # it is connected, and is cut off
        village.move_clock(timedelta(days=9))
        wait_for(lambda: type(vote).objects.filter(pk=vote.pk, counted_at__isnull=False).exists())
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    finally:
        process.kill()


def cut_others() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return int(cursor.fetchone()[0])


def wait_for(condition: object, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < until
        time.sleep(0.2)


@pytest.mark.django_db
@override_settings(DEMO=True)
@pytest.mark.parametrize(
    ("by", "moved"),
    [
        ("+3d", timedelta(days=3)),
        ("12h", timedelta(hours=12)),
        ("+1d6h30m", timedelta(days=1, hours=6, minutes=30)),
    ],
)
def test_move_clock_moves_the_one_clock(by: str, moved: timedelta) -> None:
    before = folkmoot_now()

    call_command("move_clock", by, stdout=StringIO())

    assert timedelta() <= folkmoot_now() - before - moved < timedelta(seconds=10)


@pytest.mark.django_db
@override_settings(DEMO=True)
def test_move_clock_reset_goes_back_to_real_time() -> None:
    call_command("move_clock", "+3d", stdout=StringIO())

    call_command("move_clock", "--reset", stdout=StringIO())

    assert ClockOffset.objects.get().offset == timedelta()


@pytest.mark.django_db
@override_settings(DEMO=True)
@pytest.mark.parametrize("by", ["", "3", "+3y", "tomorrow", "+3d; drop"])
def test_move_clock_says_how_to_write_it(by: str) -> None:
    with pytest.raises(CommandError, match="Say how far"):
        call_command("move_clock", by)

    assert ClockOffset.objects.get().offset == timedelta()


@pytest.mark.django_db
def test_move_clock_is_refused_in_a_real_house() -> None:
    with override_settings(DEMO=False), pytest.raises(CommandError, match="only be moved in a demo"):
        call_command("move_clock", "+3d")

    assert ClockOffset.objects.get().offset == timedelta()
