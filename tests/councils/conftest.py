"""The demo, told once for all that is asked of it; real budgets, where they lie beside the clone."""

from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.management import call_command
from django.test import override_settings

from tests.scenes import scene

CLONE = Path(__file__).resolve().parents[2]
COPIED = CLONE / "tests" / "data" / "poland_czestochowa_2020_grabowka.pb"
TOULOUSE = CLONE.parent / "shared" / "data" / "budgets" / "france_toulouse_2019_.pb"


@pytest.fixture
def copied() -> Path:
    """The smallest real budget, kept with the tests."""
    return COPIED


@pytest.fixture
def largest() -> Path:
    """Toulouse where it lies beside the clone, else the small one."""
    return TOULOUSE if TOULOUSE.exists() else COPIED


def load_demo() -> str:
    """The demo, loaded; what the command said."""
    said = StringIO()
    with TemporaryDirectory() as place:
        folders = {"SIGNER_FOLDER": Path(place) / "signer", "SEALS_FOLDER": Path(place) / "seals"}
        with override_settings(DEMO=True, **folders):
            call_command("load_demo", stdout=said)
    return said.getvalue()


told = scene(load_demo)
