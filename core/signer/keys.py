"""The house's signing keys: made, loaded, rotated, and made known in the database (Ed25519)."""

from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from core import files
from core.models import SigningKey
from core.record import in_utc, moment
from core.rules import notes
from core.signer.folder import SignerFolder
from core.timekeeping import folkmoot_now


class KeyMissing(Exception):
    """The house has signed before, and its key is not in the folder. A new one is made only when somebody says so."""


@dataclass(frozen=True, slots=True)
class Signing:
    """The key that signs now, and its row in the database."""

    private: Ed25519PrivateKey
    key: notes.Key
    row: SigningKey

    def sign(self, text: str) -> str:
        """The text as a signed note."""
        return sign(self.private, text)

    def row_of(self, key_id: bytes) -> SigningKey:
        """The row of the key that signed a note of ours: mostly this one, after a rotation perhaps one before it."""
        return self.row if key_id == self.key.id else SigningKey.objects.filter(key_id=key_id.hex()).latest("pk")


def sign(private: Ed25519PrivateKey, text: str) -> str:
    """A text, signed."""
    return notes.Note(text, public_half(private).id, private.sign(text.encode())).written()


def public_half(private: Ed25519PrivateKey) -> notes.Key:
    """The key that others know."""
    return notes.Key(private.public_key().public_bytes_raw())


def is_by(key: notes.Key, note: notes.Note) -> bool:
    """Whether this key signed this note."""
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(note.signature, note.text.encode())
    except InvalidSignature:
        return False
    return note.key_id == key.id


def ready(folder: SignerFolder) -> Signing:
    """The key that signs now, known to the database. The very first one is made here. Raises `KeyMissing`.

    Whoever calls it has the folder's lock: a draft is what somebody left who was killed, perhaps with a key in it.
    """
    for draft in folder.keys.glob("*.draft"):
        files.destroy(draft)
    private = load(folder)
    if private is None:
        if SigningKey.objects.exists():
            raise KeyMissing("The signing key is not in the signer's folder. What to do: docs/signing.md.")
        private = make(folder)
    rotations = read_rotations(folder)
    key = public_half(private)
    publish(key, rotations)
    return Signing(private, key, SigningKey.objects.get(text=key.text))


def load(folder: SignerFolder) -> Ed25519PrivateKey | None:
    """The private key that signs now; None if there is none.

    After a rotation that was broken off the old one may still be there: the note of rotation tells them apart, and the
    old one is destroyed now.
    """
    try:
        files_there = sorted(folder.keys.glob("*.key"))
        found = {path.stem: Ed25519PrivateKey.from_private_bytes(path.read_bytes()) for path in files_there}
    except ValueError as problem:
        raise KeyMissing("A file in the signer's folder is no whole key. Bring the saved one: bring-key.") from problem
    replaced = {each.old.id.hex() for each, _note in read_rotations(folder) if each.new.id.hex() in found}
    standing = [private for name, private in found.items() if name not in replaced]
    if len(standing) > 1:
        raise KeyMissing("There are several signing keys in the signer's folder, and no note says which one signs.")
    for name in replaced & found.keys():
        files.destroy(folder.keys / f"{name}.key")
    return standing[0] if standing else None


def make(folder: SignerFolder) -> Ed25519PrivateKey:
    """A new key, on the disk before anything is signed with it."""
    private = Ed25519PrivateKey.generate()
    files.write(folder.keys / f"{public_half(private).id.hex()}.key", private.private_bytes_raw())
    return private


def rotate(folder: SignerFolder, at: datetime) -> notes.Key:
    """A new key takes over: the old one signs it, and is destroyed. Broken off anywhere, exactly one of them signs."""
    old = load(folder)
    if old is None:
        raise KeyMissing("There is no signing key here that could name the next one.")
    new = Ed25519PrivateKey.generate()
    key = public_half(new)
    text = notes.Rotation(public_half(old), key, in_utc(at)).text()
    files.write(folder.keys / f"{key.id.hex()}.rotation", sign(old, text).encode())
    files.write(folder.keys / f"{key.id.hex()}.key", new.private_bytes_raw())  # from here on the new one signs
    files.destroy(folder.keys / f"{public_half(old).id.hex()}.key")
    return key


def read_rotations(folder: SignerFolder) -> list[tuple[notes.Rotation, str]]:
    """The rotations of this folder with their notes, oldest first; what was not signed by its old key is left out, and
    what is no note.
    """
    found = []
    for path in folder.keys.glob("*.rotation"):
        try:
            written = path.read_text("utf-8")
            note = notes.read_note(written)
            rotation = notes.read_rotation(note.text)
        except ValueError:
            continue
        if is_by(rotation.old, note):
            found.append((rotation, written))
    return sorted(found, key=lambda each: each[0].time)


def publish(key: notes.Key, rotations: list[tuple[notes.Rotation, str]]) -> None:
    """Make the key that signs now, and those that led to it, known in the database. Harmless when repeated."""
    by_new = {rotation.new.text: (rotation, written) for rotation, written in rotations}
    known = set(SigningKey.objects.values_list("text", flat=True))
    led_here, at = [], key.text
    while at in by_new and at not in known:
        led_here.append(by_new.pop(at))
        at = led_here[-1][0].old.text
    if at not in known:
        add(at, "", led_here[-1][0].time if led_here else in_utc(folkmoot_now()))
    for rotation, written in reversed(led_here):
        add(rotation.new.text, written, rotation.time)


def add(key: str, rotation: str, time: str) -> None:
    """One row."""
    SigningKey.objects.create(key_id=notes.read_key(key).id.hex(), text=key, rotation=rotation, at=moment(time))
