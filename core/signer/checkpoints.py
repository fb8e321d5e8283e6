"""Checkpoints: the signed heads of records. Each one extends the last, or none is signed (DESIGN sections 7 and 8)."""

import json
import re
from dataclasses import replace
from typing import Any

import structlog
from django.db import DatabaseError

from core.models import Checkpoint, Mandate, RecordHead, RecordLine, SigningStop, heads_to_sign
from core.record import in_utc, moment
from core.rules import chain, notes
from core.rules.chain import GENESIS
from core.rules.merkle import Edge, leaf_hash
from core.signer import memory as memories
from core.signer.folder import SignerFolder
from core.signer.keys import Signing
from core.signer.memory import Ending, Memory
from core.timekeeping import folkmoot_now

log = structlog.get_logger(__name__)

BATCH = 2000
"""Lines that are read at once."""


class DoesNotContinue(Exception):
    """A record does not go on from what was signed: a line was changed, or the record was cut off."""


def sign_all(folder: SignerFolder, signing: Signing) -> set[int]:
    """Sign every record that has new lines. Keys of the bodies whose records were not signed."""
    stopped = set()
    for body_id in heads_to_sign().order_by("pk").values_list("pk", flat=True):
        try:
            sign_one(folder, signing, body_id)
        except DoesNotContinue:
            stop(body_id, memories.recall(folder, body_id))
            stopped.add(body_id)
        except memories.Damaged as problem:
            say_damaged(problem)
            stopped.add(body_id)
        except (DatabaseError, OSError):
            raise
        except Exception:  # no single record may keep all others from being signed
            log.exception("THIS RECORD IS NOT SIGNED, and nobody foresaw why", body=body_id)
            stopped.add(body_id)
    return stopped


def look_over(folder: SignerFolder) -> set[int]:
    """Whether every record still has the line at which it was signed last. Keys of the bodies where it has not."""
    here = set(RecordHead.objects.values_list("pk", flat=True))
    return {body_id for body_id in memories.bodies(folder) if body_id in here and not still_there(folder, body_id)}


def still_there(folder: SignerFolder, body_id: int) -> bool:
    """Whether one record has that line, or says that a backup was restored."""
    try:
        memory = memories.recall(folder, body_id)
    except memories.Damaged as problem:
        say_damaged(problem)
        return False
    if goes_on(body_id, memory) or restored_since(body_id, memory):
        return True
    stop(body_id, memory)
    return False


def sign_one(folder: SignerFolder, signing: Signing, body_id: int) -> None:
    """Sign one record up to its last line. Raises `DoesNotContinue` and signs nothing.

    The signer remembers a checkpoint before it shows it: killed in between, it shows the same one later, and never
    another of the same size.
    """
    memory = memories.recall(folder, body_id)
    head = RecordHead.objects.get(pk=body_id)  # what it names is committed: head and lines are of one transaction
    if not goes_on(body_id, memory):
        if not restored_since(body_id, memory):
            raise DoesNotContinue(f"body {body_id}")
        memory = replace(memory, head=GENESIS, edge=Edge(), note="")
    if memory.note and not Checkpoint.objects.filter(body=body_id, size__gte=memory.size).exists():
        show(body_id, memory.note, signing)
    if head.seq > memory.size:
        grown = read_on(body_id, memory, head)
        before = notes.read_checkpoint(notes.read_note(memory.note).text).time if memory.note else ""
        text = checkpoint_of(grown, not_before=before).text()
        signed = replace(grown, note=signing.sign(text))
        memories.remember(folder, body_id, signed)
        show(body_id, signed.note, signing)


def goes_on(body_id: int, memory: Memory) -> bool:
    """Whether the record has the line that was signed last."""
    if memory.size == 0:
        return True
    return RecordLine.objects.filter(body=body_id, seq=memory.size, hash=memory.head).exists()


def restored_since(body_id: int, memory: Memory) -> bool:
    """Whether a line says that a backup was restored, and names this very checkpoint as the last one."""
    lines = RecordLine.objects.filter(body=body_id, what="record.restored").order_by("-seq")
    return any(data_of(line).get("checkpoint") == memory.note for line in lines)


