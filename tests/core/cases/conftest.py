"""The court, with a store of seals for each test; every case a test leaves behind must satisfy the verifier."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.models import Body, Case
from tests.core.cases.cast import Court, make_court
from tests.scenes import scene
from tests.verify.honest import found, members_file

made = scene(make_court)


@pytest.fixture
def court(made: Court, seals_folder: Path) -> Iterator[Court]:
    """Before anybody complains. Afterwards the record has to hold."""
    assert not seals_folder.exists()
    yield made
    for body in Body.objects.filter(judged__isnull=False).distinct():
        assert found(members_file(body)).broken == []


@pytest.fixture
def case(court: Court) -> Case:
    """Amid its hearing, when both sides have spoken."""
    return court.up_to("sitting")
