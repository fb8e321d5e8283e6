"""The signer of a real house: its key rotates while it runs, moves to another machine, and refuses a record put back by
hand.
"""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.houses import House, until
from tests.house.test_backup import folkmoot

pytestmark = pytest.mark.slow

MAKE = "from tests import village; village.make_council('Alder', village.make_people('ana', 'bruno', 'carla'))"
MORE = """
from core.actions import invitations
from core.models import Body, Person
from core.timekeeping import folkmoot_now

invitations.invite(Body.objects.get(), by=Person.objects.get(sign_in_name="ana"), at=folkmoot_now(), uses=1)
"""
MAY_WRITE = """
SELECT has_table_privilege('core_recordline', 'UPDATE'), has_table_privilege('core_ballot', 'DELETE'),
    has_table_privilege('core_checkpoint', 'INSERT')
"""
SIGNED = """
SELECT h.seq = max(c.size) FROM core_recordhead h JOIN core_checkpoint c ON c.body_id = h.body_id GROUP BY h.seq
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house with one body."""
    house = House(tmp_path_factory.mktemp("signing") / "data")
    house.start()
    inside(house.folder, MAKE)
    yield house
    if not house.ended():
        house.stop()


def inside(folder: Path, script: str) -> None:
    """Do something in a house, running or not."""
    done = folkmoot("manage", "--data", str(folder), "shell", "-v", "0", "-c", script)
    assert done.returncode == 0, done.stderr


def is_signed(house: House) -> bool:
    """Whether the newest checkpoint is of the last line."""
    with house.connect() as web:
        return web.execute(SIGNED).fetchone() == (True,)


def ask(house: House, statement: str) -> list[tuple[object, ...]]:
    """Rows, as the web reads them."""
    with house.connect() as web:
        return web.execute(statement).fetchall()


def said(house: House, *words: str) -> subprocess.CompletedProcess[str]:
    """A command on this house."""
    return folkmoot(words[0], "--data", str(house.folder), *words[1:])


def test_what_happens_is_signed_within_seconds(house: House) -> None:
    assert until(lambda: is_signed(house), 15)

    inside(house.folder, MORE)

    assert until(lambda: is_signed(house), 15)
    assert said(house, "doctor").stdout.count("the signer") == 2


def test_a_killed_signer_comes_back_and_goes_on(house: House) -> None:
    house.kill("signer")
    inside(house.folder, MORE)

    assert until(lambda: is_signed(house), 15)


def test_a_running_house_rotates_its_key(house: House) -> None:
    assert until(lambda: is_signed(house), 15)

    rotated = said(house, "rotate-keys")
    inside(house.folder, MORE)

    assert rotated.returncode == 0, rotated.stderr
    assert until(lambda: is_signed(house), 15)
    keys = [str(row[0]) for row in ask(house, "SELECT text FROM core_signingkey ORDER BY id")]
    assert len(keys) == 2
    assert keys[1] in rotated.stdout
    newest = "SELECT k.text FROM core_checkpoint c JOIN core_signingkey k ON k.id = c.key_id ORDER BY c.id DESC LIMIT 1"
    assert ask(house, newest) == [(keys[1],)]
    assert len(list((house.folder / "signer" / "keys").glob("*.key"))) == 1


def test_a_saved_key_signs_on_another_machine(house: House, tmp_path: Path) -> None:
    file, key = tmp_path / "all.backup", tmp_path / "saved.key"
    assert said(house, "backup", str(file)).returncode == 0
    assert said(house, "save-key", str(key)).returncode == 0
    other = House(tmp_path / "elsewhere")

    restored = said(other, "restore", str(file))
    brought = said(other, "bring-key", str(key))

    assert "The signing key is not here" in restored.stdout
    assert brought.returncode == 0, brought.stderr
    with other.settled():
        assert until(lambda: is_signed(other), 15)
        assert ask(other, "SELECT count(*) FROM core_signingkey") == [(2,)]
        assert said(other, "doctor").returncode == 0
        assert ask(other, MAY_WRITE) == [(False, False, False)]


def test_a_record_that_was_put_back_by_hand_is_not_signed(house: House, tmp_path: Path) -> None:
    file = tmp_path / "all.backup"
    assert said(house, "backup", str(file)).returncode == 0
    inside(house.folder, MORE)
    assert until(lambda: is_signed(house), 15)
    assert house.stop() == 0
    folder, hidden = house.folder / "signer", tmp_path / "hidden"
    shutil.move(folder, hidden)
    assert said(house, "restore", str(file), "--replace").returncode == 0  # which finds nothing that it could name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.move(hidden, folder)
    house.start()

    assert until(lambda: ask(house, "SELECT count(*) FROM core_signingstop") == [(1,)], 15)
    assert not is_signed(house)
    doctor = said(house, "doctor")
    assert (doctor.returncode, "are not signed" in doctor.stdout) == (1, True)

    assert house.stop() == 0
    assert said(house, "restore", str(file), "--replace").returncode == 0
    house.start()
    assert until(lambda: is_signed(house), 15)
