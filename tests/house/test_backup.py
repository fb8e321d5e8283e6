"""Backups: whole or refused; a restore is the old house or the new one, whatever is killed."""

import io
import json
import os
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from house import backup, settings_file
from house.packing import add
from house.places import CLONE, DataFolder, Stop
from house.prepare import Steps
from house.restore import restore
from tests.house.houses import House, until

ABOUT = backup.About(backup.FORMAT, "2026-05-01T20:00:00+00:00", "empty", "", 0)


def written(path: Path, **other: object) -> Path:
    """A backup whose dump is not PostgreSQL's; `other` replaces parts of what it says of itself."""
    dump = path.with_suffix(".dump")
    dump.write_bytes(b"PGDMP and so on")
    about = asdict(ABOUT) | {"digest": backup.digest_of(dump), "size": 15} | other
    with tarfile.open(path, "w") as tar:
        add(tar, "about.json", json.dumps(about).encode())
        add(tar, "keys.env", b"SECRET_KEY=one-that-is-long-enough\n")
        tar.add(dump, "house.dump")
    return path


def test_a_whole_backup_is_opened(tmp_path: Path) -> None:
    opened = backup.unpack(written(tmp_path / "a.backup"), tmp_path / "into")

    assert opened.secret_key == "one-that-is-long-enough"
    assert opened.made_at == datetime(2026, 5, 1, 20, tzinfo=UTC)
    assert opened.dump.read_bytes() == b"PGDMP and so on"


@pytest.mark.parametrize(
    ("spoil", "advice"),
    [
        (lambda path: path.unlink(), "is not there"),
        (lambda path: path.write_bytes(b""), "no backup of Folkmoot, or it is damaged"),
        (lambda path: path.write_bytes(b"a letter to the council"), "no backup of Folkmoot"),
        (lambda path: path.write_bytes(path.read_bytes()[:2000]), "damaged"),
        (lambda path: path.write_bytes(path.read_bytes().replace(b"PGDMP", b"PGDMQ")), "are not what was written"),
        (lambda path: written(path, format=backup.FORMAT + 1), "a newer Folkmoot"),
        (lambda path: written(path, more="than we know"), "no backup of Folkmoot"),
    ],
    ids=["missing", "empty", "foreign", "cut off", "changed", "newer", "other words"],
)
def test_anything_else_is_refused_with_advice(tmp_path: Path, spoil: object, advice: str) -> None:
    path = written(tmp_path / "a.backup")
    spoil(path)  # type: ignore[operator]

    with pytest.raises(Stop, match=advice):
        backup.unpack(path, tmp_path / "into")


def test_a_backup_that_reaches_out_of_its_folder_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.backup"
    with tarfile.open(path, "w") as tar:
        entry = tarfile.TarInfo("../outside.txt")
        entry.size = 3
        tar.addfile(entry, io.BytesIO(b"out"))

    with pytest.raises(Stop, match="damaged"):
        backup.unpack(path, tmp_path / "into")
    assert not (tmp_path / "outside.txt").exists()


