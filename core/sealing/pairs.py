"""Key pairs of readers: made, locked with a passphrase by Argon2id, opened for some minutes (DESIGN 6, Protection).

The private half is never written down in clear. Between two requests of one session it lies locked with a key that only
the reader's cookie has.
"""

import hashlib
import secrets
import threading
from dataclasses import dataclass
from typing import Final

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from django.conf import settings

from core.boxes import NotOpened
from core.rules.chain import canonical

SALT_BYTES: Final = 16
NONCE_BYTES: Final = 12
KEY_BYTES: Final = 32

ONE_AT_A_TIME = threading.Lock()
"""Each opening takes 128 MiB for most of a second: several at once would be too much for a small machine."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try at a passphrase costs, as it stands beside each pair."""

    memory_kib: int
    passes: int


@dataclass(frozen=True, slots=True)
class Locked:
    """A key pair as it is kept: who has all of this still needs the passphrase."""

    key_id: str
    public: bytes
    salt: bytes
    wrapped: bytes
    cost: Cost


@dataclass(frozen=True, slots=True)
class Pair:
    """A key pair that is open."""

    key_id: str
    private: X25519PrivateKey

    @property
    def public(self) -> bytes:
        """The half that others seal to."""
        return self.private.public_key().public_bytes_raw()


def make(passphrase: str) -> Locked:
    """A new pair, locked."""
    private = X25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    return lock(Pair(hashlib.sha256(public).hexdigest()[:32], private), passphrase)


def lock(pair: Pair, passphrase: str) -> Locked:
    """A pair, locked with a passphrase at what it costs today."""
    cost = Cost(*settings.READING_KEY_COST)
    salt = secrets.token_bytes(SALT_BYTES)
    wrapped = _wrap(pair, _stretched(passphrase, salt, cost), "passphrase")
    return Locked(pair.key_id, pair.public, salt, wrapped, cost)


def unlock(locked: Locked, passphrase: str) -> Pair:
    """Open a pair. Raises `NotOpened` for another passphrase."""
    key = _stretched(passphrase, locked.salt, locked.cost)
    return _unwrap(locked.wrapped, key, locked.key_id, "passphrase")


def carry(pair: Pair) -> tuple[bytes, bytes]:
    """A key for the cookie, and what the session keeps: neither opens anything without the other."""
    key = secrets.token_bytes(KEY_BYTES)
    return key, _wrap(pair, key, "session")


def carried(key_id: str, key: bytes, box: bytes) -> Pair:
    """The pair that was carried. Raises `NotOpened` where key and box do not belong together."""
    if len(key) != KEY_BYTES:
        raise NotOpened
    return _unwrap(box, key, key_id, "session")


def _stretched(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    with ONE_AT_A_TIME:
        return hash_secret_raw(
            passphrase.encode(), salt, cost.passes, cost.memory_kib, parallelism=1, hash_len=KEY_BYTES, type=Type.ID
        )


def _wrap(pair: Pair, key: bytes, what_for: str) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    about = canonical([what_for, pair.key_id])
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, pair.private.private_bytes_raw(), about)


def _unwrap(box: bytes, key: bytes, key_id: str, what_for: str) -> Pair:
    about = canonical([what_for, key_id])
    try:
        raw = ChaCha20Poly1305(key).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], about)
    except (InvalidTag, ValueError) as error:
        raise NotOpened from error
    return Pair(key_id, X25519PrivateKey.from_private_bytes(raw))
