"""The key pair with which a person reads sealed files: made, opened, locked anew, ended (docs/sealed.md)."""

from datetime import datetime

from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.utils.translation import gettext as _

from core.boxes import NotOpened
from core.locks import lock
from core.models import FileReader, Person, ReadingKey
from core.refusals import Denied, Invalid, WrongStep
from core.sealing import pairs, store
from core.sealing.pairs import Cost, Locked, Pair
from core.timekeeping import folkmoot_now

PASSPHRASE_LEAST = 14
"""Signs in a reading passphrase: whoever has a copy of the database can try as many as they like."""


@transaction.atomic
def make(person: Person, passphrase: str, *, at: datetime) -> ReadingKey:
    """Choose a reading passphrase for the first time."""
    person = lock(person)
    if ReadingKey.objects.standing().filter(person=person).exists():
        raise WrongStep(_("You have a reading passphrase already."))
    return _keep(person, passphrase, at=at)


@transaction.atomic
def begin_anew(person: Person, passphrase: str, *, at: datetime) -> ReadingKey:
    """The passphrase is lost: what was sealed to it stays shut, until another reader seals it to the new one."""
    person = lock(person)
    end_all(person, at=at)
    return _keep(person, passphrase, at=at)


@transaction.atomic
def change(person: Person, former: str, passphrase: str) -> ReadingKey:
    """Another passphrase for the same pair: all that is sealed to it stays readable."""
    person = lock(person)
    pair = open_with(person, former)
    _require_strong(person, passphrase)
    locked = pairs.lock(pair, passphrase)
    row = ReadingKey.objects.get(pk=pair.key_id)
    row.salt, row.wrapped = locked.salt, locked.wrapped
    row.memory_kib, row.passes = locked.cost.memory_kib, locked.cost.passes
    row.save(update_fields=["salt", "wrapped", "memory_kib", "passes"])
    return row


def open_with(person: Person, passphrase: str) -> Pair:
    """The pair, open. It takes most of a second, on purpose."""
    row = ReadingKey.objects.standing().filter(person=person).first()
    if row is None:
        raise WrongStep(_("You have no reading passphrase yet. Choose one first."))
    try:
        return pairs.unlock(_as_kept(row), passphrase)
    except NotOpened as problem:
        raise Denied(_("This is not your reading passphrase.")) from problem


def end_all(person: Person, *, at: datetime) -> None:
    """No pair any more; its seals go with it. In the caller's transaction."""
    ReadingKey.objects.standing().filter(person=person).update(ended_at=at, wrapped=b"")


def clear(key_id: str) -> bool:
    """Destroy the seals of a pair that has ended. Nobody could open them; they are destroyed all the same."""
    with transaction.atomic():
        row = lock(ReadingKey(pk=key_id))
        if row.ended_at is None or row.cleared_at is not None:
            return False
        for name in FileReader.objects.filter(person=row.person_id).values_list("file_id", flat=True):
            store.take_away(name, key_id)
        row.cleared_at = folkmoot_now()
        row.save(update_fields=["cleared_at"])
        return True


def _keep(person: Person, passphrase: str, *, at: datetime) -> ReadingKey:
    _require_strong(person, passphrase)
    locked = pairs.make(passphrase)
    return ReadingKey.objects.create(
        key_id=locked.key_id,
        person=person,
        public=locked.public.hex(),
        salt=locked.salt,
        wrapped=locked.wrapped,
        memory_kib=locked.cost.memory_kib,
        passes=locked.cost.passes,
        made_at=at,
    )


def _require_strong(person: Person, passphrase: str) -> None:
    if len(passphrase) < PASSPHRASE_LEAST or len(set(passphrase)) < PASSPHRASE_LEAST // 2:
        raise Invalid(
            _("Take four or more words that do not belong together: at least %(least)s signs.")
            % {"least": PASSPHRASE_LEAST}
        )
    if check_password(passphrase, person.password):
        raise Invalid(_("Choose other words than your password: that one is sent at each sign-in."))


def _as_kept(row: ReadingKey) -> Locked:
    return Locked(
        row.pk, bytes.fromhex(row.public), bytes(row.salt), bytes(row.wrapped), Cost(row.memory_kib, row.passes)
    )