def read_on(body_id: int, memory: Memory, head: RecordHead) -> Memory:
    """What is remembered when the new lines up to the head are read. Raises `DoesNotContinue` where they do not fit."""
    seq, prev, edge, record = memory.size, memory.head, memory.edge, memory.record
    endings, lost = dict(memory.endings), dict.fromkeys(memory.lost)
    while seq < head.seq:
        upto = min(seq + BATCH, head.seq)
        rows = RecordLine.objects.filter(body=body_id, seq__gt=seq, seq__lte=upto).order_by("seq")
        leaves = []
        for row in rows:
            line = row.line.encode()
            if row.seq != seq + 1 or row.prev != prev or row.hash != chain.line_hash(line):
                raise DoesNotContinue(f"body {body_id}, line {seq + 1}")
            seq, prev = row.seq, row.hash
            record = row.hash[:32] if seq == 1 else record
            leaves.append(leaf_hash(line))
            if row.what == "mandate.ended":
                endings |= ending_in(row)
            elif row.what == "record.restored":
                lost |= dict.fromkeys(named_lost(row))
        if seq != upto:
            raise DoesNotContinue(f"body {body_id}, line {seq + 1}")
        edge = edge.grown(leaves)
    if prev != head.hash:
        raise DoesNotContinue(f"body {body_id}, head")
    return Memory(record, prev, edge, "", endings, tuple(lost))


def data_of(row: RecordLine) -> dict[str, Any]:
    """What a line says; nothing, if it is none that the house writes: whoever has the web can write any."""
    try:
        data = json.loads(row.line)["data"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def ending_in(row: RecordLine) -> dict[int, Ending]:
    """The mandate that a line ends, if it says so as the house does: a restore will end it again by these words."""
    data = data_of(row)
    mandate, how, at = data.get("mandate"), data.get("how"), data.get("at")
    known = type(mandate) is int and isinstance(how, str) and how in Mandate.Ending.values
    if mandate is None or not known or not isinstance(at, str) or not re.fullmatch(chain.TIME, at, re.ASCII):
        return {}
    return {mandate: Ending(str(how), at, row.hash)}


def named_lost(restored: RecordLine) -> list[str]:
    """The checkpoints of what was lost, as a line of a restore names them."""
    data = data_of(restored)
    lost = data.get("lost")
    return [note for note in [data.get("checkpoint"), *(lost if isinstance(lost, list) else [])] if is_note(note)]


def is_note(text: object) -> bool:
    """Whether it is a checkpoint, signed by whomever."""
    try:
        notes.read_checkpoint(notes.read_note(str(text)).text)
    except ValueError:
        return False
    return True


def checkpoint_of(memory: Memory, *, not_before: str) -> notes.Checkpoint:
    """What is to be signed. It is no older than the one before it, even when the clock was set back."""
    time = max(in_utc(folkmoot_now()), not_before)
    return notes.Checkpoint(memory.record, memory.size, memory.edge.root(), memory.head, time)


def show(body_id: int, note: str, signing: Signing) -> None:
    """Put a signed checkpoint where everybody reads it."""
    found = notes.read_checkpoint(notes.read_note(note).text)
    Checkpoint.objects.create(
        body_id=body_id,
        key=signing.row_of(notes.read_note(note).key_id),
        size=found.size,
        root=found.root.hex(),
        head=found.head,
        at=moment(found.time),
        note=note,
    )


def say_damaged(problem: memories.Damaged) -> None:
    """Only in the log: what to show is not known."""
    log.error("THIS RECORD IS NOT SIGNED: what the signer remembers of it is damaged", file=str(problem))


def stop(body_id: int, memory: Memory) -> None:
    """Say it in the log and in the database, where page and doctor find it; in the latter once."""
    log.error(
        "THIS RECORD IS NOT SIGNED: it does not go on from its last checkpoint. See docs/signing.md.",
        body=body_id,
        size=memory.size,
        head=memory.head,
    )
    if not SigningStop.objects.standing().filter(body=body_id, head=memory.head).exists():
        SigningStop.objects.create(body_id=body_id, size=memory.size, head=memory.head, at=folkmoot_now())
