"""A real budget goes through the ordinary action, in process and over HTTP, and every count equals the file's."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django.live_server_helper import LiveServer

from core.models import Ballot, Body, ClockOffset, Membership, Notice, Person, Proposal, RollEntry, Stage, Vote
from councils import pabulib
from councils.budgets import casting, comparing
from councils.budgets.founding import Council
from house.postgres import free_port

FEW = """META
key;value
unit;Alder Street
num_votes;6
PROJECTS
project_id;cost;name;votes
a;60;A tarpaulin;5
b;40;Salt and a shovel;3
c;9000;A tower;2
VOTES
voter_id;vote;points
1;a,b;3,1
2;b;2
3;a;1
4;a,c;1,1
5;a,b,c;1,1,1
6;a;5
"""


@pytest.fixture
def few(tmp_path: Path, settings: pytest.FixtureRequest) -> Path:
    """Six voters and three projects; the third has too few in favour."""
    settings.DEMO = True  # type: ignore[attr-defined]
    path = tmp_path / "few.pb"
    path.write_text(FEW)
    return path


def check_few(said: str) -> None:
    """What must stand in the database after the six have voted, and what the command said of it."""
    body = Body.objects.get(name="Alder Street Voters")
    assert Membership.objects.filter(body=body).count() == 6
    votes = {vote.proposal.title: vote for vote in Vote.objects.filter(proposal__body=body)}
    assert {title: (vote.rule, vote.roll_size, vote.tally) for title, vote in votes.items()} == {
        "A tarpaulin": ("weak", 6, {"agree": 5, "abstain": 1}),
        "Salt and a shovel": ("weak", 6, {"agree": 3, "abstain": 3}),
        "A tower": ("weak", 6, {"agree": 2, "abstain": 4}),
    }
    assert dict(Proposal.objects.filter(body=body).values_list("title", "stage")) == {
        "A tarpaulin": Stage.ADOPTED,
        "Salt and a shovel": Stage.ADOPTED,
        "A tower": Stage.NOT_ADOPTED,
    }
    assert RollEntry.objects.count() == Ballot.objects.count() == 18
    assert "All 3 projects equal a direct count of the file." in said
    assert ClockOffset.objects.get().offset == timedelta(0)
    assert not Notice.objects.filter(cause__what="member.joined").exists()


@pytest.mark.django_db(transaction=True)
def test_ballots_by_the_action_in_parallel(few: Path) -> None:
    said = StringIO()

    call_command("load_budget", str(few), clients=3, stdout=said)

    check_few(said.getvalue())
    with pytest.raises(CommandError, match="is there already"):
        call_command("load_budget", str(few), stdout=StringIO())


@pytest.mark.django_db(transaction=True)
def test_ballots_over_http_in_parallel(few: Path, live_server: LiveServer) -> None:
    said = StringIO()

    call_command("load_budget", str(few), via_http=live_server.url, clients=3, stdout=said)

    check_few(said.getvalue())
    assert "18 ballots by 3 clients" in said.getvalue()
    assert Session.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_ballot_that_was_not_taken_stops_the_command(
    few: Path, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(casting.PageClient, "post", lambda *_args: 403)

    with pytest.raises(CommandError, match="answered 403"):
        call_command("load_budget", str(few), via_http=live_server.url, clients=2, stdout=StringIO())

    assert Ballot.objects.count() == 0
    assert ClockOffset.objects.get().offset == timedelta(0)
    assert Session.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_difference_is_an_error(few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(casting, "agrees", lambda voter, project: voter.id == "1" or project in voter.chosen)
    said = StringIO()

    with pytest.raises(CommandError, match="1 of 3 projects differ from the file"):
        call_command("load_budget", str(few), stdout=said)

    assert "DIFFERENT" in said.getvalue()


def test_a_direct_count_needs_no_database(few: Path) -> None:
    budget = pabulib.read(few)

    class Charter:
        quorum_num, quorum_den, agreement_num, agreement_den = 1, 2, 4, 5

    class Street:
        class charters:  # noqa: N801
            get = staticmethod(lambda: Charter)

    council = Council(budget, Street, {}, {})  # type: ignore[arg-type]
    assert comparing.count_directly(council, "b") == comparing.Count(6, 3, 3, 6, 3, "adopted")
    assert comparing.count_directly(council, "c").outcome == "not_adopted"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "says"),
    [("nothing", "begin with META"), (FEW.replace("2;b;2", "2;x;2"), "there is no project x")],
)
def test_a_wrong_file_changes_nothing(few: Path, text: str, says: str) -> None:
    few.write_text(text)

    with pytest.raises(CommandError, match=says):
        call_command("load_budget", str(few), stdout=StringIO())

    assert not Person.objects.exists()


@pytest.mark.django_db
def test_a_missing_file_and_no_demo(few: Path, settings: pytest.FixtureRequest) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_budget", str(few.with_name("none.pb")), stdout=StringIO())
    settings.DEMO = False  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="only for a demo"):
        call_command("load_budget", str(few), stdout=StringIO())


@contextmanager
def served() -> Iterator[str]:
    """The web server as it runs in a house, as the web role, over the test's own database."""
    web = urlsplit(os.environ["FOLKMOOT_TEST_WEB_URL"])
    name = str(connection.settings_dict["NAME"])
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "DATABASE_URL": web._replace(path=f"/{name}").geturl(),
        "FOLKMOOT_DATABASE_ROLE": "web",
        "FOLKMOOT_ADDRESS": url,
        "FOLKMOOT_LISTEN": f"127.0.0.1:{port}",
        "DATABASE_CONN_MAX_AGE": "600",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi:application"]
    root = Path(__file__).resolve().parents[2]
    server = subprocess.Popen(command, cwd=root, env=environment, start_new_session=True)
    try:
        wait_for(f"{url}/health/")
        yield url
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def wait_for(url: str) -> None:
    """Until it answers."""
    end = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310
                return
        except OSError:
            assert time.monotonic() < end, "the web server does not answer"
            time.sleep(0.2)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_real_budget_over_http(copied: Path, settings: pytest.FixtureRequest) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    budget = pabulib.read(copied)
    said = StringIO()

    with served() as url:
        call_command("load_budget", str(copied), via_http=url, clients=8, stdout=said)

    assert Ballot.objects.count() == len(budget.voters) * len(budget.projects) > 0
    assert len(re.findall(r" equal {2,}", said.getvalue())) == len(budget.projects)
    assert f"All {len(budget.projects)} projects equal a direct count of the file." in said.getvalue()
