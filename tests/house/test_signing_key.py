"""The signing key goes its own way: saved and brought back by command, never with anything else."""

import stat
import tarfile
from pathlib import Path

import pytest

from house import signing_key
from house.places import DataFolder, Stop


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    """A house whose signer has run and rotated its key once; a secret vote is open."""
    monkeypatch.delenv("SIGNER_FOLDER", raising=False)
    folder = DataFolder(tmp_path / "data")
    for name in ("keys", "votes"):
        (folder.path / "signer" / name).mkdir(mode=0o700, parents=True)
    (signing_key.place(folder) / "0a0b0c0d.key").write_bytes(bytes(32))
    (signing_key.place(folder) / "0a0b0c0d.rotation").write_text("a note")
    (folder.path / "signer" / "votes" / "1.key").write_bytes(b"secret")
    return folder


def test_a_saved_key_comes_back_as_it_was(folder: DataFolder, tmp_path: Path) -> None:
    file, elsewhere = tmp_path / "saved.key", DataFolder(tmp_path / "elsewhere")

    signing_key.save(folder, file)
    signing_key.bring(elsewhere, file)

    place = signing_key.place(elsewhere)
    assert (place / "0a0b0c0d.key").read_bytes() == bytes(32)
    assert (place / "0a0b0c0d.rotation").read_text() == "a note"
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (place.parent, place, place / "0a0b0c0d.key", file)]
    assert modes == [0o700, 0o700, 0o600, 0o600]


def test_keys_of_votes_are_never_saved(folder: DataFolder, tmp_path: Path) -> None:
    signing_key.save(folder, tmp_path / "saved.key")

    with tarfile.open(tmp_path / "saved.key") as tar:
        assert sorted(tar.getnames()) == ["0a0b0c0d.key", "0a0b0c0d.rotation"]


def test_a_file_that_is_there_is_not_overwritten(folder: DataFolder, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("to the council")

    with pytest.raises(Stop, match="not there yet"):
        signing_key.save(folder, tmp_path / "letter")
    assert (tmp_path / "letter").read_text() == "to the council"


def test_a_house_with_a_key_takes_no_other(folder: DataFolder, tmp_path: Path) -> None:
    signing_key.save(folder, tmp_path / "saved.key")

    with pytest.raises(Stop, match="has a signing key already"):
        signing_key.bring(folder, tmp_path / "saved.key")


def test_before_the_signer_has_run_there_is_nothing_to_save(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="there is no signing key"):
        signing_key.save(DataFolder(tmp_path), tmp_path / "saved.key")


@pytest.mark.parametrize("names", [[], ["a.key", "b.key"], ["../a.key"], ["a.key", "letter.txt"], ["votes/a.key"]])
def test_what_is_no_saved_key_is_refused(tmp_path: Path, names: list[str]) -> None:
    (tmp_path / "seed").write_bytes(bytes(32))
    with tarfile.open(tmp_path / "saved.key", "w") as tar:
        for name in names:
            tar.add(tmp_path / "seed", name)

    with pytest.raises(Stop, match="no saved signing key"):
        signing_key.bring(DataFolder(tmp_path / "data"), tmp_path / "saved.key")
    assert not (tmp_path / "data").exists()


def test_a_letter_is_no_saved_key(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("to the council")

    with pytest.raises(Stop, match="no saved signing key"):
        signing_key.bring(DataFolder(tmp_path / "data"), tmp_path / "letter")
