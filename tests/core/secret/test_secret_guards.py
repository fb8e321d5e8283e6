"""What the database refuses, whoever asks: each guard of secret votes by itself, and the rights of the web role."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from core.actions.settling import settle
from core.models import OpenedBallots, SealedBallot, Vote, VoteKey
from core.signer import votes
from tests import village
from tests.core.actions.scene import state
from tests.core.secret.scene import Court, at_commit, make_court, recall

FIND = "a" * 64
CHANGES: dict[str, tuple[str, str]] = {
    "a mark by hand": ("UPDATE core_rollentry SET used = true WHERE id = {roll}", "used marks equal ballots"),
    "a box by hand": (
        f"INSERT INTO core_sealedballot (find, vote_id, box) VALUES ('{FIND}', {{vote}}, 'x')",
        "used marks equal ballots",
    ),
    "a mark taken back": ("UPDATE core_rollentry SET used = false WHERE used", "a roll never changes"),
    "a mark and more": (
        "UPDATE core_rollentry SET used = true, may_block = false WHERE id = {roll}",
        "a roll never changes",
    ),
    "a mark in an open vote": ("UPDATE core_rollentry SET used = true WHERE vote_id = {open}", "voting has closed"),
    "an elector who is marked from the start": (
        (
            "INSERT INTO core_rollentry (vote_id, person_id, membership_id, may_block, used) "
            "SELECT {unfrozen}, person_id, membership_id, true, true FROM core_rollentry WHERE id = {roll}"
        ),
        "nobody has voted yet",
    ),
    "a box of an open vote": (
        f"INSERT INTO core_sealedballot (find, vote_id, box) VALUES ('{FIND}', {{open}}, 'x')",
        "voting has closed",
    ),
    "an open ballot in a secret vote": (
        (
            "INSERT INTO core_ballot (vote_id, roll_id, position, reason, cast_at, changed_at, change_no, nonce, leaf) "
            "SELECT {vote}, {roll}, 'yes', '', folkmoot_now(), folkmoot_now(), 1, 'n', repeat('0', 64)"
        ),
        "voting has closed",
    ),
    "a box in another place": (f"UPDATE core_sealedballot SET find = '{FIND}'", "a box stays in its place"),
    "a box in another vote": ("UPDATE core_sealedballot SET vote_id = {open}", "voting has closed"),
    "a box away": ("DELETE FROM core_sealedballot", "Cannot delete"),
    "a find that is no hash": (
        "INSERT INTO core_sealedballot (find, vote_id, box) VALUES ('x', {vote}, 'x')",
        "sealedballot_find_is_a_hash",
    ),
    "opened before the close": (
        'INSERT INTO core_openedballots (vote_id, ballots) VALUES ({vote}, \'[["s", "yes"]]\')',
        "ballots are opened after the close",
    ),
    "opened in an open vote": (
        "INSERT INTO core_openedballots (vote_id, ballots) VALUES ({open}, '[]')",
        "ballots are opened after the close",
    ),
    "counted without the signer": (
        (
            "UPDATE core_vote SET counted_at = folkmoot_now(), outcome = 'adopted', reason = 'adopted', tally = '{{}}' "
            "WHERE id = {vote}"
        ),
        "a secret vote is counted from what the signer opened",
    ),
    "a secret vote made open": ("UPDATE core_vote SET secret = false WHERE id = {vote}", "a vote keeps its secret"),
    "codes taken away": ("UPDATE core_vote SET codes = false WHERE id = {vote}", "a vote keeps its codes"),
    "a list before the count": ("UPDATE core_vote SET listed = '[]' WHERE id = {vote}", "vote_list_only_if_secret"),
    "a key for another vote": ("UPDATE core_votekey SET vote_id = {open} WHERE vote_id IS NULL", "for one secret vote"),
    "a key taken back": ("UPDATE core_votekey SET vote_id = NULL WHERE vote_id = {vote}", "for one secret vote"),
    "another public half": ("UPDATE core_votekey SET public = repeat('0', 64)", "a key never changes"),
    "destroyed before the count": (
        "UPDATE core_votekey SET destroyed_at = folkmoot_now() WHERE vote_id = {vote}",
        "a key is destroyed once, after the count",
    ),
    "a key away": ("DELETE FROM core_votekey", "Cannot delete"),
}
VOTE_BY_HAND = """
    INSERT INTO core_vote (proposal_id, number, matter, rule, charter_id, text_id, second_call, secret, codes,
        opened_at, closes_at, quorum_num, quorum_den, agreement_num, agreement_den, asides_num, asides_den, outcome,
        reason, ballots_root, counted_at, tally, roll_size)
    SELECT proposal_id, 9, matter, rule, charter_id, text_id, false, %(secret)s, false, opened_at,
        closes_at, 1, 2, 4, 5, 1, 4, 'void', 'void', '', opened_at, '{}', %(roll)s
    FROM core_vote WHERE id = %(like)s RETURNING id
