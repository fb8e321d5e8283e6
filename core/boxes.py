"""Boxes: what is sealed to the key of a vote or of a reader, with HPKE (RFC 9180) as the library cryptography has it.

X25519, HKDF-SHA256 and ChaCha20-Poly1305. A box opens only with the private half of its key, and only in its place, as
the box that lies under this number in this vote: one that was put in another's place does not open.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from core.rules.chain import canonical

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class NotOpened(Exception):
    """A box that does not open: another key, another place, or it was changed."""


def seal(content: bytes, public: bytes, *, vote_id: int, find: str) -> bytes:
    """Seal a ballot to the public half of its vote's key."""
    return close(content, public, place=_place(vote_id, find))


def unseal(box: bytes, private: X25519PrivateKey, *, vote_id: int, find: str) -> bytes:
    """Open the box of a ballot. Raises `NotOpened`."""
    return disclose(box, private, place=_place(vote_id, find))


def close(content: bytes, public: bytes, *, place: bytes) -> bytes:
    """Seal something to a public key, for one place."""
    return SUITE.encrypt(content, X25519PublicKey.from_public_bytes(public), info=place)


def disclose(box: bytes, private: X25519PrivateKey, *, place: bytes) -> bytes:
    """Open a box in its place. Raises `NotOpened`."""
    try:
        return SUITE.decrypt(box, private, info=place)
    except (InvalidTag, ValueError) as error:
        raise NotOpened from error


def _place(vote_id: int, find: str) -> bytes:
    return canonical(["box", vote_id, find])
