"""The keys of secret votes: made for the stock, used once after the close, destroyed after the count (DESIGN 7).

All of it may be done twice, and is taken up where it was broken off; whoever calls it has the folder's lock. Private
halves are read into memory that is overwritten afterwards: they are in no bytes object, which Python would keep until
it likes.
"""

import contextlib
import hashlib
import secrets
from collections.abc import Iterator
from pathlib import Path

import structlog
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import DatabaseError, connection, transaction

from core.boxes import NotOpened, unseal
from core.files import destroy, write
from core.locks import own_vote
from core.models import OpenedBallots, SealedBallot, Vote, VoteKey
from core.rules.secrecy import unpacked
from core.signer.folder import SignerFolder, the_folder
from core.timekeeping import folkmoot_now

log = structlog.get_logger(__name__)

STOCK = 50
"""So many pairs are ready, so that opening a vote never waits for the signer (DESIGN 7)."""
PRIVATE_LENGTH = 32

DUE = """
    SELECT EXISTS (
        SELECT 1 FROM core_votekey k JOIN core_vote v ON v.id = k.vote_id WHERE k.destroyed_at IS NULL AND CASE
            WHEN v.counted_at IS NOT NULL THEN true
            WHEN v.closes_at > folkmoot_now() OR k.lost_at IS NOT NULL THEN false
            ELSE NOT EXISTS (SELECT 1 FROM core_openedballots o WHERE o.vote_id = v.id) END
    ) OR %s > (
        SELECT count(*) FROM core_votekey WHERE vote_id IS NULL AND destroyed_at IS NULL AND lost_at IS NULL
    )
"""


def is_due() -> bool:
    """A cheap look, in one statement: whether boxes wait, a counted vote has its key still, or the stock is low."""
    with connection.cursor() as cursor:
        cursor.execute(DUE, [STOCK])
        return bool(cursor.fetchone()[0])


def tend() -> int:
    """All that is due, in one pass; the number of things done. It also finds lost keys, and files left over."""
    return open_closed() + destroy_counted() + stock()


def stock(wanted: int = STOCK) -> int:
    """Fill the stock of keys; the number of keys made. A private half is on the disk before its public half is told."""
    folder = ready()
    give_up_lost(folder)
    missing = max(wanted - VoteKey.objects.in_stock().count(), 0)
    for _key in range(missing):
        make_key(folder)
    return missing


def renew(wanted: int = STOCK) -> int:
    """After a restore: no key that the backup knows is used again. Those of open votes are lost, and so are the votes.

    The caller's transaction may still be undone: the files of the old keys stay until `destroy_counted`.
    """
    at = folkmoot_now()
    VoteKey.objects.kept().update(lost_at=at)
    return stock(wanted)


def open_closed() -> int:
    """Open the boxes of every secret vote that has closed; the number of votes opened."""
    at = folkmoot_now()
    waiting = Vote.objects.due(at).filter(secret=True, opened__isnull=True, key__lost_at__isnull=True)
    return sum(open_if_possible(pk) for pk in list(waiting.order_by("closes_at").values_list("pk", flat=True)))


def open_if_possible(vote_id: int) -> bool:
    """Open one vote; whatever stands in its way keeps no other shut, and is tried again."""
    try:
        return open_vote(vote_id)
    except DatabaseError:
        raise
    except Exception:
        log.exception("not opened, and nobody foresaw why", vote=vote_id)
        return False


def destroy_counted() -> int:
    """Destroy the private half of every key whose vote is counted, and every file nobody waits for; their number."""
    folder = ready()
    counted = list(VoteKey.objects.filter(destroyed_at__isnull=True, vote__counted_at__isnull=False))
    for key in counted:
        destroy(file_of(folder, key))
        key.destroyed_at = folkmoot_now()
        key.save(update_fields=["destroyed_at"])
    kept = {file_of(folder, key) for key in VoteKey.objects.kept()}
    left = sorted(path for path in set(folder.votes.iterdir()) - kept if not path.is_dir())
    for path in left:
        destroy(path)
    return len(counted) + len(left)


def ready() -> SignerFolder:
    """The signer's folder, there and closed to others."""
    folder = the_folder()
    folder.make()
    return folder


def file_of(folder: SignerFolder, key: VoteKey) -> Path:
    """Where the private half of a key lies."""
    return folder.votes / f"{key.key_id}.key"


def make_key(folder: SignerFolder) -> VoteKey:
    """One more pair."""
    with wiped(bytearray(PRIVATE_LENGTH)) as private:
        with Path("/dev/urandom").open("rb", buffering=0) as dice:
            dice.readinto(private)
        public = X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
        key = VoteKey(key_id=hashlib.sha256(public).hexdigest()[:32], public=public.hex(), made_at=folkmoot_now())
        write(file_of(folder, key), private)
    key.save(force_insert=True)
    return key


def give_up_lost(folder: SignerFolder) -> None:
    """Mark keys whose private halves are gone: a vote that has one begins anew.

    An empty folder may be the wrong one, not mounted yet: then votes are given up only once they have closed.
    """
    there = set(folder.votes.iterdir())
    for key in VoteKey.objects.kept():
        if file_of(folder, key) in there or (not there and key.vote_id is not None):
            continue
        lose(key)


def lose(key: VoteKey) -> None:
    """This key will never open anything."""
    key.lost_at = folkmoot_now()
    key.save(update_fields=["lost_at"])
    log.error("key lost", key=key.key_id, vote=key.vote_id)


def open_vote(vote_id: int) -> bool:
    """Open the boxes of one closed vote, and hand over what was in them in no order at all; False if that was done.

    With the vote's lock all ballots that were accepted in time are there.
    """
    with transaction.atomic():
        own_vote(vote_id)
        vote = Vote.objects.only("secret", "closes_at", "counted_at").get(pk=vote_id)
        there = OpenedBallots.objects.filter(vote=vote_id).exists()
        if there or vote.counted_at is not None or vote.closes_at > folkmoot_now():
            return False
        try:
            with private_half(vote.key) as private:
                rows = [open_box(box, private) for box in SealedBallot.objects.filter(vote=vote)]
        except (FileNotFoundError, NotOpened, ValueError):
            lose(vote.key)
            return False
        secrets.SystemRandom().shuffle(rows)
        OpenedBallots.objects.create(vote=vote, ballots=rows)
        return True


def open_box(row: SealedBallot, private: X25519PrivateKey) -> list[str | None]:
    """What lies in one box."""
    return unpacked(unseal(bytes(row.box), private, vote_id=row.vote_id, find=row.find)).as_row()


@contextlib.contextmanager
def private_half(key: VoteKey) -> Iterator[X25519PrivateKey]:
    """The private half of a key, read from its file; OpenSSL overwrites its own copy when it is let go."""
    with wiped(bytearray(PRIVATE_LENGTH)) as private:
        with file_of(ready(), key).open("rb", buffering=0) as file:
            file.readinto(private)
        yield X25519PrivateKey.from_private_bytes(private)


@contextlib.contextmanager
def wiped(memory: bytearray) -> Iterator[bytearray]:
    """Memory that is overwritten when it is no longer needed."""
    try:
        yield memory
    finally:
        memory[:] = bytes(len(memory))