"""


def run(statement: str, *values: Any) -> None:
    """As the owner."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def write_vote(like: Vote, *, secret: bool, roll: int | None) -> int:
    """A vote past all actions; its key."""
    with connection.cursor() as cursor:
        cursor.execute(VOTE_BY_HAND, {"like": like.pk, "secret": secret, "roll": roll})
        return int(cursor.fetchone()[0])


@contextmanager
def refused_by_the_database(words: str) -> Iterator[None]:
    """What happens inside, and what is judged at its commit, is refused with these words and changes no row."""
    before = state()
    with pytest.raises(DatabaseError, match=words), judged_at_its_end():
        yield
    assert state() == before


@contextmanager
def judged_at_its_end() -> Iterator[None]:
    """A transaction that is judged as if it committed."""
    with transaction.atomic():
        yield
        at_commit()


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses(court: Court, change: str) -> None:
    vote = recall(court)
    village.cast_secretly(vote, court.eva, "yes")
    open_vote = village.make_vote(court.body, court.ana) if "{open}" in CHANGES[change][0] else vote
    if open_vote != vote:
        vote = recall_again(court, vote)
    statement, words = CHANGES[change]
    with transaction.atomic():
        unfrozen = write_vote(vote, secret=False, roll=None) if "{unfrozen}" in statement else 0
        roll = vote.roll.get(person=court.ana).pk
        with refused_by_the_database(words):
            run(statement.format(vote=vote.pk, roll=roll, open=open_vote.pk, unfrozen=unfrozen))
        transaction.set_rollback(True)


def recall_again(court: Court, former: Vote) -> Vote:
    """The recall has closed while the other vote was talked over: the next one."""
    village.close(former)
    vote = recall(court)
    village.cast_secretly(vote, court.eva, "yes")
    return vote


def test_after_the_close_no_mark_and_no_box_comes_in_by_any_way(court: Court) -> None:
    vote = recall(court)
    village.cast_secretly(vote, court.eva, "yes")
    village.move_clock(vote.closes_at - vote.opened_at)
    for statement in (
        f"INSERT INTO core_sealedballot (find, vote_id, box) VALUES ('{FIND}', {vote.pk}, 'x')",
        "UPDATE core_sealedballot SET box = 'x'",
        f"UPDATE core_rollentry SET used = true WHERE vote_id = {vote.pk} AND NOT used",
    ):
        with refused_by_the_database("voting has closed"):
            run(statement)
    for wrong in ("[]", '[["s", "yes"], ["t", "no"]]'):
        with refused_by_the_database("as many opened ballots as boxes"):
            run("INSERT INTO core_openedballots (vote_id, ballots) VALUES (%s, %s)", vote.pk, wrong)


