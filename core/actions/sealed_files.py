"""Sealed files: written for their readers, read with a line in the reading log, handed on, destroyed in time.

A file is sealed with a key of its own, and that key to each reader's pair. Who has no pair yet, or a new one, gets a
seal as soon as somebody who can open the file reads it (docs/adr/0050).
"""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from core.boxes import NotOpened
from core.locks import lock, require_transaction
from core.models import Body, FileReader, Person, Reading, ReadingKey, SealedFile, SealedText
from core.refusals import Denied, Invalid
from core.sealing import contents, store
from core.sealing.pairs import Pair
from core.sealing.wall import acting_as
from core.timekeeping import folkmoot_now

RETENTION: Final = timedelta(days=90)
"""How long a file is kept unless it is said otherwise (DESIGN 6)."""
WORDS_MAX: Final = 60_000
"""Signs in one file; the longest of them take four bytes."""


def write(
    body: Body, words: str, readers: Iterable[Person], *, by: Person | None, at: datetime, until: datetime
) -> SealedFile:
    """Seal words for their readers. In the caller's transaction; whoever writes reads it only if they are among them.

    The seals are on the disk before the row commits: if it does not, they are seals of nothing.
    """
    require_transaction()
    people = {person.pk: person for person in readers}
    pairs = _standing_pairs(people)
    if by is not None and by.pk in people and by.pk not in pairs:
        raise Denied(_("Choose a reading passphrase first: what you write is sealed to it."))
    if not pairs:
        raise Invalid(_("None of those who may read this has a reading passphrase. Nobody could open it."))
    if len(words) > WORDS_MAX:
        raise Invalid(_("This is too long: a sealed file holds %(most)s signs.") % {"most": WORDS_MAX})
    name, key = secrets.token_hex(16), contents.new_key()
    file = SealedFile.objects.create(name=name, body=body, made_at=at, expires_at=until)
    FileReader.objects.bulk_create(FileReader(file=file, person=person, since=at) for person in people.values())
    SealedText.objects.create(file=file, content=contents.encrypt(words, key, file=name))
    _seal(name, key, pairs.values())
    return file


def read(files: Iterable[SealedFile], pair: Pair, *, by: Person) -> dict[str, str]:
    """The words of files by their names, each with its line in the reading log, committed before anything is opened.

    Files that are not sealed to this reader yet are left out. Never within another transaction.
    """
    seals = {file.name: seal for file in files if (seal := store.get(file.name, pair.key_id)) is not None}
    opened = {}
    for name, reading in _log(seals, by=by).items():
        key = _open_seal(name, seals[name], pair)
        with acting_as(by, reading):
            text = SealedText.objects.filter(pk=name).first()
        if text is None:  # the right to read ended between the two
            raise Denied(_("You can no longer read this file."))
        opened[name] = contents.decrypt(bytes(text.content), key, file=name)
        hand_on(name, key)
    return opened


def hand_on(name: str, key: bytes) -> int:
    """Seal a file to every reader who has a pair and no seal yet; the number of new seals."""
    with transaction.atomic():
        lock(SealedFile(pk=name))
        entitled = FileReader.objects.standing().filter(file=name).values_list("person_id", flat=True)
        there = store.readers(name)
        missing = [pair for pair in _standing_pairs(entitled).values() if pair.pk not in there]
        _seal(name, key, missing)
        return len(missing)


def add_reader(file: SealedFile, person: Person, *, at: datetime) -> None:
    """One more who may read. The seal comes when somebody who can open the file reads it. Twice is once."""
    file = lock(file)
    if not FileReader.objects.standing().filter(file=file, person=person).exists():
        FileReader.objects.create(file=file, person=person, since=at)


def end_reader(file: SealedFile, person: Person, *, at: datetime) -> None:
    """Whoever may read no longer: refused from this commit on; their seal is destroyed right after it."""
    file = lock(file)
    FileReader.objects.standing().filter(file=file, person=person).update(ended_at=at)


def clear(reader_id: int) -> bool:
    """Destroy the seal of somebody who may read no longer."""
    with transaction.atomic():
        reader = FileReader.objects.get(pk=reader_id)
        lock(reader.file)
        reader = lock(reader)
        if reader.ended_at is None or reader.cleared_at is not None:
            return False
        if not FileReader.objects.standing().filter(file=reader.file_id, person=reader.person_id).exists():
            for key_id in ReadingKey.objects.filter(person=reader.person_id).values_list("pk", flat=True):
                store.take_away(reader.file_id, key_id)
        reader.cleared_at = folkmoot_now()
        reader.save(update_fields=["cleared_at"])
        return True


def expire(file: SealedFile, *, until: datetime) -> SealedFile:
    """Keep a file until then: shorter or longer than it was said when it was written."""
    file = lock(file)
    if not file.is_gone:
        file.expires_at = until
        file.save(update_fields=["expires_at"])
    return file


def destroy(name: str) -> bool:
    """Destroy a file whose time is over: first its seals, then its words. It may be broken off and done again."""
    with transaction.atomic():
        file = lock(SealedFile(pk=name))
        at = folkmoot_now()
        if file.is_gone or file.expires_at > at:
            return False
        store.take_all(name)
        file.destroyed_at = at
        file.save(update_fields=["destroyed_at"])
        SealedText.objects.filter(pk=name).delete()
        return True


def tidy() -> int:
    """After a restore: destroy what lies in the store and nobody may open by what the database says; how many."""
    done = 0
    for name in store.files():
        file = SealedFile.objects.filter(pk=name, destroyed_at__isnull=True).first()
        if file is None:
            store.take_all(name)
            done += 1
            continue
        people = FileReader.objects.standing().filter(file=file).values_list("person_id", flat=True)
        entitled = {pair.pk for pair in _standing_pairs(people).values()}
        for key_id in store.readers(name) - entitled:
            store.take_away(name, key_id)
            done += 1
    return done


def _log(seals: Mapping[str, bytes], *, by: Person) -> dict[str, Reading]:
    """Write down that somebody reads, and commit it. Files that may not be read any more are refused here."""
    with transaction.atomic(durable=True):
        at = folkmoot_now()
        files = _lock_files(seals)
        allowed = SealedFile.objects.for_reader(by).filter(pk__in=[file.pk for file in files])
        if len(allowed) != len(seals):
            raise Denied(_("You can no longer read this file."))
        return {file.name: Reading.objects.create(file=file, person=by, at=at) for file in files}


def _lock_files(names: Iterable[str]) -> list[SealedFile]:
    wanted = sorted(set(names))
    return list(SealedFile.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk"))


def _standing_pairs(people: Iterable[int]) -> dict[int, ReadingKey]:
    return {row.person_id: row for row in ReadingKey.objects.standing().filter(person__in=list(people))}


def _seal(name: str, key: bytes, pairs: Iterable[ReadingKey]) -> None:
    for pair in pairs:
        seal = contents.seal(key, bytes.fromhex(pair.public), file=name, reader=pair.pk)
        store.put(name, pair.pk, seal)


def _open_seal(name: str, seal: bytes, pair: Pair) -> bytes:
    try:
        return contents.unseal(seal, pair.private, file=name, reader=pair.key_id)
    except NotOpened as problem:
        store.take_away(name, pair.key_id)  # so that another reader makes a new one
        raise Invalid(_("Your seal was changed, and does not open. Ask another reader to open the file.")) from problem
