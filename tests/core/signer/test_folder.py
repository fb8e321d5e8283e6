"""The signer's folder: closed to others, written whole, destroyed for good."""

import stat

import pytest

from core.files import destroy, write
from core.signer.folder import NotPrivate, SignerFolder


def test_all_of_it_is_for_its_owner_alone(signer_folder: SignerFolder) -> None:
    places = [signer_folder.path, signer_folder.keys, signer_folder.votes, signer_folder.bodies]
    write(signer_folder.keys / "ab.key", b"seed")

    assert [stat.S_IMODE(place.stat().st_mode) for place in places] == [0o700] * 4
    assert stat.S_IMODE((signer_folder.keys / "ab.key").stat().st_mode) == 0o600


def test_a_folder_that_others_can_enter_is_refused(signer_folder: SignerFolder) -> None:
    signer_folder.keys.chmod(0o750)

    with pytest.raises(NotPrivate, match="Others can enter"):
        signer_folder.make()


def test_what_is_written_is_whole_and_leaves_no_draft(signer_folder: SignerFolder) -> None:
    target = signer_folder.bodies / "1.json"
    write(target, b"first")
    write(target, b"second")

    assert target.read_bytes() == b"second"
    assert [path.name for path in signer_folder.bodies.iterdir()] == ["1.json"]


def test_a_destroyed_file_is_overwritten_before_its_name_goes(signer_folder: SignerFolder) -> None:
    target, other_name = signer_folder.votes / "ab.key", signer_folder.votes / "same-file"
    write(target, b"a private half")
    other_name.hardlink_to(target)

    destroy(target)
    destroy(target)

    assert not target.exists()
    assert other_name.read_bytes() == bytes(len(b"a private half"))
