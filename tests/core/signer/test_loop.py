"""The loop: what a pass without news costs, what wakes it, and what stops it from signing."""

import threading
from contextlib import AbstractContextManager
from typing import Protocol
from unittest.mock import Mock

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from core.models import Checkpoint, Receipt
from core.rules import notes
from core.signer import keys, loop
from core.signer.folder import SignerFolder
from core.signer.loop import Signer
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import Street
from tests.core.signer.conftest import as_signer


class Queries(Protocol):
    """Counts statements."""

    def __call__(self, number: int) -> AbstractContextManager[object]: ...


@pytest.fixture
def settled(street: Street, signer_folder: SignerFolder) -> Signer:
    """A signer that has nothing left to sign."""
    signer = Signer(signer_folder)
    for _pass in range(3):
        signer.one_pass()
    return signer


def test_a_pass_without_news_costs_four_statements(settled: Signer, django_assert_num_queries: Queries) -> None:
    with django_assert_num_queries(4):
        settled.one_pass()


def test_a_new_line_wakes_it(street: Street, settled: Signer) -> None:
    before = Checkpoint.objects.count()
    village.make_proposal(street.body, street.ana)

    with as_signer():
        settled.one_pass()

    assert Checkpoint.objects.count() == before + 1


def test_a_line_that_was_numbered_and_committed_later_is_found_in_the_next_pass(
    street: Street, settled: Signer
) -> None:
    village.make_proposal(street.body, street.ana)
    settled.records_may_have_grown()  # in this pass the line could not be seen yet
    settled.looked_at -= loop.PAUSE_SECONDS
    before = Checkpoint.objects.count()

    settled.one_pass()

    assert Checkpoint.objects.count() == before + 1


def test_a_ballot_wakes_it(street: Street, settled: Signer) -> None:
    vote = village.make_vote(street.body, street.ana)
    settled.one_pass()
    village.cast(vote, street.ana, "agree")

    settled.one_pass()

    assert Receipt.objects.count() == 1


def test_a_running_signer_takes_up_a_rotated_key(street: Street, settled: Signer) -> None:
    call_command("rotate_keys")
    village.make_proposal(street.body, street.ana)

    settled.one_pass()

    checkpoint = Checkpoint.objects.newest_of(street.body)
    private = keys.load(settled.folder)
    assert checkpoint is not None
    assert private is not None
    assert keys.is_by(keys.public_half(private), notes.read_note(checkpoint.note))


def test_an_open_folder_signs_nothing(street: Street, settled: Signer, caplog: pytest.LogCaptureFixture) -> None:
    settled.folder.keys.chmod(0o755)
    village.make_proposal(street.body, street.ana)
    before = Checkpoint.objects.count()

    assert not settled.one_pass()

    assert Checkpoint.objects.count() == before
    assert "Others can enter" in caplog.text
    with pytest.raises(CommandError, match="Nothing was signed"):
        call_command("sign", "--once")


def test_it_outlives_a_lost_database(monkeypatch: pytest.MonkeyPatch, signer_folder: SignerFolder) -> None:
    enough, passes = threading.Event(), []

    def away(signer: Signer) -> bool:
        passes.append(signer)
        if len(passes) == 3:
            enough.set()
        raise OperationalError

    monkeypatch.setattr(Signer, "one_pass", away)
    monkeypatch.setattr(loop, "PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(loop, "connection", Mock())
    monkeypatch.setattr(loop, "close_old_connections", Mock())

    loop.loop(enough)

    assert len({id(signer) for signer in passes}) == 3  # each begins anew: another database may answer


def test_rotate_keys_asks_before_a_new_beginning(street: Street, settled: Signer) -> None:
    with pytest.raises(CommandError, match="The key is there"):
        call_command("rotate_keys", "--lost")
    next(settled.folder.keys.glob("*.key")).unlink()
    with pytest.raises(CommandError, match="There is no key here"):
        call_command("rotate_keys")

    call_command("rotate_keys", "--lost")

    assert settled.one_pass()
    assert folkmoot_now() > Checkpoint.objects.latest("at").at
