"""What the signer has signed: its keys, checkpoints of records, receipts of ballots (DESIGN section 8).

Only the signer's role adds rows here, and nobody changes them; the web reads them, and deletes the receipts of a label
that was forgotten.
"""

from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from .bodies import Body
from .records import RecordHead
from .votes import Ballot

NEVER_CHANGED = pgtrigger.Update | pgtrigger.Delete
# The database refuses a checkpoint that is not of this very record, or that does not come after the last one.
CHECKPOINT_OF_THE_RECORD = """
    IF NOT EXISTS (
        SELECT 1 FROM core_recordline WHERE body_id = NEW.body_id AND seq = NEW.size AND hash = NEW.head
    ) THEN RAISE EXCEPTION 'a checkpoint names a line that the record has'; END IF;
    IF EXISTS (SELECT 1 FROM core_checkpoint WHERE body_id = NEW.body_id AND size >= NEW.size) THEN
        RAISE EXCEPTION 'a checkpoint comes after the last one'; END IF;
    RETURN NEW;
"""
LABEL_LOCKS = 7004
"""First number of the advisory locks on labels that may be forgotten; the second is the membership's id."""
# Who forgets a label has its lock alone, so that no receipt with it is signed past them and stays.
RECEIPT_OF_THE_BALLOT = f"""
    SELECT r.membership_id INTO member FROM core_ballot b JOIN core_rollentry r ON r.id = b.roll_id
    WHERE b.id = NEW.ballot_id AND b.change_no >= NEW.change_no;
    IF member IS NULL THEN RAISE EXCEPTION 'a receipt is for what was given'; END IF;
    PERFORM pg_advisory_xact_lock_shared({LABEL_LOCKS}, member::int);
    IF NOT EXISTS (SELECT 1 FROM core_membership WHERE id = member AND label_key IS NOT NULL) THEN
        RAISE EXCEPTION 'a label that was forgotten gets no receipt'; END IF;
    RETURN NEW;
"""  # noqa: S608  # nosec B608  (a constant of this module)
RECEIPT_KEPT = """
    IF TG_OP = 'DELETE' AND EXISTS (
        SELECT 1 FROM core_ballot b JOIN core_rollentry r ON r.id = b.roll_id
        JOIN core_membership m ON m.id = r.membership_id
        WHERE b.id = OLD.ballot_id AND m.forgotten_at IS NOT NULL
    ) THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'a receipt is kept as long as its label';
"""


class SigningKey(models.Model):
    """The public half of a key of this house. `rotation` is the note with which the key before it named this one."""

    key_id = models.CharField(max_length=8)
    text = models.CharField(max_length=80, unique=True)
    rotation = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        triggers: ClassVar = [pgtrigger.Protect(name="signing_key_kept", operation=NEVER_CHANGED)]

    def __str__(self) -> str:
        return self.text


class CheckpointQuerySet(models.QuerySet["Checkpoint"]):
    """Filters for checkpoints."""

    def newest_of(self, body: Body) -> "Checkpoint | None":
        """The last one that was signed."""
        return self.filter(body=body).order_by("-size").first()

    def of(self, body: Body) -> Self:
        """All of one record, newest first."""
        return self.filter(body=body).order_by("-size")


class Checkpoint(models.Model):
    """The signed head of a record: `note` is what was signed, the columns repeat it."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="checkpoints")
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="+")
    size = models.PositiveBigIntegerField()
    root = models.CharField(max_length=64)
    head = models.CharField(max_length=64)
    at = models.DateTimeField()
    note = models.TextField()

    objects: ClassVar = CheckpointQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "size"], name="checkpoint_size_once"),
            models.CheckConstraint(condition=Q(size__gt=0), name="checkpoint_of_lines"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="checkpoint_of_the_record",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=CHECKPOINT_OF_THE_RECORD,
            ),
            pgtrigger.Protect(name="checkpoint_kept", operation=NEVER_CHANGED),
        ]

    def __str__(self) -> str:
        return f"{self.size} lines of {self.body_id}"

    @property
    def short_root(self) -> str:
        """Enough of the root to compare by eye, in groups of four."""
        return " ".join(self.root[start : start + 4] for start in range(0, 20, 4))


class Receipt(models.Model):
    """A signed receipt for one ballot as it stood after so many changes."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="receipts")
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="+")
    change_no = models.PositiveIntegerField()
    at = models.DateTimeField()
    note = models.TextField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["ballot", "change_no"], name="receipt_once")]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="receipt_of_the_ballot",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                declare=[("member", "bigint")],
                func=RECEIPT_OF_THE_BALLOT,
            ),
            pgtrigger.Trigger(name="receipt_kept", operation=NEVER_CHANGED, when=pgtrigger.Before, func=RECEIPT_KEPT),
        ]

    def __str__(self) -> str:
        return f"receipt {self.change_no} of ballot {self.ballot_id}"


class SigningStopQuerySet(models.QuerySet["SigningStop"]):
    """Filters for stops."""

    def standing(self) -> Self:
        """Those after which nothing was signed."""
        newest = Checkpoint.objects.filter(body=OuterRef("body")).order_by("-size").values("at")[:1]
        return self.annotate(signed=Subquery(newest)).filter(Q(signed__isnull=True) | Q(signed__lt=F("at")))


class SigningStop(models.Model):
    """The signer found that a record does not go on from its last checkpoint (`size`, `head`), and signs it no more.

    It is over when a later checkpoint exists.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="signing_stops")
    size = models.PositiveBigIntegerField()
    head = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects: ClassVar = SigningStopQuerySet.as_manager()

    class Meta:
        triggers: ClassVar = [pgtrigger.Protect(name="signing_stop_kept", operation=NEVER_CHANGED)]

    def __str__(self) -> str:
        return f"{self.body_id} does not go on from {self.size}"


def heads_to_sign() -> models.QuerySet[RecordHead]:
    """Heads of records with lines after their last checkpoint; `signed` is its size, 0 if there is none."""
    newest = Checkpoint.objects.filter(body=OuterRef("pk")).order_by("-size").values("size")[:1]
    signed = Coalesce(Subquery(newest), 0, output_field=models.BigIntegerField())
    return RecordHead.objects.annotate(signed=signed).filter(seq__gt=F("signed"))