def test_backups_older_than_a_week_go_and_the_newest_stays(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    folder.backups.mkdir()
    now = datetime.now(UTC)
    for days in (1, 6, 8, 30):
        path = folder.backups / f"folkmoot-{now - timedelta(days=days):%Y%m%d-%H%M%S}.backup"
        path.touch()
        os.utime(path, times=((now - timedelta(days=days)).timestamp(),) * 2)
    other = folder.backups / "letter.txt"
    other.touch()
    os.utime(other, times=(0, 0))

    backup.forget_old(folder, now)

    assert len(list(folder.backups.glob(backup.PATTERN))) == 2
    assert other.exists()


def test_the_last_backup_stays_however_old(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    folder.backups.mkdir()
    only = folder.backups / "folkmoot-20200101-000000.backup"
    only.touch()
    os.utime(only, times=(0, 0))

    backup.forget_old(folder, datetime.now(UTC))

    assert only.exists()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("kept") / "data")
    house.start()
    with house.connect(owner=True) as owner:
        owner.execute("INSERT INTO core_person (sign_in_name, display_name, password, language, mail, theme, is_active,"
                      " joined_at) VALUES ('ana', 'Ana', '!', 'en', 'none', 'system', true, now())")  # fmt: skip
    yield house
    if not house.ended():
        house.stop()


def folkmoot(*words: str) -> subprocess.CompletedProcess[str]:
    """One of the commands, to its end."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "house", *words],
        cwd=CLONE,
        env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "PYTHONPATH": str(CLONE)},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def names(folder: Path) -> list[str]:
    """Who lives there, asked of a house that does not run."""
    script = (
        "from core.models import Person; print(*Person.objects.order_by('pk').values_list('sign_in_name', flat=True))"
    )
    done = folkmoot("manage", "--data", str(folder), "shell", "-v", "0", "-c", script)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1].split()  # before it, it may say that it waits for the last start to end


@pytest.mark.parametrize("name", ["house.dump", "house.new", "all.backup", "all"])
def test_a_backup_may_have_any_name_and_leaves_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def dump(_database: str, to: Path) -> int:
        to.write_bytes(b"PGDMP")
        return 1

    monkeypatch.setattr(backup, "write_dump", dump)
    monkeypatch.delenv("SEALS_FOLDER", raising=False)  # other tests have sealed there
    beside = tmp_path / "all.dump"
    beside.write_text("somebody's own")
    folder = DataFolder(tmp_path / "data")
    folder.path.mkdir()

    made = backup.backup(folder, "", tmp_path / "made" / name)

    assert backup.unpack(made, tmp_path / "into").dump.read_bytes() == b"PGDMP"
    assert [path.name for path in made.parent.iterdir()] == [name]
    assert beside.read_text() == "somebody's own"


def test_a_place_where_nothing_can_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(Stop, match="could not be written"):
        backup.backup(DataFolder(tmp_path), "", tmp_path / "file" / "all.backup")


@pytest.mark.parametrize(("here", "there"), [("demo", "empty"), ("empty", "demo")])
def test_a_demo_and_a_house_are_never_mixed(tmp_path: Path, here: str, there: str) -> None:
    settings_file.write(tmp_path / "state.env", {"KIND": here})
    file = written(tmp_path / "a.backup", kind=there)
    steps = Steps(
        {
            "DATABASE_OWNER_URL": "postgresql://nobody@/nowhere",
            "DATABASE_WEB_ROLE": "web",
            "DATABASE_SIGNER_ROLE": "signer",
        },
        lambda: False,
    )

    with pytest.raises(Stop, match="and the backup is not"):
        restore(file, DataFolder(tmp_path), steps, replace=True)


@pytest.mark.slow
def test_a_running_house_is_backed_up_and_restored_elsewhere(house: House, tmp_path: Path) -> None:
    file, elsewhere = tmp_path / "all.backup", tmp_path / "elsewhere"

    made = folkmoot("backup", "--data", str(house.folder), str(file))

    assert made.returncode == 0, made.stderr
    assert file.stat().st_mode & 0o777 == 0o600
    assert house.answers()
    restored = folkmoot("restore", "--data", str(elsewhere), str(file))
    assert restored.returncode == 0, restored.stderr + restored.stdout
    assert names(elsewhere) == ["ana"]
    again = folkmoot("restore", "--data", str(elsewhere), str(file))
    assert (again.returncode, "1 people live in" in again.stderr) == (2, True)
    refused = folkmoot("restore", "--data", str(house.folder), str(file), "--replace")
    assert (refused.returncode, "the house is running" in refused.stderr) == (2, True)
    assert folkmoot("doctor", "--data", str(elsewhere)).returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize("after", [0.5, 1.5, 3.0, 4.5])
def test_a_restore_killed_at_any_moment_leaves_a_whole_house(house: House, tmp_path: Path, after: float) -> None:
    file, elsewhere = tmp_path / "all.backup", tmp_path / "elsewhere"
    assert folkmoot("backup", "--data", str(house.folder), str(file)).returncode == 0
    assert folkmoot("restore", "--data", str(elsewhere), str(file)).returncode == 0
    command = [sys.executable, "-P", "-m", "house", "restore", "--data", str(elsewhere), str(file), "--replace"]
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "PYTHONPATH": str(CLONE)}

    with subprocess.Popen(
        command, cwd=CLONE, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as it:
        time.sleep(after)
        it.send_signal(signal.SIGKILL)

    assert names(elsewhere) == ["ana"]
    assert until(lambda: folkmoot("restore", "--data", str(elsewhere), str(file), "--replace").returncode == 0, 60)
    assert names(elsewhere) == ["ana"]