def test_opened_ballots_are_written_once_and_stay_until_they_are_counted(court: Court) -> None:
    vote = recall(court)
    village.cast_secretly(vote, court.eva, "yes")
    village.move_clock(vote.closes_at - vote.opened_at)
    votes.open_closed()
    with refused_by_the_database("Cannot update"):
        run("UPDATE core_openedballots SET ballots = '[]'")
    with refused_by_the_database("stay until they are counted"):
        run("DELETE FROM core_openedballots")
    with refused_by_the_database("duplicate key"):
        run("INSERT INTO core_openedballots (vote_id, ballots) VALUES (%s, '[[null, \"yes\"]]')", vote.pk)
    settle()
    with refused_by_the_database("after the close, before the count"):
        run("INSERT INTO core_openedballots (vote_id, ballots) VALUES (%s, '[[null, \"yes\"]]')", vote.pk)
    assert not OpenedBallots.objects.exists()


@pytest.mark.django_db
def test_without_codes_no_box_is_changed() -> None:
    court = make_court(codes=False)
    vote = recall(court)
    village.cast_secretly(vote, court.eva, "yes")
    with refused_by_the_database("a ballot without a code is final"):
        run("UPDATE core_sealedballot SET box = 'x'")


def test_a_secret_vote_has_a_key_and_a_roll_of_seven(court: Court) -> None:
    vote = recall(court)
    with refused_by_the_database("a secret vote has a key"):
        write_vote(vote, secret=True, roll=7)
    with refused_by_the_database("vote_secret_from_seven"):
        write_vote(vote, secret=True, roll=6)


FORBIDDEN_TO_THE_WEB = [
    "SELECT box FROM core_sealedballot",
    "SELECT * FROM core_sealedballot",
    "DELETE FROM core_sealedballot",
    "UPDATE core_sealedballot SET find = repeat('0', 64)",
    "INSERT INTO core_openedballots (vote_id, ballots) VALUES (1, '[]')",
    "UPDATE core_openedballots SET ballots = '[]'",
    f"INSERT INTO core_votekey (key_id, public, made_at) VALUES ('x', '{FIND}', now())",
    "UPDATE core_votekey SET destroyed_at = now()",
    "UPDATE core_votekey SET lost_at = now()",
    "UPDATE core_votekey SET public = repeat('0', 64)",
    "DELETE FROM core_votekey",
    "TRUNCATE core_sealedballot",
    "ALTER TABLE core_sealedballot DISABLE TRIGGER ALL",
]


@pytest.mark.parametrize("statement", FORBIDDEN_TO_THE_WEB)
def test_the_web_role_is_refused(court: Court, statement: str) -> None:
    village.cast_secretly(recall(court), court.eva, "yes")
    before = state()
    with transaction.atomic():
        run(f"SET LOCAL ROLE {settings.DATABASE_WEB_ROLE}")
        with pytest.raises(DatabaseError) as caught, transaction.atomic():
            run(statement)
        run("RESET ROLE")
    assert isinstance(caught.value.__cause__, psycopg.errors.InsufficientPrivilege)
    assert state() == before


def test_the_web_role_opens_casts_changes_and_counts(court: Court) -> None:
    votes.stock(2)
    code = "7Q2M4-ZX9RT-0KCVB-3HN5D"
    with transaction.atomic():
        run(f"SET LOCAL ROLE {settings.DATABASE_WEB_ROLE}")
        vote = village.open_recall(court.mandate, court.ana)
        village.cast_secretly(vote, court.eva, "no", code)
        village.cast_secretly(vote, court.eva, "yes", code)
        at_commit()
        run("RESET ROLE")
    village.move_clock(vote.closes_at - vote.opened_at)
    votes.open_closed()
    with transaction.atomic():
        run(f"SET LOCAL ROLE {settings.DATABASE_WEB_ROLE}")
        settle()
        run("RESET ROLE")
    vote.refresh_from_db()
    assert (vote.outcome, vote.reason) == ("not_adopted", "few")
    assert SealedBallot.objects.count() == 1
    assert VoteKey.objects.in_stock().count() == 1
