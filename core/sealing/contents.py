"""What a sealed file holds: words under the key of that file alone, padded so that its length tells little."""

import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from core.boxes import NotOpened, close, disclose
from core.rules.chain import canonical

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
LENGTHS: Final = tuple(1024 * 4**step for step in range(5))
"""The lengths that files have: 1, 4, 16, 64 or 256 KiB."""
END: Final = b"\x80"


def new_key() -> bytes:
    """The key of one file."""
    return secrets.token_bytes(KEY_BYTES)


def encrypt(words: str, key: bytes, *, file: str) -> bytes:
    """The words of one file. Raises `ValueError` for more than fits."""
    content = words.encode() + END
    length = next((length for length in LENGTHS if len(content) <= length), None)
    if length is None:
        raise ValueError("more than a sealed file holds")
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, content.ljust(length, b"\x00"), _about(file))


def decrypt(box: bytes, key: bytes, *, file: str) -> str:
    """The words again. Raises `NotOpened` for another key, another file, or what was changed."""
    try:
        content = ChaCha20Poly1305(key).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], _about(file))
    except (InvalidTag, ValueError) as error:
        raise NotOpened from error
    return content.rstrip(b"\x00").removesuffix(END).decode()


def seal(key: bytes, public: bytes, *, file: str, reader: str) -> bytes:
    """The key of a file, sealed to one reader's key."""
    return close(key, public, place=_seal_place(file, reader))


def unseal(box: bytes, private: X25519PrivateKey, *, file: str, reader: str) -> bytes:
    """The key of a file, from a reader's seal. Raises `NotOpened`."""
    return disclose(box, private, place=_seal_place(file, reader))


def _about(file: str) -> bytes:
    return canonical(["sealed file", file])


def _seal_place(file: str, reader: str) -> bytes:
    return canonical(["seal", file, reader])
