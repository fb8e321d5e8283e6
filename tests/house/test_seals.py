"""Seals are saved beside a backup, brought back where they are missing, and kept for seven days at most."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from house import seals
from house.places import DataFolder

FILE, READER = "a" * 32, "b" * 32


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    """A house with one seal."""
    monkeypatch.delenv("SEALS_FOLDER", raising=False)
    place = tmp_path / "seals" / FILE
    place.mkdir(parents=True)
    (place / f"{READER}.seal").write_bytes(b"a seal")
    return DataFolder(tmp_path)


def test_seals_come_back_as_they_were_and_only_where_they_are_missing(folder: DataFolder, tmp_path: Path) -> None:
    backup, other = tmp_path / "all.backup", DataFolder(tmp_path / "other")

    assert seals.save(folder, backup) == 1
    assert seals.beside(backup).stat().st_mode & 0o777 == 0o600
    newer = seals.place(other) / FILE / "newer.seal"
    newer.parent.mkdir(parents=True)
    newer.write_bytes(b"made since")
    seals.bring(other, backup, datetime.now(UTC))
    seals.bring(other, backup, datetime.now(UTC))

    brought = seals.place(other) / FILE / f"{READER}.seal"
    assert (brought.read_bytes(), brought.stat().st_mode & 0o777) == (b"a seal", 0o600)
    assert newer.read_bytes() == b"made since"


def test_seals_of_an_old_backup_stay_away(
    folder: DataFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup, other = tmp_path / "all.backup", DataFolder(tmp_path / "other")
    seals.save(folder, backup)

    seals.bring(other, backup, datetime.now(UTC) - timedelta(days=7, seconds=1))
    seals.bring(other, tmp_path / "another.backup", datetime.now(UTC))

    assert not seals.place(other).exists()
    assert "older than 7 days" in capsys.readouterr().out


def test_a_house_without_seals_writes_no_file(tmp_path: Path) -> None:
    assert seals.save(DataFolder(tmp_path), tmp_path / "all.backup") == 0
    assert list(tmp_path.iterdir()) == []


def test_saved_seals_go_after_seven_days_the_newest_too(folder: DataFolder) -> None:
    folder.backups.mkdir()
    now = datetime.now(UTC)
    for days in (1, 8):
        path = folder.backups / f"folkmoot-{days}.backup.seals"
        path.touch()
        os.utime(path, times=((now - timedelta(days=days)).timestamp(),) * 2)

    seals.forget_old(folder, now)

    assert [path.name for path in folder.backups.iterdir()] == ["folkmoot-1.backup.seals"]
