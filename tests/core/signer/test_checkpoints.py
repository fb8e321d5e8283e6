"""Checkpoints: of what is committed, each extending the last, or none at all."""

import json
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from core.actions import restoring
from core.models import Body, Checkpoint, RecordHead, RecordLine, SigningKey, SigningStop
from core.rules import chain, merkle, notes
from core.signer import checkpoints, keys, memory
from core.signer.folder import SignerFolder
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import Street
from tests.core.signer.conftest import TestSigner, unguarded


def lines_of(body: Body) -> list[RecordLine]:
    """A record, in order."""
    return list(RecordLine.objects.filter(body=body).order_by("seq"))


def rewrite(body: Body, what: str = "nothing.happened", *, at: int = 2) -> None:
    """Change a line as somebody with the owner's rights might, and hash everything after it anew."""
    rows = lines_of(body)
    with unguarded("core_recordline") as cursor:
        prev = rows[at - 2].hash
        cursor.execute("DELETE FROM core_recordtext WHERE line_id = ANY(%s)", [[row.pk for row in rows[at - 1 :]]])
        cursor.execute("DELETE FROM core_recordline WHERE body_id = %s AND seq >= %s", [body.pk, at])
        for row in rows[at - 1 :]:
            content = json.loads(row.line) | {"prev": prev} | ({"what": what} if row.seq == at else {})
            row.line, row.prev = chain.canonical(content).decode(), prev
            row.hash = prev = chain.line_hash(row.line.encode())
            row.pk = None
            row.save()
    RecordHead.objects.filter(body=body).update(hash=prev)


def test_a_checkpoint_is_the_signed_root_over_all_lines(street: Street, signer: TestSigner) -> None:
    assert signer.one_pass()

    lines = lines_of(street.body)
    checkpoint = Checkpoint.objects.newest_of(street.body)
    assert checkpoint is not None
    note = notes.read_note(checkpoint.note)
    said = notes.read_checkpoint(note.text)
    assert said.record == lines[0].hash[:32]
    assert (said.size, said.head) == (len(lines), lines[-1].hash)
    assert said.root == merkle.root([merkle.leaf_hash(line.line.encode()) for line in lines])
    assert (checkpoint.size, checkpoint.root, checkpoint.head) == (said.size, said.root.hex(), said.head)
    assert keys.is_by(notes.read_key(SigningKey.objects.get().text), note)


def test_a_record_is_signed_once_until_it_grows(street: Street, signer: TestSigner) -> None:
    signer.one_pass()
    signer.one_pass()
    sizes = [len(lines_of(street.body))]
    village.make_proposal(street.body, street.ana)
    signer.one_pass()

    sizes.append(len(lines_of(street.body)))
    found = Checkpoint.objects.of(street.body)
    assert [each.size for each in reversed(found)] == sizes
    assert bytes.fromhex(found[0].root) == merkle.root(
        [merkle.leaf_hash(line.line.encode()) for line in lines_of(street.body)]
    )


def test_a_batch_costs_only_the_new_lines(street: Street, signer: TestSigner, monkeypatch: pytest.MonkeyPatch) -> None:
    signer.one_pass()
    village.make_proposal(street.body, street.ana)
    before, after = Checkpoint.objects.newest_of(street.body), len(lines_of(street.body))
    hashed, once = [], chain.line_hash

    def counting(line: bytes) -> str:
        hashed.append(line)
        return once(line)

    monkeypatch.setattr(chain, "line_hash", counting)

    signer.one_pass()

    assert before is not None
    assert len(hashed) == after - before.size


def test_batches_of_any_size_lead_to_the_same_root(
    street: Street, signer: TestSigner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "BATCH", 3)
    signer.one_pass()

    checkpoint = Checkpoint.objects.newest_of(street.body)
    assert checkpoint is not None
    assert checkpoint.size > 6
    assert checkpoint.root == merkle.root([merkle.leaf_hash(x.line.encode()) for x in lines_of(street.body)]).hex()


@pytest.mark.parametrize("grows", [False, True])
def test_a_rewritten_record_is_not_signed_and_it_is_said(
    street: Street, signer: TestSigner, caplog: pytest.LogCaptureFixture, grows: bool
) -> None:
    signer.one_pass()
    signed = Checkpoint.objects.newest_of(street.body)
    rewrite(street.body)
    if grows:
        village.make_proposal(street.body, street.ana)

    signer.one_pass()
    signer.one_pass()

    assert signed is not None
    assert Checkpoint.objects.newest_of(street.body) == signed
    stop = SigningStop.objects.standing().get()
    assert (stop.body, stop.size, stop.head) == (street.body, signed.size, signed.head)
    assert "THIS RECORD IS NOT SIGNED" in caplog.text


