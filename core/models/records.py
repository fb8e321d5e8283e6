"""The record: one hash chain per body, append-only (DESIGN section 8)."""

from typing import ClassVar

import pgtrigger
from django.db import models

from .bodies import Body

# Tests empty the tables of their throwaway databases, and say so.
NEVER_EMPTIED = """
    IF coalesce(current_setting('folkmoot.throwaway', true), '') <> 'yes' THEN
        RAISE EXCEPTION 'what was recorded is never emptied'; END IF;
    RETURN NULL;
"""


def never_emptied(name: str) -> pgtrigger.Trigger:
    """A table that nobody truncates by mistake, not even its owner."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        operation=pgtrigger.Truncate,
        when=pgtrigger.Before,
        func=NEVER_EMPTIED,
    )


class RecordHead(models.Model):
    """The last line of a body's record; locked last, whenever a line is written."""

    body = models.OneToOneField(Body, on_delete=models.PROTECT, primary_key=True, related_name="record_head")
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)
    at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"head of {self.body_id}"


class RecordLine(models.Model):
    """One line: what happened, in the canonical bytes that the chain hashes."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="record_lines")
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    what = models.CharField(max_length=60)
    who = models.CharField(max_length=32, blank=True)
    line = models.TextField()
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "seq"], name="record_seq_once"),
            models.UniqueConstraint(fields=["body", "prev"], name="record_never_forks"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="record_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            never_emptied("record_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.body_id}:{self.seq} {self.what}"


class RecordText(models.Model):
    """A text that a line commits to; who has nonce and text can check the commitment."""

    line = models.ForeignKey(RecordLine, on_delete=models.PROTECT, related_name="texts")
    name = models.CharField(max_length=30)
    nonce = models.BinaryField(max_length=32)
    text = models.TextField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["line", "name"], name="record_text_once")]

    def __str__(self) -> str:
        return f"{self.name} of line {self.line_id}"


class ClockOffset(models.Model):
    """What folkmoot_now() adds to the database's clock. Only the owner writes it; zero outside demos and tests."""

    offset = models.DurationField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="one_clock")]

    def __str__(self) -> str:
        return str(self.offset)
