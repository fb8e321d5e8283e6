"""Sealed files: every verb by every sort of reader, the log before the answer, the wall in the database."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from core.actions import reading_keys, sealed_files
from core.actions.settling import settle
from core.boxes import NotOpened
from core.models import FileReader, Person, Reading, SealedFile, SealedText
from core.refusals import Denied, Invalid, Refusal
from core.sealing import contents, store
from core.sealing.wall import acting_as
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import spoken
from tests.core.sealed.cast import CANARY, LATER, OTHER, WORDS, Archive, as_the_web, rows, seal

pytestmark = pytest.mark.django_db

READ, NOT_YET, DENIED, NO_KEY = "read", "not sealed yet", "Denied", "WrongStep"


def end_ana(archive: Archive) -> None:
    """Ana may read no longer."""
    sealed_files.end_reader(archive.file, archive.ana, at=folkmoot_now())
    settle()


def gone(_archive: Archive) -> None:
    """The file's time is over."""
    village.move_clock(LATER)
    settle()


STATES: dict[str, Callable[[Archive], Any]] = {
    "sealed": lambda _archive: None,
    "farid has a key": lambda archive: reading_keys.make(archive.farid, WORDS, at=folkmoot_now()),
    "eva may read": lambda archive: sealed_files.add_reader(archive.file, archive.eva, at=folkmoot_now()),
    "ana may not": end_ana,
    "ana lost it": lambda archive: reading_keys.begin_anew(archive.ana, WORDS, at=folkmoot_now()),
    "destroyed": gone,
}
# What each gets who asks to read, in this order: ana, bruno, eva (a key, no right), farid (a right, no key), carla.
TABLE = {
    "sealed": (READ, READ, NOT_YET, NO_KEY, NO_KEY),
    "farid has a key": (READ, READ, NOT_YET, READ, NO_KEY),
    "eva may read": (READ, READ, READ, NO_KEY, NO_KEY),
    "ana may not": (NOT_YET, READ, NOT_YET, NO_KEY, NO_KEY),
    "ana lost it": (NOT_YET, READ, NOT_YET, NO_KEY, NO_KEY),
    "destroyed": (NOT_YET, NOT_YET, NOT_YET, NO_KEY, NO_KEY),
}


def attempt(archive: Archive, person: Person) -> str:
    """What somebody gets who asks to read."""
    before = Reading.objects.count()
    try:
        found = archive.read(person)
    except Refusal as refused:
        assert Reading.objects.count() == before
        return type(refused).__name__
    assert Reading.objects.count() == before + len(found)
    assert found in ({}, {archive.file.name: CANARY})
    return READ if found else NOT_YET


@pytest.mark.parametrize("state", STATES)
def test_each_reader_gets_what_the_table_says(archive: Archive, state: str) -> None:
    STATES[state](archive)

    people = (archive.ana, archive.bruno, archive.eva, archive.farid, archive.carla)
    assert tuple(attempt(archive, person) for person in people) == TABLE[state]


def test_who_has_a_seal_and_no_right_is_refused_and_no_line_is_written(archive: Archive) -> None:
    """Between the end of a right and the destruction of the seal."""
    sealed_files.end_reader(archive.file, archive.ana, at=folkmoot_now())
    assert len(store.readers(archive.file.name)) == 2

    with pytest.raises(Denied, match="no longer read"):
        archive.read(archive.ana)
    assert not Reading.objects.exists()


def test_the_line_in_the_reading_log_comes_before_the_words(archive: Archive) -> None:
    pair = archive.pair(archive.ana)

    with spoken() as heard:
        sealed_files.read([archive.file], pair, by=archive.ana)

    logged = next(n for n, said in enumerate(heard) if 'INSERT INTO "core_reading"' in said)
    shown = next(n for n, said in enumerate(heard) if 'FROM "core_sealedtext"' in said)
    assert logged < shown
    assert any(said.startswith("RELEASE SAVEPOINT") for said in heard[logged:shown])  # a COMMIT, outside of a test
    [line] = Reading.objects.values_list("file_id", "person_id")
    assert line == (archive.file.pk, archive.ana.pk)


@pytest.mark.django_db(transaction=True)
def test_reading_inside_another_transaction_is_a_mistake(archive: Archive) -> None:
    pair = archive.pair(archive.ana)

    with pytest.raises(RuntimeError), transaction.atomic():
        sealed_files.read([archive.file], pair, by=archive.ana)
    assert not Reading.objects.exists()


def test_the_wall_shows_the_words_to_a_reader_with_a_line_and_to_nobody_else(archive: Archive) -> None:
    with transaction.atomic():
        mine = Reading.objects.create(file=archive.file, person=archive.ana, at=folkmoot_now())
    other = Reading.objects.create(file=seal(archive.body, archive.ana), person=archive.ana, at=folkmoot_now())
    look = "SELECT count(*) FROM core_sealedtext WHERE file_id = %s"

    with as_the_web():
        assert rows(look, archive.file.pk) == [(0,)]
        for person, reading, seen in (
            (archive.ana, mine, 1),
            (archive.ana, None, 0),
            (archive.ana, other, 0),
            (archive.bruno, mine, 0),
            (archive.eva, mine, 0),
        ):
            with acting_as(person, reading):
                assert rows(look, archive.file.pk) == [(seen,)]
        assert rows(look, archive.file.pk) == [(0,)]  # nothing is left over for who comes next
        sealed_files.end_reader(archive.file, archive.ana, at=folkmoot_now())
        with acting_as(archive.ana, mine):
            assert rows(look, archive.file.pk) == [(0,)]


