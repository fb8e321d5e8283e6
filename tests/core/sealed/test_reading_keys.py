"""A reader's key: strong enough, opened by its passphrase alone, locked anew, ended."""

from dataclasses import replace

import pytest

from core.actions import people, reading_keys
from core.boxes import NotOpened
from core.models import ReadingKey
from core.refusals import Denied, Invalid, WrongStep
from core.sealing import pairs, store
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.sealed.cast import CANARY, OTHER, WORDS, Archive

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        ("short", "at least 14"),
        ("aaaaaaaaaaaaaaaa", "four or more words"),
        ("correct horse gina", "other words than your password"),
    ],
)
def test_a_weak_passphrase_is_refused_in_words(words: str, advice: str) -> None:
    gina = village.make_person("gina")

    with pytest.raises(Invalid, match=advice):
        reading_keys.make(gina, words, at=folkmoot_now())
    assert not ReadingKey.objects.exists()


def test_another_passphrase_opens_nothing(archive: Archive) -> None:
    with pytest.raises(Denied, match="not your reading passphrase"):
        reading_keys.open_with(archive.ana, OTHER)
    with pytest.raises(WrongStep, match="no reading passphrase yet"):
        reading_keys.open_with(archive.carla, WORDS)
    with pytest.raises(WrongStep, match="already"):
        reading_keys.make(archive.ana, OTHER, at=folkmoot_now())


def test_another_passphrase_for_the_same_key_keeps_all_readable(archive: Archive) -> None:
    before = ReadingKey.objects.get(person=archive.ana)

    reading_keys.change(archive.ana, WORDS, OTHER)

    after = ReadingKey.objects.get(person=archive.ana)
    assert (after.pk, after.public) == (before.pk, before.public)
    assert bytes(after.wrapped) != bytes(before.wrapped)
    assert archive.read(archive.ana, OTHER) == {archive.file.name: CANARY}
    with pytest.raises(Denied):
        reading_keys.change(archive.ana, WORDS, "yet another four words")


def test_a_lost_passphrase_is_a_new_key_which_another_reader_seals_to(archive: Archive) -> None:
    [old] = store.readers(archive.file.name) - {archive.pair(archive.bruno).key_id}

    reading_keys.begin_anew(archive.ana, OTHER, at=folkmoot_now())

    assert archive.read(archive.ana, OTHER) == {}
    assert archive.read(archive.bruno) == {archive.file.name: CANARY}
    assert archive.read(archive.ana, OTHER) == {archive.file.name: CANARY}
    assert bytes(ReadingKey.objects.get(pk=old).wrapped) == b""
    assert reading_keys.clear(old) is True
    assert reading_keys.clear(old) is False
    assert old not in store.readers(archive.file.name)


def test_who_closes_the_account_has_no_key_any_more(archive: Archive) -> None:
    people.close_account(archive.ana, at=folkmoot_now())

    assert not ReadingKey.objects.standing().filter(person=archive.ana).exists()


def test_a_pair_is_carried_only_by_cookie_and_session_together() -> None:
    pair = pairs.unlock(pairs.make(WORDS), WORDS)

    key, box = pairs.carry(pair)

    assert pairs.carried(pair.key_id, key, box).public == pair.public
    for wrong in (b"", bytes(32), key[:-1]):
        with pytest.raises(NotOpened):
            pairs.carried(pair.key_id, wrong, box)
    with pytest.raises(NotOpened):
        pairs.carried("0" * 32, key, box)


def test_a_locked_pair_belongs_to_its_own_name() -> None:
    locked = pairs.make(WORDS)

    with pytest.raises(NotOpened):
        pairs.unlock(replace(locked, key_id="0" * 32), WORDS)
