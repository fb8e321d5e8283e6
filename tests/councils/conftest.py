"""The demo, told once for all that is asked of it; real budgets, where they lie beside the clone."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

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


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """The demo, loaded once and taken back afterwards; what the command said."""
    said = StringIO()
    with django_db_blocker.unblock(), override_settings(DEMO=True), transaction.atomic():  # type: ignore[attr-defined]
        call_command("load_demo", stdout=said)
        yield said.getvalue()
        transaction.set_rollback(True)
