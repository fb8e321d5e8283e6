"""A real election goes through the ordinary actions, and elects whom it elected."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from core.models import Body, ClockOffset, Mandate, Vote
from tests.councils.conftest import CLONE

HELD = CLONE / "tests" / "data" / "elections"
SMALL = '3 2\n5 1 2 0\n3 2 0\n2 3 1 0\n1 3 0\n0\n"Ada"\n"Bo"\n"Cy"\n"Dale"\n'

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demo(settings: Any) -> None:
    settings.DEMO = True


def load(path: Path) -> str:
    said = StringIO()
    call_command("load_election", path, stdout=said)
    return said.getvalue()


def written(folder: Path, text: str) -> Path:
    path = folder / "held.blt"
    path.write_text(text)
    return path


def test_a_small_election_is_held_and_told_stage_by_stage(tmp_path: Path) -> None:
    said = load(written(tmp_path, SMALL))

    assert "Dale: 11 voters, 3 candidates" in said
    assert "Every ballot lies with its first choice. The quota is 4." in said
    assert "Ada has more votes than the quota" in said
    assert said.endswith("Elected: Ada, Bo.\n")
    assert {mandate.person.display_name for mandate in Mandate.objects.all()} == {"Ada", "Bo"}
    assert ClockOffset.objects.get().offset.total_seconds() == 0


def test_it_is_held_once(tmp_path: Path) -> None:
    load(written(tmp_path, SMALL))

    with pytest.raises(CommandError, match="Dale Voters is there already"):
        load(written(tmp_path, SMALL))


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "a line with 0 is missing"), (SMALL.replace("5 1 2 0\n3 2 0\n2 3 1 0\n", ""), "more voters")],
)
def test_a_file_that_cannot_be_held_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        load(written(tmp_path, text))
    assert not Body.objects.exists()


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        load(tmp_path / "none.blt")


def test_it_is_for_a_demo_house_only(tmp_path: Path, settings: Any) -> None:
    settings.DEMO = False

    with pytest.raises(CommandError, match="only for a demo house"):
        load(written(tmp_path, SMALL))


@pytest.mark.slow
def test_a_tenth_of_a_real_election_elects_whom_it_elected(tmp_path: Path) -> None:
    """Of each ranking a tenth of its ballots. The whole file takes a command: docs/demo.md."""
    path = HELD / "highland_2022_east_sutherland.blt"
    winners = json.loads((HELD / "winners.json").read_text())[path.name]["winners"]

    said = load(written(tmp_path, thinned(path.read_text(), 10)))

    tally = Vote.objects.get().tally or {}
    assert "East Sutherland and Edderton: 302 voters, 5 candidates" in said
    assert sorted(tally["elected"]) == winners


def thinned(text: str, by: int) -> str:
    """The file with so much fewer ballots of each ranking, rounded."""
    first, *lines = text.splitlines()
    ends = lines.index("0")
    counted = [line.split(maxsplit=1) for line in lines[:ends]]
    kept = [f"{round(int(many) / by)} {ranking}" for many, ranking in counted if round(int(many) / by)]
    return "\n".join([first, *kept, *lines[ends:], ""])