REFUSED = {
    "INSERT INTO core_reading (file_id, person_id, at) SELECT name, {eva}, now() FROM core_sealedfile": "only its",
    "UPDATE core_reading SET at = at": "Cannot update",
    "DELETE FROM core_reading": "Cannot update or delete",
    "DELETE FROM core_sealedfile": "Cannot delete",
    "UPDATE core_filereader SET person_id = {eva}": "who could read when",
    "UPDATE core_sealedfile SET destroyed_at = now()": "sealedfile_destroyed_when_due",
    "UPDATE core_readingkey SET public = repeat('0', 64) WHERE person_id = {eva}": "a key pair never changes",
    "UPDATE core_readingkey SET ended_at = now()": "readingkey_ended_opens_nothing",
}


def test_the_database_refuses_what_must_not_be(archive: Archive) -> None:
    archive.read(archive.ana)

    for statement, words in REFUSED.items():
        with pytest.raises(DatabaseError, match=words), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.format(eva=archive.eva.pk))


def test_the_web_role_may_not_even_try(archive: Archive) -> None:
    archive.read(archive.ana)

    for statement in ("UPDATE core_sealedtext SET content = ''", "DELETE FROM core_reading"):
        denied = pytest.raises(DatabaseError, match="permission denied")
        with denied, transaction.atomic(), as_the_web(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_web_role_deletes_only_what_is_destroyed(archive: Archive) -> None:
    with as_the_web():
        assert SealedText.objects.filter(pk=archive.file.pk).delete()[0] == 0
    assert rows("SELECT count(*) FROM core_sealedtext") == [(1,)]


def test_a_file_goes_in_its_time_and_not_before(archive: Archive) -> None:
    assert sealed_files.destroy(archive.file.name) is False
    assert archive.read(archive.bruno)

    village.move_clock(LATER)
    with as_the_web():
        assert sealed_files.destroy(archive.file.name) is True
        assert sealed_files.destroy(archive.file.name) is False

    assert store.files() == set()
    assert rows("SELECT count(*) FROM core_sealedtext") == [(0,)]
    assert Reading.objects.count() == 1  # who has read stays known


def test_a_file_is_kept_for_longer_or_shorter_as_it_is_said(archive: Archive) -> None:
    soon = folkmoot_now() + LATER / 91
    sealed_files.expire(archive.file, until=soon)

    village.move_clock(LATER / 90)
    settle()

    assert SealedFile.objects.get(pk=archive.file.pk).is_gone


def test_nobody_writes_what_nobody_can_read(archive: Archive) -> None:
    with pytest.raises(Denied, match="Choose a reading passphrase first"):
        seal(archive.body, archive.farid, archive.ana)
    at = folkmoot_now()
    with pytest.raises(Invalid, match="Nobody could open it"), transaction.atomic():
        sealed_files.write(archive.body, "x", [archive.carla], by=None, at=at, until=at + LATER)
    with pytest.raises(Invalid, match="too long"):
        seal(archive.body, archive.ana, words="x" * (sealed_files.WORDS_MAX + 1))
    assert SealedFile.objects.count() == 1


def test_a_seal_that_was_changed_opens_nothing_and_is_made_anew(archive: Archive) -> None:
    pair = archive.pair(archive.ana)
    store.put(archive.file.name, pair.key_id, b"not a seal")

    with pytest.raises(Invalid, match="Ask another reader"):
        archive.read(archive.ana)
    assert archive.read(archive.bruno)
    assert archive.read(archive.ana) == {archive.file.name: CANARY}


def test_after_a_restore_no_seal_is_left_that_nobody_has_a_right_to(archive: Archive) -> None:
    eva, ana = archive.pair(archive.eva).key_id, archive.pair(archive.ana).key_id
    store.put(archive.file.name, eva, b"of somebody who may read no longer")
    store.put("0" * 32, ana, b"of a file that the backup does not know")

    assert sealed_files.tidy() == 2

    assert store.files() == {archive.file.name}
    assert eva not in store.readers(archive.file.name)
    assert archive.read(archive.ana)


def test_ends_are_carried_out_by_the_clock_once(archive: Archive) -> None:
    sealed_files.end_reader(archive.file, archive.ana, at=folkmoot_now())
    reading_keys.begin_anew(archive.bruno, OTHER, at=folkmoot_now())

    assert settle() == 2
    assert store.readers(archive.file.name) == set()
    assert settle() == 0
    assert FileReader.objects.filter(cleared_at__isnull=False).count() == 1


def test_what_a_file_holds_opens_only_as_that_file() -> None:
    key = contents.new_key()
    box = contents.encrypt(CANARY, key, file="a")

    assert contents.decrypt(box, key, file="a") == CANARY
    for other, name in ((contents.new_key(), "a"), (key, "b")):
        with pytest.raises(NotOpened):
            contents.decrypt(box, other, file=name)
    with pytest.raises(NotOpened):
        contents.decrypt(box[:-1] + bytes([box[-1] ^ 1]), key, file="a")


@pytest.mark.parametrize("words", ["", "x", "x" * 1023, "ñ" * 700, "x\x00\x00", "x" * 60_000])
def test_files_have_few_lengths_and_come_back_as_they_were(words: str) -> None:
    key = contents.new_key()
    box = contents.encrypt(words, key, file="a")

    assert len(box) - 12 - 16 in contents.LENGTHS
    assert contents.decrypt(box, key, file="a") == words
