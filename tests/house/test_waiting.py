"""A start that waits for something says so, and does not wait for ever."""

from pathlib import Path

import pytest

from house import waiting
from house.places import DataFolder, Stop
from house.supervisor import Supervisor


def test_a_long_wait_says_once_what_it_is_for_and_ends_with_advice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "SILENT_FOR", 0.1)

    with pytest.raises(Stop, match="the kettle did not answer within"):
        Supervisor(DataFolder(tmp_path)).wait_for(lambda: False, "the kettle", 0.4)

    assert capsys.readouterr().out == "Waiting for the kettle …\n"


def test_a_short_wait_says_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Supervisor(DataFolder(tmp_path)).wait_for(lambda: True, "the kettle", 0.4)

    assert capsys.readouterr().out == ""
