"""kill -9 of the signer at each of its steps: it never shows two checkpoints that do not extend each other."""

import os
import signal
import traceback
from collections.abc import Callable
from typing import Any

import pytest
from django.db import Error, connections, transaction

from core import files
from core.models import Body, Checkpoint, Receipt, RecordLine, Vote
from core.record import record
from core.rules import merkle, notes
from core.signer import memory
from core.signer.folder import SignerFolder
from core.signer.loop import Signer
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import Street, make_street

TRIES = 5


def killed_at(number: int, signer_folder: SignerFolder) -> bool:
    """One pass in a process of its own, killed at its so-manieth step; whether it came to that step."""
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            with pytest.MonkeyPatch.context() as patch:
                count_steps(patch, number)
                pass_through(signer_folder)
            code = 0
        except BaseException:  # the parent sees no more than the code: say here what it was
            traceback.print_exc()
        finally:
            os._exit(code)
    _pid, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def pass_through(signer_folder: SignerFolder) -> None:
    """One pass as the loop makes it: what the killed one still holds in the database for a moment is waited for."""
    for tries in range(TRIES):
        try:
            Signer(signer_folder).one_pass()
            return
        except Error:
            if tries == TRIES - 1:
                raise
            connections.close_all()


def count_steps(patch: pytest.MonkeyPatch, number: int) -> None:
    """Before each step that leaves a trace the process asks whether its time has come."""
    steps = [0]

    def before(step: Callable[..., Any]) -> Callable[..., Any]:
        def instead(*words: Any, **more: Any) -> Any:
            steps[0] += 1
            if steps[0] == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return step(*words, **more)

        return instead

    patch.setattr(os, "fsync", before(os.fsync))
    patch.setattr(files, "keep_names", before(files.keep_names))
    patch.setattr(memory, "remember", before(memory.remember))
    patch.setattr(Checkpoint.objects, "create", before(Checkpoint.objects.create))
    patch.setattr(Receipt.objects, "bulk_create", before(Receipt.objects.bulk_create))


def on_one_chain(body_id: int) -> None:
    """Every checkpoint has the root of the record's beginning, and what is remembered is the last that was shown."""
    leaves = [
        merkle.leaf_hash(line.encode())
        for line in RecordLine.objects.filter(body=body_id).order_by("seq").values_list("line", flat=True)
    ]
    for checkpoint in Checkpoint.objects.filter(body=body_id):
        said = notes.read_checkpoint(notes.read_note(checkpoint.note).text)
        assert said.root == merkle.root(leaves[: said.size])


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_at_any_step_it_shows_one_chain_and_goes_on(signer_folder: SignerFolder) -> None:
    street = make_street()
    vote = village.make_vote(street.body, street.ana)
    bodies = list(Body.objects.order_by("pk"))
    kept: set[str] = set()

    number, reached = 0, True
    while reached:
        number += 1
        happens_again(street, vote, number)
        reached = killed_at(number, signer_folder)
        for body in bodies:
            on_one_chain(body.pk)
            remembered = memory.recall(signer_folder, body.pk)
            assert all(each.size <= remembered.size for each in Checkpoint.objects.of(body))
            kept |= {remembered.note} - {""}

    assert number > 10  # so many steps has a pass that signs two records and a receipt
    shown = set(Checkpoint.objects.values_list("note", flat=True))
    assert kept <= shown  # what it had signed when it was killed is what it showed later
    said = [notes.read_checkpoint(notes.read_note(note).text) for note in shown]
    assert len({(each.record, each.size) for each in said}) == len(said)
    assert Receipt.objects.filter(ballot__vote=vote, change_no=number).exists()


def happens_again(street: Street, vote: Vote, number: int) -> None:
    """New lines in both records, and a changed ballot."""
    with transaction.atomic():
        for body in Body.objects.order_by("pk"):
            record("bell.rung", body, by=None, at=folkmoot_now(), times=number)
    village.cast(vote, street.ana, "agree" if number % 2 else "abstain")
