"""The whole house: started, stopped, killed part by part, and started again."""

import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from house import settings_file
from house.linux import as_ordinary_user
from tests.house.houses import House, until

pytestmark = pytest.mark.slow

PARTS = ["web", "settle", "worker", "beat", "broker", "staff", "signer", "postgres"]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One house for all tests of this file; each leaves it running."""
    house = House(tmp_path_factory.mktemp("house") / "data")
    house.start()
    with house.connect(owner=True) as owner:
        owner.execute("CREATE TABLE acknowledged (number int PRIMARY KEY)")
    yield house
    if not house.ended():
        house.stop()


def alive(house: House, name: str) -> bool:
    try:
        return Path(f"/proc/{house.pid(name)}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_a_house_shows_its_address_and_answers(house: House) -> None:
    assert f"Folkmoot is at http://localhost:{house.port}" in house.told.read_text()
    assert house.answers()
    assert all(alive(house, name) for name in PARTS)


def test_an_empty_house_prints_a_link_for_its_first_person(house: House) -> None:
    def links() -> list[str]:
        return re.findall(rf"http://localhost:{house.port}/\S+", house.told.read_text())

    assert until(lambda: bool(links())), house.told.read_text()  # it says where it is before it prints the link
    assert len(links()) == 1


def test_no_process_leaves_a_copy_of_its_memory_when_it_dies(house: House) -> None:
    for name in PARTS:
        limits = Path(f"/proc/{house.pid(name)}/limits").read_text()
        assert re.search(r"Max core file size +1 +1 ", limits), name


def test_secrets_are_for_their_owner_alone(house: House) -> None:
    assert house.folder.stat().st_mode & 0o777 == 0o700
    for secret in ("keys.env", "house.env"):
        assert (house.folder / secret).stat().st_mode & 0o777 == 0o600


def test_programs_do_not_know_the_owner(house: House) -> None:
    for name in ("staff", "web", "worker", "beat", "settle"):
        settings = Path(f"/proc/{house.pid(name)}/environ").read_bytes()
        assert b"DATABASE_URL=" in settings
        assert b"DATABASE_OWNER_URL=" not in settings
        assert b"DATABASE_SIGNER_URL=" not in settings


def test_the_signer_knows_its_own_way_in_and_no_other(house: House) -> None:
    settings = Path(f"/proc/{house.pid('signer')}/environ").read_bytes()
    secret = settings_file.read(house.data.keys)["SECRET_KEY"]
    assert b"DATABASE_SIGNER_URL=" in settings
    assert b"DATABASE_OWNER_URL=" not in settings
    assert b"DATABASE_URL=" not in settings
    assert secret.encode() not in settings


def test_the_whole_stack_rests_in_330_mb(house: House) -> None:
    assert until(lambda: house.memory() <= 330, seconds=100), house.memory()  # idle connections end after a minute


def test_a_second_supervisor_is_refused_with_a_sentence(house: House) -> None:
    second = subprocess.run(
        house.command("run", "--empty", "--port", str(house.port + 1), "--data", str(house.folder)),
        cwd=house.clone,
        env=house.environment() | {"PYTHONPATH": str(house.clone)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert second.returncode == 2
    assert "another Folkmoot already runs" in second.stderr
    assert house.answers()


@pytest.mark.parametrize("part", PARTS)
def test_kill_9_of_a_part_loses_nothing_and_it_comes_back(house: House, part: str) -> None:
    number = PARTS.index(part)
    with house.connect() as web:
        web.execute("INSERT INTO acknowledged VALUES (%s)", [number])
    before = house.pid(part)

    house.kill(part)

    assert until(lambda: house.pid(part) != before and alive(house, part) and house.answers(), 30)
    with house.connect() as web:
        assert web.execute("SELECT count(*) FROM acknowledged WHERE number = %s", [number]).fetchone() == (1,)


def test_kill_9_of_the_supervisor_leaves_nothing_and_the_next_start_has_all(house: House) -> None:
    with house.connect() as web:
        web.execute("INSERT INTO acknowledged VALUES (100)")

    house.kill("supervisor")

    assert house.process is not None
    house.process.wait(10)
    assert until(lambda: not house.processes(), 10), house.processes()
    house.start()
    assert house.answers()
    with house.connect() as web:
        assert web.execute("SELECT count(*) FROM acknowledged WHERE number = 100").fetchone() == (1,)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_is_clean_and_the_next_start_works(house: House, how: signal.Signals) -> None:
    code = house.stop(how)

    assert code == 0
    assert not house.processes()
    assert "Stopped." in house.told.read_text()
    house.start()
    assert house.answers()


def test_the_web_role_cannot_do_what_the_owner_can(house: House) -> None:
    with house.connect() as web, pytest.raises(psycopg.errors.InsufficientPrivilege):
        web.execute("DROP TABLE acknowledged")


def test_a_database_that_a_dead_process_seems_to_hold_still_starts(house: House) -> None:
    house.stop()
    pid_file = house.folder / "postgres" / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{house.folder}/postgres\n0\n5432\n{house.data.sockets}\n\n\nready\n")

    house.start()

    assert house.answers()


def test_a_taken_port_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        house = House(tmp_path / "data", port=taken.getsockname()[1])

        house.launch()
        assert house.process is not None
        code = house.process.wait(30)

    assert code == 2
    assert f"port {house.port} is taken" in house.told.read_text()
    assert "Traceback" not in house.told.read_text()
    assert not house.processes()


def test_a_demo_and_an_empty_house_do_not_mix(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "state.env").write_text("KIND=demo\n")
    house = House(tmp_path / "data")

    house.launch()
    assert house.process is not None

    assert house.process.wait(30) == 2
    assert "holds the demo" in house.told.read_text()


def test_root_starts_the_database_as_somebody_else() -> None:
    prefix = as_ordinary_user()

    if os.geteuid() == 0:
        assert prefix is None or "--user" in prefix
    else:
        assert prefix == []
