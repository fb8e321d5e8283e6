"""That each measurement, and its reference, does what it says: at tiny sizes."""

import socket
import threading
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client, override_settings

from bench import knocking
from bench.bare.tables import TABLES
from bench.inside import appending, closing, confidence, pages, tally, towns
from core.actions import comments
from core.models import Ballot, Cause, Mandate, Membership, Notice, RecordLine, Vote
from core.timekeeping import folkmoot_now
from faults.town import move, session_of
from tests import village

pytestmark = pytest.mark.django_db


@pytest.fixture
def tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute(TABLES)


def rows(table: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return list(cursor.fetchall())


def test_a_town_has_its_members_with_a_voice() -> None:
    body, people = towns.town("town", 25)

    assert Membership.objects.filter(body=body).with_voice(folkmoot_now()).count() == 25
    assert body.decides
    assert len(people) == 10


def test_the_bare_view_writes_one_row_with_all_our_middleware(tables: None) -> None:
    _body, people = towns.town("bare", 10)
    town = {"session": session_of(people[0])}

    with override_settings(ROOT_URLCONF="bench.bare.urls"):
        asked = pages.posted(pages.browser(town), "/insert/", vote=1, position="agree")
        stranger = Client(enforce_csrf_checks=True).post("/insert/", {"vote": 1, "position": "agree"})

    assert asked == {"all": 3, "transactions": 0}  # session, person, INSERT
    assert stranger.status_code == 403
    assert len(rows("bench_vote")) == 1


def test_tally_counts_as_the_bare_statement_does() -> None:
    body, people = towns.town("tally", 10)
    vote = towns.open_votes(body, people, 1)[0]
    for person, position in zip(people, ["agree"] * 6 + ["aside"] * 4, strict=True):
        village.cast(vote, person, position)

    ours, bare = tally.measure(vote.pk, rounds=2)

    assert len(ours) == len(bare) == 2
    assert min(ours + bare) > 0


def test_close_is_measured_on_a_vote_that_is_really_closed() -> None:
    (pk,) = closing.prepare(10, 1)
    vote = Vote.objects.get(pk=pk)
    for entry in vote.roll.all():
        village.cast(vote, entry.person, "agree")
    closing.let_pass([pk])

    taken = closing.measure(pk)

    vote.refresh_from_db()
    assert (vote.outcome, vote.tally) == ("adopted", {"agree": 10})
    assert RecordLine.objects.filter(what="vote.counted").count() == 1
    assert taken["peak_mb"] >= taken["before_mb"] > 10
    assert min(taken["seconds"], taken["floor"]) > 0


def test_deciding_withdrawals_end_their_mandates_and_all_are_told() -> None:
    due = confidence.prepare(12, 3)

    taken = confidence.measure(**due)

    assert {len(column) for column in taken.values()} == {2}
    assert set(Mandate.objects.values_list("ending", flat=True)) == {"confidence"}
    told = Notice.objects.filter(cause__what=Cause.What.MANDATE_ENDED)
    assert told.count() == 2 * 3 * 12  # ours, and the same again ready-made


def test_the_record_can_be_stubbed_and_comes_back() -> None:
    body, people = towns.town("stub", 10)
    proposal = towns.in_discussion(body, people, 1)[0][0]
    before = RecordLine.objects.count()

    with appending.without_record():
        comments.write(proposal, "Not in the record.", by=people[1], at=folkmoot_now())
    assert RecordLine.objects.count() == before

    comments.write(proposal, "In the record.", by=people[1], at=folkmoot_now())
    assert RecordLine.objects.count() == before + 1


def test_a_whole_vote_is_opened_given_to_and_closed() -> None:
    body, people = towns.town("whole", 10)
    proposal, author = towns.in_discussion(body, people, 1)[0]
    move(4)

    appending.hold(proposal, author, people)

    proposal.refresh_from_db()
    assert proposal.stage == "adopted"
    assert Ballot.objects.count() == 10


def test_statements_are_counted_with_session_and_person() -> None:
    town = pages.prepare("count", 10, 6)

    acts = pages.statements(town)

    savepoints_of_the_test = 2
    assert 5 < acts["first ballot"]["all"] <= 14 + savepoints_of_the_test
    assert Ballot.objects.get().position == "abstain"
    assert pages.told([{"sql": sql} for sql in ("BEGIN", "SELECT 1", "SAVEPOINT a", "COMMIT")]) == {
        "all": 2,
        "transactions": 1,
    }


def test_every_measured_page_answers() -> None:
    town = pages.prepare("pages", 10, 6)
    client = pages.browser(town)

    for address in pages.addresses(town).values():
        assert pages.took(client, address) > 0


@pytest.fixture
def echo() -> Iterator[int]:
    """A server that answers 303 to forms with the word agree in them and 409 to all others."""

    def serve() -> None:
        for _form in range(4):
            line, _address = listening.accept()
            with line:
                asked = line.recv(4096)
                line.sendall(b"HTTP/1.1 303 x\r\n\r\n" if b"agree" in asked else b"HTTP/1.1 409 x\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        serving = threading.Thread(target=serve)
        serving.start()
        yield listening.getsockname()[1]
        serving.join(10)


def test_knocking_sends_each_form_once_and_hears_each_answer(echo: int) -> None:
    forms = [knocking.form(echo, "/", "session", "s", {"position": word}) for word in ("agree", "no", "agree", "agree")]

    heard = knocking.knock(echo, forms, at_once=2)

    assert dict(heard.statuses) == {303: 3, 409: 1}
    assert len(heard.waits) == 4
    assert heard.a_second == pytest.approx(4 / heard.took)
