"""Signing keys: made once, rotated by the old one's word, never replaced in silence."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from core import files
from core.models import Checkpoint, SigningKey
from core.rules import notes
from core.signer import keys
from core.signer.folder import SignerFolder
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import Street
from tests.core.signer.conftest import TestSigner


def names(folder: SignerFolder) -> set[str]:
    """The files of keys."""
    return {path.name for path in folder.keys.iterdir()}


def test_the_first_key_is_made_once(street: Street, signer: TestSigner, signer_folder: SignerFolder) -> None:
    signer.one_pass()
    signer.one_pass()

    row = SigningKey.objects.get()
    assert names(signer_folder) == {f"{row.key_id}.key"}
    assert (notes.read_key(row.text).id.hex(), row.rotation) == (row.key_id, "")


def test_a_rotation_is_signed_by_the_old_key_which_is_destroyed(
    street: Street, signer: TestSigner, signer_folder: SignerFolder
) -> None:
    signer.one_pass()
    old = SigningKey.objects.get()

    new = keys.rotate(signer_folder, folkmoot_now())
    village.make_proposal(street.body, street.ana)
    signer.one_pass()

    row = SigningKey.objects.latest("pk")
    note = notes.read_note(row.rotation)
    said = notes.read_rotation(note.text)
    assert (said.old.text, said.new.text) == (old.text, row.text)
    assert keys.is_by(said.old, note)
    assert row.text == new.text
    checkpoint = Checkpoint.objects.newest_of(street.body)
    assert checkpoint is not None
    assert keys.is_by(new, notes.read_note(checkpoint.note))
    assert names(signer_folder) == {f"{row.key_id}.key", f"{row.key_id}.rotation"}


def test_a_checkpoint_of_another_key_is_not_ours(street: Street, signer: TestSigner) -> None:
    signer.one_pass()
    ours = notes.read_key(SigningKey.objects.get().text)
    note = notes.read_note(Checkpoint.objects.get(body=street.body).note)
    another = notes.Key(bytes(32))

    assert keys.is_by(ours, note)
    assert not keys.is_by(another, note)
    assert not keys.is_by(ours, notes.Note(note.text, another.id, note.signature))
    assert not keys.is_by(ours, notes.Note(note.text.replace("head", "heap"), ours.id, note.signature))


def test_without_its_key_a_house_that_has_signed_makes_no_new_one(
    street: Street, signer: TestSigner, signer_folder: SignerFolder, caplog: pytest.LogCaptureFixture
) -> None:
    signer.one_pass()
    files.destroy(next(signer_folder.keys.glob("*.key")))
    village.make_proposal(street.body, street.ana)
    before = Checkpoint.objects.count()

    assert not signer.one_pass()

    assert (Checkpoint.objects.count(), SigningKey.objects.count(), names(signer_folder)) == (before, 1, set())
    assert "NOTHING IS SIGNED" in caplog.text


def test_when_somebody_says_that_it_is_lost_a_new_key_begins_without_a_rotation(
    street: Street, signer: TestSigner, signer_folder: SignerFolder
) -> None:
    signer.one_pass()
    files.destroy(next(signer_folder.keys.glob("*.key")))

    keys.make(signer_folder)
    village.make_proposal(street.body, street.ana)
    assert signer.one_pass()

    assert [row.rotation for row in SigningKey.objects.order_by("pk")] == ["", ""]


@pytest.mark.parametrize("steps", range(4))
def test_a_rotation_broken_off_leaves_exactly_one_key_that_signs(
    street: Street, signer: TestSigner, signer_folder: SignerFolder, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    signer.one_pass()
    old = keys.load(signer_folder)
    done = iter(range(steps))

    def stopping(step: Callable[..., None]) -> Callable[..., None]:
        def instead(*words: object) -> None:
            if next(done, None) is None:
                raise KeyboardInterrupt
            step(*words)

        return instead

    with monkeypatch.context() as patch:
        patch.setattr(files, "write", stopping(files.write))
        patch.setattr(files, "destroy", stopping(files.destroy))
        if steps < 3:
            with pytest.raises(KeyboardInterrupt):
                keys.rotate(signer_folder, folkmoot_now())
        else:
            keys.rotate(signer_folder, folkmoot_now())
    village.make_proposal(street.body, street.ana)

    assert signer.one_pass()
    assert old is not None
    current = keys.load(signer_folder)
    assert current is not None
    changed = current.private_bytes_raw() != old.private_bytes_raw()
    assert changed == (steps >= 2)
    assert len(list(signer_folder.keys.glob("*.key"))) == 1
    assert SigningKey.objects.count() == 1 + changed


def test_a_database_that_lost_the_keys_learns_them_from_the_folder(
    street: Street, signer: TestSigner, signer_folder: SignerFolder
) -> None:
    keys.make(signer_folder)
    for _time in range(3):
        keys.rotate(signer_folder, folkmoot_now())

    signer.one_pass()

    rows = list(SigningKey.objects.order_by("pk"))
    assert [bool(row.rotation) for row in rows] == [False, True, True, True]
    for before, after in pairwise(rows):
        said = notes.read_rotation(notes.read_note(after.rotation).text)
        assert (said.old.text, said.new.text) == (before.text, after.text)


def test_two_keys_that_no_note_tells_apart_sign_nothing(
    street: Street, signer: TestSigner, signer_folder: SignerFolder
) -> None:
    keys.make(signer_folder)
    keys.make(signer_folder)

    assert not signer.one_pass()
    assert not Checkpoint.objects.exists()


def test_a_key_that_was_cut_off_is_not_signed_with_and_it_is_said(street: Street, signer: TestSigner) -> None:
    assert signer.one_pass()
    key = next(signer.folder.keys.glob("*.key"))
    whole = key.read_bytes()
    key.write_bytes(whole[:20])
    assert not signer.one_pass()
    with pytest.raises(keys.KeyMissing, match="no whole key"):
        keys.ready(signer.folder)

    key.write_bytes(whole)
    assert signer.one_pass()


def test_what_a_killed_rotation_left_is_destroyed_and_what_is_no_note_is_passed_over(
    street: Street, signer: TestSigner
) -> None:
    assert signer.one_pass()
    (signer.folder.keys / "0a0b0c0d.key.draft").write_bytes(b"x" * 32)
    (signer.folder.keys / "0a0b0c0d.rotation").write_bytes(b"\xffDear neighbours")
    (signer.folder.votes / "lost+found").mkdir()

    assert signer.one_pass()

    assert not list(signer.folder.keys.glob("*.draft"))
    assert keys.rotate(signer.folder, folkmoot_now())
    assert signer.one_pass()
