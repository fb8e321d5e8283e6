"""A wrong or missing setting stops the start with one sentence of advice and no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from house import settings_file
from house.places import CLONE, DataFolder

GOOD = {
    "SECRET_KEY": "x" * 50,
    "DATABASE_URL": "postgresql://folkmoot_web:secret@127.0.0.1:5432/folkmoot",
    "DATABASE_OWNER_URL": "postgresql://folkmoot_owner:secret@127.0.0.1:5432/folkmoot",
}


def start(settings: dict[str, str], tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """Load the settings as the web does."""
    return subprocess.run(
        [sys.executable, "-P", "-c", "import config.settings as s; print(s.ALLOWED_HOSTS, s.SESSION_COOKIE_NAME)"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(CLONE), "FOLKMOOT_DATA": str(tmp_path), **settings},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("SECRET_KEY", "", "SECRET_KEY is missing"),
        ("DATABASE_URL", "mysql://somewhere/folkmoot", "not a PostgreSQL address"),
        ("FOLKMOOT_ADDRESS", "https://folkmoot.example.org/here", "without a path"),
        ("FOLKMOOT_DEBUG", "perhaps", "must be yes or no"),
        *(
            pytest.param(*case, marks=pytest.mark.slow)  # each starts a Python of its own
            for case in (
                ("DATABASE_URL", "", "DATABASE_URL is missing"),
                ("DATABASE_URL", "postgresql://web@host:many/folkmoot", "not a PostgreSQL address"),
                ("DATABASE_URL", "postgresql://web@host:5432/", "not a PostgreSQL address"),
                ("FOLKMOOT_ADDRESS", "folkmoot.example.org", "must be an address such as"),
                ("DATABASE_CONN_MAX_AGE", "-1", "must be a whole number"),
                ("SMTP_PORT", "mail", "must be a whole number"),
            )
        ),
    ],
)
def test_a_wrong_setting_stops_with_advice(name: str, value: str, advice: str, tmp_path: Path) -> None:
    done = start(GOOD | {name: value}, tmp_path)

    assert done.returncode == 2
    assert done.stderr.startswith("Folkmoot cannot start: ")
    assert advice in done.stderr
    assert done.stderr.count("\n") == 1


def test_right_settings_start(tmp_path: Path) -> None:
    done = start(GOOD | {"FOLKMOOT_ADDRESS": "https://folkmoot.example.org"}, tmp_path)

    assert done.returncode == 0, done.stderr
    assert done.stdout == "['folkmoot.example.org'] __Host-session\n"


def test_every_setting_that_is_read_stands_in_the_example() -> None:
    example = (CLONE / ".env.example").read_text()
    code = "".join(path.read_text() for path in [*(CLONE / "config").glob("*.py"), *(CLONE / "house").glob("*.py")])
    named = {line.split("=")[0] for line in example.splitlines() if "=" in line and not line.startswith("#")}

    assert named
    assert {name for name in named if f'"{name}"' not in code} == set()


def test_a_settings_file_keeps_quotes_and_remarks_out(tmp_path: Path) -> None:
    path = tmp_path / "x.env"
    path.write_text("# remark\nA=1\nB='two # three'\nC=   # default\nD=four   # remark\nE=a=b#c\n\n")

    assert settings_file.read(path) == {"A": "1", "B": "two # three", "D": "four", "E": "a=b#c"}


def test_the_example_says_nothing_by_itself() -> None:
    assert settings_file.read(CLONE / ".env.example") == {}


def test_settings_are_written_for_their_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.env"

    settings_file.write(path, {"B": "2", "A": "1"})

    assert path.stat().st_mode & 0o777 == 0o600
    assert settings_file.read(path) == {"A": "1", "B": "2"}


def test_a_long_path_puts_sockets_where_they_fit(tmp_path: Path) -> None:
    long = DataFolder(tmp_path / ("x" * 100))

    assert len(os.fsencode(long.sockets)) < 90
    assert DataFolder(Path("/srv/house")).sockets == Path("/srv/house/sockets")


@pytest.mark.parametrize("words", [["run", "--port", "many"], ["run", "--what"], ["dance"], ["clock"]])
def test_a_wrong_word_gets_a_sentence(words: list[str], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "house", *words],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(CLONE), "FOLKMOOT_DATA": str(tmp_path / "data")},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert done.returncode == 2
    assert done.stderr.startswith("Folkmoot: ")
    assert "Traceback" not in done.stderr