def test_a_record_that_was_cut_off_is_not_signed_either(street: Street, signer: TestSigner) -> None:
    signer.one_pass()
    last = lines_of(street.body)[-1]
    with unguarded("core_recordline", "core_checkpoint") as cursor:
        cursor.execute("DELETE FROM core_recordtext WHERE line_id = %s", [last.pk])
        cursor.execute("DELETE FROM core_recordline WHERE id = %s", [last.pk])
        cursor.execute("DELETE FROM core_checkpoint")
    RecordHead.objects.filter(body=street.body).update(seq=last.seq - 1, hash=last.prev)
    village.make_proposal(street.body, street.ana)

    signer.one_pass()

    assert not Checkpoint.objects.filter(body=street.body).exists()
    assert SigningStop.objects.standing().filter(body=street.body).exists()


def test_new_lines_that_do_not_fit_together_are_not_signed(street: Street, signer: TestSigner) -> None:
    signer.one_pass()
    size = len(lines_of(street.body))
    village.make_proposal(street.body, street.ana)
    with unguarded("core_recordline") as cursor:
        cursor.execute(
            "UPDATE core_recordline SET line = replace(line, 'proposal', 'proporal') WHERE body_id = %s AND seq = %s",
            [street.body.pk, size + 1],
        )

    signer.one_pass()

    newest = Checkpoint.objects.newest_of(street.body)
    assert newest is not None
    assert newest.size == size
    assert SigningStop.objects.standing().filter(body=street.body).exists()


def test_one_broken_record_does_not_keep_others_from_being_signed(street: Street, signer: TestSigner) -> None:
    signer.one_pass()
    rewrite(street.body)
    village.make_proposal(street.body, street.ana)
    other = village.make_council("Hill", village.make_people("gil", "hana", "ivo"))

    signer.one_pass()

    assert Checkpoint.objects.filter(body=other).count() == 1


def test_a_damaged_memory_signs_nothing(street: Street, signer: TestSigner, signer_folder: SignerFolder) -> None:
    signer.one_pass()
    memory.place(signer_folder, street.body.pk).write_bytes(b'{"size": 1')
    village.make_proposal(street.body, street.ana)
    before = Checkpoint.objects.count()

    signer.one_pass()

    assert Checkpoint.objects.count() == before


def test_after_a_restore_that_names_the_last_checkpoint_it_signs_again(
    street: Street, signer: TestSigner, signer_folder: SignerFolder
) -> None:
    signer.one_pass()
    rewrite(street.body)
    signer.one_pass()
    assert SigningStop.objects.standing().filter(body=street.body).exists()

    restoring.restored(street.body, backup_at=folkmoot_now(), remembered=memory.recall(signer.folder, street.body.pk))
    signer.one_pass()

    lines = lines_of(street.body)
    newest = Checkpoint.objects.newest_of(street.body)
    assert newest is not None
    assert newest.size == len(lines)
    assert newest.root == merkle.root([merkle.leaf_hash(line.line.encode()) for line in lines]).hex()
    assert not SigningStop.objects.standing().exists()


def test_a_line_that_names_another_checkpoint_opens_nothing(street: Street, signer: TestSigner) -> None:
    signer.one_pass()
    village.make_proposal(street.body, street.ana)
    restoring.restored(
        street.body, backup_at=folkmoot_now(), remembered=memory.recall(signer.folder, street.body.pk)
    )  # names the first checkpoint
    signer.one_pass()
    signed = Checkpoint.objects.newest_of(street.body)
    rewrite(street.body)

    signer.one_pass()

    assert Checkpoint.objects.newest_of(street.body) == signed
    assert SigningStop.objects.standing().filter(body=street.body).exists()


def test_the_database_itself_refuses_a_checkpoint_of_no_line(street: Street, signer: TestSigner) -> None:
    signer.one_pass()
    known = Checkpoint.objects.get(body=street.body)
    wrong: list[dict[str, Any]] = [
        {"size": known.size + 1},
        {"size": known.size - 1, "head": lines_of(street.body)[-2].hash},
    ]

    for each in wrong:
        fields: dict[str, Any] = {
            "body": known.body,
            "key": known.key,
            "root": known.root,
            "head": known.head,
            "at": known.at,
        }
        with pytest.raises(DatabaseError, match="a checkpoint"), transaction.atomic():
            Checkpoint.objects.create(**(fields | {"size": known.size, "note": ""} | each))
    assert Checkpoint.objects.get(body=street.body) == known
